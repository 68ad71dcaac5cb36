package io.github.nmf4j.core;

import io.github.nmf4j.api.Elementary;

/**
 * Elementary functions in loops that HotSpot vectorises.
 *
 * <p>The logarithm is fdlibm's e_log (Sun Microsystems 1993): y = 2^e·m with m in [√½, √2), log m by a polynomial in
 * s = (m − 1)/(m + 1). Split into loops that each do one kind of work, because C2 gives up on a loop that has
 * {@code long} and {@code double} arithmetic in it; the moves between the two are loops of their own.
 */
final class PortableElementary implements Elementary {
    private static final int SPAN = 512;
    private static final double LN2_HIGH = 6.93147180369123816490e-01;
    private static final double LN2_LOW = 1.90821492927058770002e-10;
    private static final double L1 = 6.666666666666735130e-01;
    private static final double L2 = 3.999999999940941908e-01;
    private static final double L3 = 2.857142874366239149e-01;
    private static final double L4 = 2.222219843214978396e-01;
    private static final double L5 = 1.818357216161805012e-01;
    private static final double L6 = 1.531383769920937332e-01;
    private static final double L7 = 1.479819860511658591e-01;
    private static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
    private static final long ONE = Double.doubleToRawLongBits(1.0);
    private static final long TWO_52 = Double.doubleToRawLongBits(0x1p52);
    private static final double BIAS = 0x1p52 + 1023;

    /** One a thread: the buffers are the reason. */
    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    private static final class Buffers {
        final double[] y = new double[SPAN];
        final long[] bits = new long[SPAN];
        final long[] exponent = new long[SPAN];
        final double[] e = new double[SPAN];
        final double[] mantissa = new double[SPAN];
        final double[] result = new double[SPAN];
    }

    @Override
    public void log(int n, double[] x, double[] into) {
        Buffers b = BUFFERS.get();
        if (n <= SPAN && x != into) {
            span(n, x, into, b);
            return;
        }
        for (int from = 0; from < n; from += SPAN) {
            int count = Math.min(SPAN, n - from);
            System.arraycopy(x, from, b.y, 0, count);
            span(count, b.y, b.result, b);
            System.arraycopy(b.result, 0, into, from, count);
        }
    }

    private static void span(int n, double[] x, double[] into, Buffers b) {
        bits(n, x, b.bits);
        boolean normal = normal(n, b.bits);
        split(n, b.bits, b.exponent);
        doubles(n, b.bits, b.mantissa);
        doubles(n, b.exponent, b.e);
        polynomial(n, b.mantissa, into);
        scale(n, b.e, into);
        if (!normal) {
            exceptions(n, x, into);
        }
    }

    private static void bits(int n, double[] y, long[] bits) {
        for (int i = 0; i < n; i++) {
            bits[i] = Double.doubleToRawLongBits(y[i]);
        }
    }

    private static void doubles(int n, long[] bits, double[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Double.longBitsToDouble(bits[i]);
        }
    }

    /** {@return whether all are normal and positive} */
    private static boolean normal(int n, long[] bits) {
        long outside = 0;
        for (int i = 0; i < n; i++) {
            outside |= (bits[i] - 0x0010000000000000L) | (0x7FEFFFFFFFFFFFFFL - bits[i]);
        }
        return outside >= 0;
    }

    /** y = 2^e·m with m in [√½, √2): the bits of y become those of m; e comes as the low bits of the double 2^52 + 1023 + e. */
    private static void split(int n, long[] bits, long[] exponent) {
        for (int i = 0; i < n; i++) {
            long e = (bits[i] + (ONE - SQRT_HALF)) >>> 52;
            exponent[i] = e | TWO_52;
            bits[i] = bits[i] - (e << 52) + ONE;
        }
    }

    /** log m = f − (f²/2 − s·(f²/2 + R(s²))) with f = m − 1, s = f/(2 + f). By Horner: C2 on 25 gives up on two sums. */
    private static void polynomial(int n, double[] m, double[] into) {
        for (int i = 0; i < n; i++) {
            double f = m[i] - 1;
            double s = f / (2 + f);
            double z = s * s;
            double r = Math.fma(z, L7, L6);
            r = Math.fma(z, r, L5);
            r = Math.fma(z, r, L4);
            r = Math.fma(z, r, L3);
            r = Math.fma(z, r, L2);
            r = Math.fma(z, r, L1);
            double half = 0.5 * f * f;
            into[i] = f - (half - s * Math.fma(z, r, half));
        }
    }

    private static void scale(int n, double[] exponent, double[] log) {
        for (int i = 0; i < n; i++) {
            double e = exponent[i] - BIAS;
            log[i] = e * LN2_HIGH + (log[i] + e * LN2_LOW);
        }
    }

    private static void exceptions(int n, double[] y, double[] into) {
        for (int i = 0; i < n; i++) {
            if (!(y[i] >= Double.MIN_NORMAL && y[i] <= Double.MAX_VALUE)) {
                into[i] = Math.log(y[i]);
            }
        }
    }

    /** Whole and half powers by products and square roots; a tenth of the time of {@link Math#pow}. */
    @Override
    public void pow(int n, double[] x, double s, double[] into) {
        double halves = 2 * s;
        if (halves != Math.rint(halves) || Math.abs(halves) > 8) {
            Elementary.super.pow(n, x, s, into);
            return;
        }
        int whole = (int) Math.abs(halves) / 2;
        boolean root = (int) Math.abs(halves) % 2 == 1;
        boolean inverse = s < 0;
        for (int i = 0; i < n; i++) {
            double base = x[i];
            double power = root ? Math.sqrt(base) : 1.0;
            for (int times = 0; times < whole; times++) {
                power *= base;
            }
            into[i] = inverse ? 1 / power : power;
        }
    }
}
