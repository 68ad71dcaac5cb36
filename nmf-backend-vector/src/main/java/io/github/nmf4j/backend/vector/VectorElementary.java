package io.github.nmf4j.backend.vector;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.nmf4j.api.Elementary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Logarithm, exponential and power, a vector at a time.
 *
 * <p>What is left over at the end of a span, and what stands in a vector with a number that is not normal, is left to
 * {@link Math}. A loop holds one kernel, and no masks: C2 stops inlining at a number of nodes that two kernels reach, and from
 * there on every vector is an object.
 */
final class VectorElementary implements Elementary {
    static final Elementary INSTANCE = new VectorElementary();

    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;

    // log: the reduction and the polynomial of fdlibm's e_log (Sun Microsystems 1993)
    static final double LN2_HIGH = 6.93147180369123816490e-01; // 33 bits: a whole multiple of it is exact
    static final double LN2_LOW = 1.90821492927058770002e-10;
    static final double L1 = 6.666666666666735130e-01;
    static final double L2 = 3.999999999940941908e-01;
    static final double L3 = 2.857142874366239149e-01;
    static final double L4 = 2.222219843214978396e-01;
    static final double L5 = 1.818357216161805012e-01;
    static final double L6 = 1.531383769920937332e-01;
    static final double L7 = 1.479819860511658591e-01;
    static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
    static final long ONE = Double.doubleToRawLongBits(1.0);

    /** Or-ed with a small whole number it is 2^52 plus that number: conversion without an instruction for it. */
    static final long TWO_52 = Double.doubleToRawLongBits(0x1p52);

    static final double BIAS = 0x1p52 + 1023;

    // exp
    private static final double LOG2_E = 1.4426950408889634;

    /** Added to a number, it leaves the nearest whole number in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    private static final long OFFSET = 2048;
    private static final double GREATEST = 710; // e^710 is infinite
    private static final double LEAST = -746; // e^-746 is 0
    private static final double E2 = 1.0 / 2;
    private static final double E3 = 1.0 / 6;
    private static final double E4 = 1.0 / 24;
    private static final double E5 = 1.0 / 120;
    private static final double E6 = 1.0 / 720;
    private static final double E7 = 1.0 / 5040;
    private static final double E8 = 1.0 / 40320;
    private static final double E9 = 1.0 / 362880;
    private static final double E10 = 1.0 / 3628800;
    private static final double E11 = 1.0 / 39916800;
    private static final double E12 = 1.0 / 479001600;
    private static final double E13 = 1.0 / 6227020800.0;

    /** Whole and half powers up to this one are products. */
    private static final double GREATEST_PRODUCT = 4;

    private VectorElementary() {}

