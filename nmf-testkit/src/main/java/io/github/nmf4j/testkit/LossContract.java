package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every loss keeps; its test extends this and names the instance.
 *
 * <p>Data and models are drawn log-uniformly over twelve decades, with zeros among the data where the loss allows them. The
 * positive part that the laws speak of is the promised one where {@link Loss#positive()} promises it: what
 * {@link Loss#split} writes there is not looked at, because the core does not look at it either.
 *
 * <p>Sources of the laws: {@link Loss}.
 */
public abstract class LossContract extends ExtensionContract<Loss> {
    private static final int ENTRIES = 96;
    private static final int GUARD = 5;
    private static final double SENTINEL = -123.25;

    /** Of the sum of the absolute terms: values are sums of a few terms and logarithms, each rounded a few times. */
    private static final double ROUNDING = 1e-12;

    /** Of P + N: what a difference quotient can tell at the best of {@link #STEPS}, with a factor of a hundred to spare. */
    private static final double QUOTIENT = 1e-6;

    /** Relative steps of difference quotients; small ones where the loss bends sharply, large ones where it cancels. */
    private static final double[] STEPS = {1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6};

    private static final int THREADS = 4;

    /** For tests that extend this. */
    protected LossContract() {}

    /** {@return the loss under test} */
    protected abstract Loss loss();

    @Override
    protected final Loss extension() {
        return loss();
    }

    /**
     * {@return one number of the data}
     *
     * @param random to draw it with
     */
    protected double x(RandomGenerator random) {
        return loss().allowsZero() && Draw.chance(random, 0.15) ? 0.0 : Draw.decades(random, -6, 6);
    }

    /**
     * {@return one number of the model, &gt; 0}
     *
     * @param random to draw it with
     */
    protected double y(RandomGenerator random) {
        return Draw.decades(random, -6, 6);
    }

    /** {@return whether d(x, y) ≥ 0 with d(x, x) = 0; a likelihood without its constant says no} */
    protected boolean isDivergence() {
        return true;
    }

    /**
     * {@return the size of terms that cancel inside {@link Loss#value} and show in neither its result nor y·(P + N); 0 for a
     * value computed with care}
     *
     * @param x data
     * @param y model
     */
    protected double cancels(double x, double y) {
        return 0.0;
    }

    /** Data and model, half of the models within a decade of the data, where d is small. */
    private record Sample(double[] x, double[] y) {}

    private Sample sample(RandomGenerator random, int n) {
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = x(random);
            y[i] = x[i] > 0 && random.nextBoolean() ? x[i] * Draw.decades(random, -1, 1) : y(random);
        }
        return new Sample(x, y);
    }

    private static double[] away(RandomGenerator random, double[] y) {
        double[] other = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double decades = Draw.decades(random, -2, 0.8);
            other[i] = y[i] * Draw.decades(random, -decades, decades);
        }
        return other;
    }

    private double[] values(double[] x, double[] y) {
        double[] values = new double[x.length];
        loss().value(x.length, x, y, values, Elementary.PLAIN);
        return values;
    }

    private double[] constants(double[] x) {
        double[] constants = new double[x.length];
        loss().constant(x.length, x, constants, Elementary.PLAIN);
        return constants;
    }

    private double[] curvatures(double[] x, double[] y) {
        double[] curvatures = new double[x.length];
        loss().curvature(x.length, x, y, curvatures, Elementary.PLAIN);
        return curvatures;
    }

    /** The two parts of the derivative as the core sees them. */
    private record Parts(double[] positive, double[] negative) {
        double slope(int i) {
            return positive[i] - negative[i];
        }

        double size(int i) {
            return positive[i] + negative[i];
        }
    }

    private Parts parts(double[] x, double[] y) {
        Loss loss = loss();
        double[] negative = new double[x.length];
        double[] positive = new double[x.length];
        loss.split(x.length, x, y, negative, positive, Elementary.PLAIN);
        switch (loss.positive()) {
            case ONE -> Arrays.fill(positive, 1.0);
            case MODEL -> System.arraycopy(y, 0, positive, 0, y.length);
            case COMPUTED -> {}
        }
        return new Parts(positive, negative);
    }

    /** p_s(r) = (rˢ − 1)/s, p₀ = log r. */
    private static double power(double s, double r) {
        return s == 0 ? Math.log(r) : Math.expm1(s * Math.log(r)) / s;
    }

    private static String where(long seed, double x, double y) {
        return String.format(Locale.ROOT, " at x = %s, y = %s (seed %d)", x, y, seed);
    }

    private static void assertAtMost(double actual, double bound, double slack, String rule, String where) {
        if (!(actual <= bound + slack)) {
            fail(rule + ": " + actual + " > " + bound + ", slack " + slack + where);
        }
    }

    private static void assertNear(double expected, double actual, double slack, String rule, String where) {
        if (!(Math.abs(expected - actual) <= slack)) {
            fail(rule + ": " + actual + " where " + expected + " is expected, slack " + slack + where);
        }
    }

    /** Growth and decay are powers that make a majorizer. */
    @Test
    protected final void growthAndDecayAreNotNegativeAndNotBothZero() {
        double growth = loss().growth();
        double decay = loss().decay();
        assertTrue(growth >= 0 && growth < Double.POSITIVE_INFINITY, () -> "growth must be ≥ 0: " + growth);
        assertTrue(decay >= 0 && decay < Double.POSITIVE_INFINITY, () -> "decay must be ≥ 0: " + decay);
        assertTrue(growth + decay > 0, "growth + decay must be > 0");
    }

    /** P and N are statistics with a sign. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void bothPartsOfTheDerivativeAreFiniteAndNotNegative(long seed) {
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x, at.y);
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x[i], at.y[i]);
            double p = parts.positive[i];
            double n = parts.negative[i];
            assertTrue(p >= 0 && p < Double.POSITIVE_INFINITY, () -> "P must be finite and ≥ 0: " + p + where);
            assertTrue(n >= 0 && n < Double.POSITIVE_INFINITY, () -> "N must be finite and ≥ 0: " + n + where);
        }
    }

    /** P − N is the derivative of the value: the majorizer has the slope of the loss where they touch. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void slopeAgreesWithTheDifferenceQuotientOfTheValue(long seed) {
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x, at.y);
        double[] miss = new double[ENTRIES];
        double[] quotient = new double[ENTRIES];
        Arrays.fill(miss, Double.POSITIVE_INFINITY);
        for (double step : STEPS) {
            double[] wide = quotients(at, step, seed);
            double[] narrow = quotients(at, step / 2, seed);
            double[] values = values(at.x, at.y);
            for (int i = 0; i < ENTRIES; i++) {
                double refined = (4 * narrow[i] - wide[i]) / 3;
                double lost = (Math.abs(values[i]) + cancels(at.x[i], at.y[i])) * 0x1p-50 / (step * at.y[i]);
                double relative = Math.max(0, Math.abs(refined - parts.slope(i)) - lost) / parts.size(i);
                if (relative < miss[i]) {
                    miss[i] = relative;
                    quotient[i] = refined;
                }
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            double slack = QUOTIENT * parts.size(i);
            if (!(miss[i] <= QUOTIENT)) {
                assertNear(quotient[i], parts.slope(i), slack, "P − N must be d′", where(seed, at.x[i], at.y[i]));
            }
        }
    }

    private double[] quotients(Sample at, double step, long seed) {
        double[] up = new double[ENTRIES];
        double[] down = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            up[i] = at.y[i] * (1 + step);
            down[i] = at.y[i] * (1 - step);
        }
        double[] high = values(at.x, up);
        double[] low = values(at.x, down);
        double[] quotients = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            quotients[i] = (high[i] - low[i]) / (up[i] - down[i]);
            String where = where(seed, at.x[i], at.y[i]);
            assertTrue(Double.isFinite(quotients[i]), () -> "the value must be finite" + where);
        }
        return quotients;
    }

    /** The scalar contract of {@link Loss}: growth and decay make a majorizer of this P and N. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void scalarMajorizerBoundsTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        double[] other = away(random, at.y);
        Parts parts = parts(at.x, at.y);
        Parts there = parts(at.x, other);
        double[] values = values(at.x, at.y);
        double[] elsewhere = values(at.x, other);
        Loss loss = loss();
        for (int i = 0; i < ENTRIES; i++) {
            double r = other[i] / at.y[i];
            double rise = at.y[i] * parts.positive[i] * power(loss.growth() + 1, r);
            double fall = at.y[i] * parts.negative[i] * power(1 - loss.decay(), r);
            double terms = Math.abs(values[i])
                    + Math.abs(elsewhere[i])
                    + Math.abs(rise)
                    + Math.abs(fall)
                    + at.y[i] * parts.size(i)
                    + other[i] * there.size(i)
                    + cancels(at.x[i], at.y[i])
                    + cancels(at.x[i], other[i]);
            assertAtMost(
                    elsewhere[i],
                    values[i] + rise - fall,
                    ROUNDING * terms,
                    "the majorizer at ȳ = " + at.y[i] + " must bound d(x, y)",
                    where(seed, at.x[i], other[i]));
        }
    }

    /** d(x, x) = 0 and d(x, y) ≥ 0, once the constant is added. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void divergenceIsZeroAtTheDataAndNeverNegative(long seed) {
        if (!isDivergence()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        double[] here = at.x.clone();
        for (int i = 0; i < ENTRIES; i++) {
            here[i] = here[i] == 0 ? at.y[i] : here[i];
        }
        double[] constants = constants(at.x);
        double[] touching = values(at.x, here);
        double[] values = values(at.x, at.y);
        Parts parts = parts(at.x, here);
        for (int i = 0; i < ENTRIES; i++) {
            double slack = ROUNDING
                    * (Math.abs(constants[i])
                            + Math.abs(touching[i])
                            + here[i] * parts.size(i)
                            + cancels(at.x[i], here[i]));
            if (at.x[i] > 0) {
                double d = touching[i] + constants[i];
                assertNear(0.0, d, slack, "d(x, x) must be 0", where(seed, at.x[i], here[i]));
            }
            double more = ROUNDING * (Math.abs(values[i]) + cancels(at.x[i], at.y[i]));
            double d = values[i] + constants[i];
            assertAtMost(-d, 0.0, slack + more, "−d(x, y) must not be positive", where(seed, at.x[i], at.y[i]));
        }
    }

    /** What is promised of N holds for what split writes. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfTheNegativePartIsKept(long seed) {
        Loss loss = loss();
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x, at.y);
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x[i], at.y[i]);
            double n = parts.negative[i];
            switch (loss.negative()) {
                case DATA -> assertNear(at.x[i], n, 0, "N must be x, as promised", where);
                case RATIO -> {
                    double ratio = at.x[i] / at.y[i];
                    assertNear(ratio, n, 4 * Math.ulp(ratio), "N must be x/y, as promised", where);
                }
                case ZERO_AT_ZERO, COMPUTED -> {}
            }
        }
        if (loss.allowsZero() && loss.negative() != Loss.Negative.COMPUTED) {
            double[] zeros = new double[ENTRIES];
            double[] negative = parts(zeros, at.y).negative;
            for (int i = 0; i < ENTRIES; i++) {
                assertNear(0.0, negative[i], 0, "N(0, y) must be 0, as promised", where(seed, 0, at.y[i]));
            }
        }
    }

    /** Parts that are promised to be powers are. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfPowersIsKept(long seed) {
        Loss loss = loss();
        if (!loss.powers()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x, at.y);
        double a = loss.decay();
        double b = loss.growth();
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x[i], at.y[i]);
            double p = Math.pow(at.y[i], b);
            double n = Math.pow(at.x[i], a + b) * Math.pow(at.y[i], -a);
            assertNear(p, parts.positive[i], 1e-12 * p, "P must be y^b, as promised", where);
            assertNear(n, parts.negative[i], 1e-12 * n, "N must be x^(a+b) y^-a, as promised", where);
        }
    }

    /** What is promised of the value at zeros holds. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfTheValueAtZerosIsKept(long seed) {
        Loss loss = loss();
        if (loss.onZeros() == Loss.OnZeros.COMPUTED) {
            return;
        }
        assertTrue(loss.allowsZero(), "a promise about x = 0 needs x = 0 in the domain");
        double[] zeros = new double[ENTRIES];
        double[] y = sample(Draw.from(seed), ENTRIES).y;
        double[] values = values(zeros, y);
        for (int i = 0; i < ENTRIES; i++) {
            double promised = loss.onZeros() == Loss.OnZeros.LINEAR ? y[i] : 0.5 * y[i] * y[i];
            String rule = "the value at x = 0 must be as promised, " + loss.onZeros();
            assertNear(promised, values[i], 4 * Math.ulp(promised), rule, where(seed, 0, y[i]));
        }
    }

    /** A loss that says it is convex has no chord below it. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void convexLossLiesBelowItsChords(long seed) {
        if (!loss().convex()) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        double[] other = away(random, at.y);
        double[] middle = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            middle[i] = 0.5 * (at.y[i] + other[i]);
        }
        double[] a = values(at.x, at.y);
        double[] b = values(at.x, other);
        double[] m = values(at.x, middle);
        Parts parts = parts(at.x, middle);
        for (int i = 0; i < ENTRIES; i++) {
            double slack = ROUNDING
                    * (Math.abs(a[i]) + Math.abs(b[i]) + middle[i] * parts.size(i) + cancels(at.x[i], middle[i]));
            String rule = "a convex loss must lie below the chord to y = " + other[i];
            assertAtMost(m[i], 0.5 * (a[i] + b[i]), slack, rule, where(seed, at.x[i], at.y[i]));
        }
    }

    /** The curvature lies between the difference quotients of the slope from the left and from the right. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void curvatureAgreesWithTheDifferenceQuotientOfTheSlope(long seed) {
        if (!loss().hasCurvature()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x, at.y);
        double[] curvatures = curvatures(at.x, at.y);
        double[] miss = new double[ENTRIES];
        Arrays.fill(miss, Double.POSITIVE_INFINITY);
        for (double step : STEPS) {
            double[] left = slopeQuotients(at, parts, -step);
            double[] right = slopeQuotients(at, parts, step);
            for (int i = 0; i < ENTRIES; i++) {
                double low = Math.min(left[i], right[i]);
                double high = Math.max(left[i], right[i]);
                double outside = Math.max(Math.max(low - curvatures[i], curvatures[i] - high), 0.0);
                double centre = Math.abs(0.5 * (low + high) - curvatures[i]);
                miss[i] = Math.min(miss[i], Math.min(centre, outside + 0.1 * (high - low)));
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            double slack = 10 * QUOTIENT * parts.size(i) / at.y[i];
            String where = where(seed, at.x[i], at.y[i]);
            assertNear(0, miss[i], slack, "curvature " + curvatures[i] + " must be d″; it is off by", where);
        }
    }

    private double[] slopeQuotients(Sample at, Parts parts, double step) {
        double[] y = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            y[i] = at.y[i] * (1 + step);
        }
        Parts there = parts(at.x, y);
        double[] quotients = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            double rise = there.positive[i] - parts.positive[i];
            double fall = there.negative[i] - parts.negative[i];
            quotients[i] = (rise - fall) / (y[i] - at.y[i]);
        }
        return quotients;
    }

    /** What one of the methods that work on spans writes, all outputs one after the other. */
    private List<double[]> outputs(int n, double[] x, double[] y, int length) {
        Loss loss = loss();
        double[][] outputs = new double[5][length];
        for (double[] output : outputs) {
            Arrays.fill(output, SENTINEL);
        }
        loss.split(n, x, y, outputs[0], outputs[1], Elementary.PLAIN);
        loss.value(n, x, y, outputs[2], Elementary.PLAIN);
        loss.constant(n, x, outputs[3], Elementary.PLAIN);
        if (loss.hasCurvature()) {
            loss.curvature(n, x, y, outputs[4], Elementary.PLAIN);
        }
        List<double[]> kept = new ArrayList<>(List.of(outputs));
        if (loss.positive() != Loss.Positive.COMPUTED) {
            kept.remove(1);
        }
        return kept;
    }

    /** Entries 0 … n − 1 are written, whatever lies beyond is neither read nor written, and the inputs stay as they are. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void onlyTheSpanIsReadAndWritten(long seed) {
        RandomGenerator random = Draw.from(seed);
        int n = random.nextInt(20);
        Sample at = sample(random, n);
        double[] x = Arrays.copyOf(at.x, n + GUARD);
        double[] y = Arrays.copyOf(at.y, n + GUARD);
        Arrays.fill(x, n, n + GUARD, Double.NaN);
        Arrays.fill(y, n, n + GUARD, Double.NaN);
        double[] x0 = x.clone();
        double[] y0 = y.clone();
        String where = " (n = " + n + ", seed " + seed + ")";
        List<double[]> guarded = outputs(n, x, y, n + GUARD);
        assertArrayEquals(x0, x, () -> "x must not be written" + where);
        assertArrayEquals(y0, y, () -> "y must not be written" + where);
        Loss loss = loss();
        double[] unread = new double[n + GUARD];
        Arrays.fill(unread, SENTINEL);
        loss.split(n, x, y, new double[n + GUARD], unread, Elementary.PLAIN);
        List<double[]> exact = outputs(n, at.x, at.y, n);
        for (int o = 0; o < guarded.size(); o++) {
            double[] beyond = Arrays.copyOfRange(guarded.get(o), n, n + GUARD);
            for (double entry : beyond) {
                assertEquals(SENTINEL, entry, () -> "nothing beyond the span may be written" + where);
            }
            double[] within = Arrays.copyOf(guarded.get(o), n);
            assertArrayEquals(exact.get(o), within, () -> "what lies beyond the span must not matter" + where);
        }
        for (int i = n; i < n + GUARD; i++) {
            assertEquals(SENTINEL, unread[i], () -> "nothing beyond the span may be written to positive" + where);
        }
    }

    /** An entry's result does not depend on its neighbours: spans may be cut anywhere. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void piecesOfASpanGiveWhatTheWholeGives(long seed) {
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        List<double[]> whole = outputs(ENTRIES, at.x, at.y, ENTRIES);
        for (int from = 0; from < ENTRIES; ) {
            int to = Math.min(ENTRIES, from + 1 + random.nextInt(20));
            double[] x = Arrays.copyOfRange(at.x, from, to);
            double[] y = Arrays.copyOfRange(at.y, from, to);
            List<double[]> piece = outputs(to - from, x, y, to - from);
            for (int o = 0; o < piece.size(); o++) {
                double[] same = Arrays.copyOfRange(whole.get(o), from, to);
                assertArrayEquals(
                        same, piece.get(o), () -> "a piece must give what the whole gives (seed " + seed + ")");
            }
            from = to;
        }
    }

    /** One instance serves all threads of a fit. */
    @Test
    protected final void oneInstanceServesManyThreads() throws Exception {
        Loss loss = loss();
        int n = 512;
        int rounds = 60;
        List<Sample> samples = new ArrayList<>();
        List<List<double[]>> expected = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Sample sample = sample(Draw.from(1000 + t), n);
            samples.add(sample);
            expected.add(allOf(loss, sample));
        }
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Sample sample = samples.get(t);
                List<double[]> alone = expected.get(t);
                answers.add(threads.submit(() -> {
                    start.await();
                    boolean same = true;
                    for (int round = 0; round < rounds; round++) {
                        List<double[]> now = allOf(loss, sample);
                        for (int o = 0; o < alone.size(); o++) {
                            same &= Arrays.equals(alone.get(o), now.get(o));
                        }
                    }
                    return same;
                }));
            }
            start.countDown();
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get(), "a loss must give in many threads what it gives in one");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<double[]> allOf(Loss loss, Sample at) {
        int n = at.x.length;
        double[][] outputs = new double[4][n];
        double[] positive = new double[n];
        loss.split(n, at.x, at.y, outputs[0], positive, Elementary.PLAIN);
        if (loss.positive() == Loss.Positive.COMPUTED) {
            System.arraycopy(positive, 0, outputs[1], 0, n);
        }
        loss.value(n, at.x, at.y, outputs[2], Elementary.PLAIN);
        if (loss.hasCurvature()) {
            loss.curvature(n, at.x, at.y, outputs[3], Elementary.PLAIN);
        }
        return List.of(outputs);
    }

    /** A small problem x ≈ B·h with weights, some of them 0: what one vector of a half-step sees. */
    private final class Regression {
        private final int rank;
        private final double[][] b;
        private final double[] x;
        private final double[] weights;
        private final double[] at;

        Regression(RandomGenerator random) {
            rank = 1 + random.nextInt(5);
            int n = 1 + random.nextInt(12);
            b = new double[n][rank];
            x = new double[n];
            weights = new double[n];
            at = new double[rank];
            double scale = Draw.decades(random, -3, 3);
            double spread = Draw.decades(random, -1, 0.5);
            for (int c = 0; c < rank; c++) {
                at[c] = scale * Draw.decades(random, -spread, spread);
            }
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < rank; c++) {
                    b[i][c] = Draw.chance(random, 0.3) ? 0.0 : Draw.decades(random, -1, 1);
                }
                b[i][random.nextInt(rank)] += 0.5;
                double drawn = x(random);
                x[i] = drawn > 0 && Draw.chance(random, 0.8) ? scale * Draw.decades(random, -2, 2) : drawn;
                weights[i] = Draw.chance(random, 0.2) ? 0.0 : random.nextBoolean() ? 1.0 : random.nextDouble(2);
            }
        }

        double[] model(double[] h) {
            double[] y = new double[x.length];
            for (int i = 0; i < y.length; i++) {
                for (int c = 0; c < rank; c++) {
                    y[i] += b[i][c] * h[c];
                }
            }
            return y;
        }

        double objective(double[] h) {
            double[] values = values(x, model(h));
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum;
        }

        /** The size of what {@link #objective} adds up, for its rounding. */
        double terms(double[] h) {
            double[] y = model(h);
            double[] values = values(x, y);
            Parts parts = parts(x, y);
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weights[i] * (Math.abs(values[i]) + y[i] * parts.size(i) + cancels(x[i], y[i]));
            }
            return sum;
        }

        Surrogate surrogate() {
            Surrogate surrogate = new Surrogate(rank, 1, loss().growth(), loss().decay(), at[0] * 1e-14);
            surrogate.begin(0, 1);
            Parts parts = parts(x, model(at));
            for (int c = 0; c < rank; c++) {
                surrogate.at(c)[0] = at[c];
            }
            for (int c = 0; c < rank; c++) {
                double[] positive = new double[1];
                double[] negative = new double[1];
                for (int i = 0; i < x.length; i++) {
                    positive[0] += weights[i] * b[i][c] * parts.positive[i];
                    negative[0] += weights[i] * b[i][c] * parts.negative[i];
                }
                surrogate.addLoss(c, positive, 0, negative);
            }
            return surrogate;
        }
    }

    /** Minimizing the surrogate of a vector never raises the loss: what the whole method stands on. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void minimizingTheSurrogateNeverRaisesTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < 10; round++) {
            Regression problem = new Regression(random);
            Surrogate surrogate = problem.surrogate();
            double[] h = new double[problem.rank];
            double[] one = new double[1];
            for (int c = 0; c < h.length; c++) {
                surrogate.minimizer(c, null, one, null);
                // Where the surrogate falls without end, or nearly so, any step towards its end descends as well.
                h[c] = Math.min(one[0], problem.at[c] * 1e6);
            }
            double slack = ROUNDING * (problem.terms(problem.at) + problem.terms(h));
            String where = " (seed " + seed + ", round " + round + ")";
            assertAtMost(
                    problem.objective(h),
                    problem.objective(problem.at),
                    slack,
                    "a step must not raise the loss",
                    where);
        }
    }

    /** The surrogate of a vector bounds the loss of x ≈ B·h everywhere. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void surrogateOfAVectorBoundsTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < 10; round++) {
            Regression problem = new Regression(random);
            Surrogate surrogate = problem.surrogate();
            double[] h = away(random, problem.at);
            double bound = problem.objective(problem.at);
            double slack = ROUNDING * (problem.terms(problem.at) + problem.terms(h));
            for (int c = 0; c < h.length; c++) {
                double[] one = {h[c]};
                surrogate.value(c, one, one);
                bound += one[0];
                slack += ROUNDING * Math.abs(one[0]);
            }
            String where = " (seed " + seed + ", round " + round + ")";
            assertAtMost(problem.objective(h), bound, slack, "the surrogate must bound the loss", where);
        }
    }
}
