package io.github.nmf4j.api;

import java.util.Arrays;

/**
 * A divergence between data and model whose derivative splits into two non-negative parts.
 *
 * <p>A loss is separable: D(X ‖ Y) = Σ d(xᵢⱼ, yᵢⱼ) with Y = G·W·H. It sees spans of entries and knows nothing of factors,
 * weights, missing entries, background, storage or threads; those are the core's, so every loss has them. Which update
 * follows from it is decided by {@link #growth()}, {@link #decay()} and its promises alone, never by its name.
 *
 * <p>With d′(x, ·) = P − N at ȳ, the loss guarantees the scalar majorizer (Févotte &amp; Idier 2011, Neural Computation
 * 23(9), 2421–2456; Hunter &amp; Lange 2004, American Statistician 58(1), 30–37)
 *
 * <pre>  d(x, y) ≤ d(x, ȳ) + ȳ·[ P(x, ȳ)·p_{b+1}(y/ȳ) − N(x, ȳ)·p_{1−a}(y/ȳ) ],   p_s(r) = (r^s − 1)/s,  p_0 = log r</pre>
 *
 * for all y, ȳ &gt; 0, where b is the growth and a the decay. It holds if −a ≤ dlog N/dlog y ≤ 0 and 0 ≤ dlog P/dlog y ≤ b
 * (or N never falls and a = 0, or P never rises and b = 0).
 *
 * <p>Implementations are immutable and thread-safe, are registered with {@code provides io.github.nmf4j.api.Loss with …},
 * and pass {@code LossContract}.
 */
public interface Loss extends Extension<Loss> {
    /** What a loss promises of the positive part P of its derivative. */
    enum Positive {
        /** P(x, y) = 1: its statistic is a sum of the fixed factor, no pass over X. */
        ONE,
        /** P(x, y) = y: its statistic is a Gram matrix times the factor. */
        MODEL,
        /** Anything; {@link Loss#split} computes it. */
        COMPUTED
    }

    /** What a loss promises of the negative part N of its derivative. */
    enum Negative {
        /** N(x, y) = x: the model is not needed. */
        DATA,
        /** N(x, y) = x/y: the fused kernel of Kullback–Leibler serves. */
        RATIO,
        /** N(0, y) = 0, which the first two imply: zeros of X need no visit. */
        ZERO_AT_ZERO,
        /** Anything. */
        COMPUTED
    }

    /** What a loss promises of its value where x = 0. */
    enum OnZeros {
        /** d(0, y) − constant(0) = y. */
        LINEAR,
        /** d(0, y) − constant(0) = y²/2. */
        HALF_SQUARE,
        /** Anything; {@link Loss#value} computes it. */
        COMPUTED
    }

    /** {@return b ≥ 0, the power with which the majorizer's positive part grows: P(x, ȳ)·(y/ȳ)^b} */
    double growth();

    /** {@return a ≥ 0 with a + b &gt; 0, the power with which the negative part decays: N(x, ȳ)·(y/ȳ)^−a} */
    double decay();

    /** {@return what is promised of P} */
    default Positive positive() {
        return Positive.COMPUTED;
    }

    /** {@return what is promised of N} */
    default Negative negative() {
        return Negative.COMPUTED;
    }

    /** {@return what is promised of the value at x = 0} */
    default OnZeros onZeros() {
        return OnZeros.COMPUTED;
    }

    /**
     * {@return whether both parts are powers, P(x, y) = y^b and N(x, y) = x^{a+b}·y^−a} Then, if a ≤ 1, it is known how far a
     * factor can move, and a fit's distance from its optimum has a strict bound.
     */
    default boolean powers() {
        return positive() == Positive.ONE && negative() == Negative.RATIO && growth() == 0 && decay() == 1
                || positive() == Positive.MODEL && negative() == Negative.DATA && growth() == 1 && decay() == 0;
    }

    /** {@return whether d(x, ·) is convex for every x ≥ 0} */
    default boolean convex() {
        return false;
    }

    /** {@return whether x = 0 is in the domain; otherwise data must be positive wherever it is observed} */
    default boolean allowsZero() {
        return true;
    }

    /** {@return the largest x in the domain; data beyond it are refused, and where it is finite data must not be scaled} */
    default double largest() {
        return Double.POSITIVE_INFINITY;
    }

    /** {@return whether {@link #curvature} is implemented} */
    default boolean hasCurvature() {
        return false;
    }

    /**
     * Splits the derivative of d(x, ·) at y into two non-negative parts, d′ = positive − negative.
     *
     * @param n entries to read and write, from index 0
     * @param x data, finite, ≥ 0 and at most {@link #largest}; only read
     * @param y model, &gt; 0; only read
     * @param negative receives N(x, y), also where {@link #negative()} promises it
     * @param positive receives P(x, y); not read, and need not be written, unless {@link #positive()} is
     *     {@link Positive#COMPUTED}
     * @param math logarithm, exponential and power over spans, faster than {@link Math}
     */
    void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math);

    /**
     * Values d(x, y) − {@link #constant constant(x)}, an entry each; the core adds them in a fixed order.
     *
     * @param n entries to read and write, from index 0
     * @param x data, finite, ≥ 0; only read
     * @param y model, &gt; 0; only read
     * @param into receives the values; distinct from {@code x} and {@code y}
     * @param math logarithm, exponential and power over spans
     */
    void value(int n, double[] x, double[] y, double[] into, Elementary math);

    /**
     * The part of d(x, y) that depends on the data alone; it is summed once a fit. Chosen so that d(x, x) = 0 where the loss
     * is a divergence.
     *
     * @param n entries to read and write, from index 0
     * @param x data, finite, ≥ 0; only read
     * @param into receives the constants
     * @param math logarithm, exponential and power over spans
     */
    default void constant(int n, double[] x, double[] into, Elementary math) {
        Arrays.fill(into, 0, n, 0.0);
    }

    /**
     * Second derivatives d″(x, ·) at y; only where {@link #hasCurvature()}.
     *
     * @param n entries to read and write, from index 0
     * @param x data, finite, ≥ 0; only read
     * @param y model, &gt; 0; only read
     * @param into receives the curvatures
     * @param math logarithm, exponential and power over spans
     */
    default void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
        throw new UnsupportedOperationException(name() + " has no second derivative");
    }
}