    @Override
    public void log(int n, double[] x, double[] into) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            if (v.compare(GE, Double.MIN_NORMAL)
                    .and(v.compare(LE, Double.MAX_VALUE))
                    .allTrue()) {
                log(v).intoArray(into, i);
            } else {
                log(i, i + Lanes.WIDTH, x, into);
            }
        }
        log(whole, n, x, into);
    }

    private static void log(int from, int to, double[] x, double[] into) {
        for (int i = from; i < to; i++) {
            into[i] = Math.log(x[i]);
        }
    }

    @Override
    public void exp(int n, double[] x, double[] into) {
        exp(n, x, 1.0, into);
    }

    /**
     * into ← e^(s·x) = 2^k·e^r with |r| ≤ ½·log 2; e^r by Taylor's series, of which less than 1e-17 is cut off; 2^k in two
     * factors, for neither to leave the range of a double before the result does.
     *
     * <p>In one piece, longer than what C2 inlines: inlined into {@link #pow} beside the logarithm it would be too much.
     */
    private static void exp(int n, double[] x, double s, double[] into) {
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            DoubleVector y = DoubleVector.fromArray(SPECIES, x, i).mul(s);
            y = y.blend(GREATEST, y.compare(GT, GREATEST)).blend(LEAST, y.compare(LT, LEAST)); // NaN stays
            DoubleVector rounded = y.fma(broadcast(LOG2_E), broadcast(ROUND));
            DoubleVector k = rounded.sub(ROUND);
            DoubleVector r = k.fma(broadcast(-LN2_LOW), k.fma(broadcast(-LN2_HIGH), y));
            DoubleVector sum = r.fma(broadcast(E13), broadcast(E12));
            sum = sum.fma(r, broadcast(E11));
            sum = sum.fma(r, broadcast(E10));
            sum = sum.fma(r, broadcast(E9));
            sum = sum.fma(r, broadcast(E8));
            sum = sum.fma(r, broadcast(E7));
            sum = sum.fma(r, broadcast(E6));
            sum = sum.fma(r, broadcast(E5));
            sum = sum.fma(r, broadcast(E4));
            sum = sum.fma(r, broadcast(E3));
            sum = sum.fma(r, broadcast(E2));
            sum = sum.fma(r, broadcast(1.0));
            sum = sum.fma(r, broadcast(1.0));
            LongVector both = rounded.reinterpretAsLongs().sub(ROUND_BITS - OFFSET);
            LongVector first = both.lanewise(LSHR, 1);
            sum.mul(powerOfTwo(first)).mul(powerOfTwo(both.sub(first))).intoArray(into, i);
        }
        for (int i = whole; i < n; i++) {
            into[i] = Math.exp(s * x[i]);
        }
    }

    /**
     * Whole and half powers by products and square roots; others as e^(s·log x), where the one rounding of s·log x leaves a
     * relative error of |s·log x| ulp.
     */
    @Override
    public void pow(int n, double[] x, double s, double[] into) {
        double halves = 2 * Math.abs(s);
        if (halves <= 2 * GREATEST_PRODUCT && halves == Math.rint(halves)) {
            products(n, x, s, into);
        } else if (Math.abs(s) <= Double.MAX_VALUE) {
            log(n, x, into);
            exp(n, into, s, into);
        } else {
            Elementary.super.pow(n, x, s, into);
        }
    }

    private static void products(int n, double[] x, double s, double[] into) {
        int halves = (int) (2 * Math.abs(s));
        int whole = SPECIES.loopBound(n);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            product(DoubleVector.fromArray(SPECIES, x, i), halves, s < 0).intoArray(into, i);
        }
        for (int i = whole; i < n; i++) {
            into[i] = Math.pow(x[i], s);
        }
    }

    private static DoubleVector product(DoubleVector base, int halves, boolean inverse) {
        DoubleVector one = broadcast(1.0);
        DoubleVector power = (halves & 1) == 1 ? base.sqrt() : one;
        for (int times = halves >> 1; times > 0; times--) {
            power = power.mul(base);
        }
        return inverse ? one.div(power) : power;
    }

    /** x = 2^e·m with m in [√½, √2). */
    private static DoubleVector log(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector biased = bits.add(ONE - SQRT_HALF).lanewise(LSHR, 52);
        DoubleVector m = bits.sub(biased.lanewise(LSHL, 52)).add(ONE).reinterpretAsDoubles();
        DoubleVector e = biased.or(TWO_52).reinterpretAsDoubles().sub(BIAS);
        return e.fma(broadcast(LN2_HIGH), e.fma(broadcast(LN2_LOW), logOfMantissa(m)));
    }

    /** log m = f − (f²/2 − s·(f²/2 + R(s²))) with f = m − 1, s = f/(2 + f); R in even and odd powers, two short chains. */
    private static DoubleVector logOfMantissa(DoubleVector m) {
        DoubleVector f = m.sub(1.0);
        DoubleVector s = f.div(f.add(2.0));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector odd = w.fma(broadcast(L7), broadcast(L5));
        DoubleVector even = w.fma(broadcast(L6), broadcast(L4));
        odd = w.fma(odd, broadcast(L3));
        even = w.fma(even, broadcast(L2));
        odd = w.fma(odd, broadcast(L1));
        DoubleVector half = f.mul(0.5).mul(f);
        return f.sub(half.sub(s.mul(z.fma(z.fma(even, odd), half))));
    }

    /** {@return 2^(e − 1024)} */
    private static DoubleVector powerOfTwo(LongVector e) {
        return e.sub(1).lanewise(LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
