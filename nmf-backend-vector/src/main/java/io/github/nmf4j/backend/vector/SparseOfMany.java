package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;

/** Fixed vectors of any length: those of a group come from memory for the dot products and from the L1 cache for the sums. */
final class SparseOfMany extends SparseKernel {
    /**
     * Vectors of so many numbers keep a core busy until the next ones are there; reading ahead costs more than it brings, and
     * the sums of a group would wait for its division: a span's dot products come first (15 → 12 ns an entry at rank 50).
     */
    private static final int LONG = 32;

    private final int length;

    /** @param vectors registers that hold the rank */
    SparseOfMany(int vectors) {
        length = vectors * L;
    }

    @Override
    double ratios(
            int n, int[] index, int from, double[] x, double[] f, int stride, double[] m, double[] y, double[] sum) {
        if (length >= LONG) {
            model(n, index, from, f, stride, m, y);
            divide(n, x, from, y);
            combine(n, index, from, y, 0, f, stride, sum);
            return 0;
        }
        double ahead = 0;
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end; e += GROUP) {
            ahead += ahead(index, e + AHEAD, end, f, stride);
            int at0 = index[e] * stride;
            int at1 = index[e + 1] * stride;
            int at2 = index[e + 2] * stride;
            int at3 = index[e + 3] * stride;
            dots(at0, at1, at2, at3, f, m, length, y, 0);
            if (e + L <= x.length) {
                DoubleVector.fromArray(S, x, e)
                        .div(DoubleVector.fromArray(S, y, 0))
                        .intoArray(y, 0);
            } else {
                divide(GROUP, x, e, y);
            }
            add(at0, at1, at2, at3, y, 0, f, length, sum);
        }
        if (e < end) {
            lastDots(index, e, end, f, stride, m, y, 0);
            divide(end - e, x, e, y);
            combine(end - e, index, e, y, 0, f, stride, sum);
        }
        return ahead;
    }

    /** y ← x/y; for a group at the end of x, where a vector would read beyond it, as well as for a span. */
    private static void divide(int n, double[] x, int from, double[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = x[from + i] / y[i];
        }
    }

    @Override
    double model(int n, int[] index, int from, double[] f, int stride, double[] m, double[] y) {
        double ahead = 0;
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end; e += GROUP) {
            if (length < LONG) {
                ahead += ahead(index, e + AHEAD, end, f, stride);
            }
            int at0 = index[e] * stride;
            int at1 = index[e + 1] * stride;
            int at2 = index[e + 2] * stride;
            int at3 = index[e + 3] * stride;
            dots(at0, at1, at2, at3, f, m, length, y, e - from);
        }
        lastDots(index, e, end, f, stride, m, y, e - from);
        return ahead;
    }

    /** A group that ends early repeats its last entry; nothing where it has none. */
    void lastDots(int[] index, int e, int end, double[] f, int stride, double[] m, double[] y, int to) {
        if (e < end) {
            int last = end - 1;
            int at0 = index[e] * stride;
            int at1 = index[Math.min(e + 1, last)] * stride;
            int at2 = index[Math.min(e + 2, last)] * stride;
            dots(at0, at1, at2, index[last] * stride, f, m, length, y, to);
        }
    }

    @Override
    void combine(int n, int[] index, int from, double[] part, int partFrom, double[] f, int stride, double[] sum) {
        int i = 0;
        for (; i + GROUP <= n; i += GROUP) {
            int e = from + i;
            int at0 = index[e] * stride;
            int at1 = index[e + 1] * stride;
            int at2 = index[e + 2] * stride;
            int at3 = index[e + 3] * stride;
            add(at0, at1, at2, at3, part, partFrom + i, f, length, sum);
        }
        for (; i < n; i++) {
            add(index[from + i] * stride, part[partFrom + i], f, length, sum);
        }
    }

    private static void dots(
            int at0, int at1, int at2, int at3, double[] f, double[] m, int length, double[] y, int to) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int c = 0; c < length; c += L) {
            DoubleVector v = DoubleVector.fromArray(S, m, c);
            s0 = v.fma(DoubleVector.fromArray(S, f, at0 + c), s0);
            s1 = v.fma(DoubleVector.fromArray(S, f, at1 + c), s1);
            s2 = v.fma(DoubleVector.fromArray(S, f, at2 + c), s2);
            s3 = v.fma(DoubleVector.fromArray(S, f, at3 + c), s3);
        }
        DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
        DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
        DoubleVector y0 = s01.blend(s23.rearrange(PAIRS), SECOND_PAIRS)
                .add(s01.rearrange(PAIRS).blend(s23, SECOND_PAIRS));
        if (L > GROUP) {
            y0 = y0.add(y0.rearrange(HALVES));
        }
        y0.intoArray(y, to);
    }

    private static void add(
            int at0, int at1, int at2, int at3, double[] part, int from, double[] f, int length, double[] sum) {
        DoubleVector p0 = DoubleVector.broadcast(S, part[from]);
        DoubleVector p1 = DoubleVector.broadcast(S, part[from + 1]);
        DoubleVector p2 = DoubleVector.broadcast(S, part[from + 2]);
        DoubleVector p3 = DoubleVector.broadcast(S, part[from + 3]);
        for (int c = 0; c < length; c += L) {
            DoubleVector s = DoubleVector.fromArray(S, sum, c);
            s = p0.fma(DoubleVector.fromArray(S, f, at0 + c), s);
            s = p1.fma(DoubleVector.fromArray(S, f, at1 + c), s);
            s = p2.fma(DoubleVector.fromArray(S, f, at2 + c), s);
            s = p3.fma(DoubleVector.fromArray(S, f, at3 + c), s);
            s.intoArray(sum, c);
        }
    }

    private static void add(int at, double part, double[] f, int length, double[] sum) {
        DoubleVector p = DoubleVector.broadcast(S, part);
        for (int c = 0; c < length; c += L) {
            p.fma(DoubleVector.fromArray(S, f, at + c), DoubleVector.fromArray(S, sum, c))
                    .intoArray(sum, c);
        }
    }
}
