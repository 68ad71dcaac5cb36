package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;

/**
 * Fixed vectors of any length. A span's dot products come before its divisions and its sums, which read the vectors from the L1
 * cache: a group at a time, its sums waited for its division (15 against 12 ns an entry at rank 50).
 */
final class SparseOfMany extends SparseKernel {
    private final int length;

    /** @param vectors registers that hold the rank */
    SparseOfMany(int vectors) {
        length = vectors * L;
    }

    @Override
    double ratios(int groups, int[] at, double[] x, double[] f, double[] m, double[] y, double[] sum) {
        model(groups, at, f, m, y);
        for (int e = 0; e < groups * GROUP; e += L) {
            DoubleVector.fromArray(S, x, e).div(DoubleVector.fromArray(S, y, e)).intoArray(y, e);
        }
        combine(groups, at, y, f, sum);
        return 0;
    }

    @Override
    double model(int groups, int[] at, double[] f, double[] m, double[] y) {
        for (int e = 0; e < groups * GROUP; e += GROUP) {
            dots(at[e], at[e + 1], at[e + 2], at[e + 3], f, m, length, y, e);
        }
        return 0;
    }

    @Override
    void combine(int groups, int[] at, double[] part, double[] f, double[] sum) {
        for (int e = 0; e < groups * GROUP; e += GROUP) {
            add(at[e], at[e + 1], at[e + 2], at[e + 3], part, e, f, length, sum);
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
        DoubleVector y0 =
                s01.blend(s23.rearrange(PAIRS), UPPER).add(s01.rearrange(PAIRS).blend(s23, UPPER));
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
}
