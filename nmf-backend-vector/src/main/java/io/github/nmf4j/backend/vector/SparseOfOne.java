package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;

/** Fixed vectors that fit one register. */
final class SparseOfOne extends SparseKernel {
    @Override
    double ratios(int groups, int[] at, double[] x, double[] f, double[] m, double[] y, double[] sum) {
        double prefetched = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        DoubleVector sum0 = DoubleVector.fromArray(S, sum, 0);
        for (int e = 0; e < groups * GROUP; e += GROUP) {
            prefetched += f[at[e + AHEAD]] + f[at[e + AHEAD + 1]] + f[at[e + AHEAD + 2]] + f[at[e + AHEAD + 3]];
            int from = at[e];
            DoubleVector f00 = DoubleVector.fromArray(S, f, from);
            from = at[e + 1];
            DoubleVector f10 = DoubleVector.fromArray(S, f, from);
            from = at[e + 2];
            DoubleVector f20 = DoubleVector.fromArray(S, f, from);
            from = at[e + 3];
            DoubleVector f30 = DoubleVector.fromArray(S, f, from);
            DoubleVector s0 = m0.mul(f00);
            DoubleVector s1 = m0.mul(f10);
            DoubleVector s2 = m0.mul(f20);
            DoubleVector s3 = m0.mul(f30);
            DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                    .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
            DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                    .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
            DoubleVector y0 = s01.blend(s23.rearrange(PAIRS), UPPER)
                    .add(s01.rearrange(PAIRS).blend(s23, UPPER));
            if (L > GROUP) {
                y0 = y0.add(y0.rearrange(HALVES));
            }
            DoubleVector.fromArray(S, x, e).div(y0).intoArray(y, e);
            DoubleVector r0 = DoubleVector.broadcast(S, y[e]);
            DoubleVector r1 = DoubleVector.broadcast(S, y[e + 1]);
            DoubleVector r2 = DoubleVector.broadcast(S, y[e + 2]);
            DoubleVector r3 = DoubleVector.broadcast(S, y[e + 3]);
            sum0 = r3.fma(f30, r2.fma(f20, r1.fma(f10, r0.fma(f00, sum0))));
        }
        sum0.intoArray(sum, 0);
        return prefetched;
    }

    @Override
    double model(int groups, int[] at, double[] f, double[] m, double[] y) {
        double prefetched = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        for (int e = 0; e < groups * GROUP; e += GROUP) {
            prefetched += f[at[e + AHEAD]] + f[at[e + AHEAD + 1]] + f[at[e + AHEAD + 2]] + f[at[e + AHEAD + 3]];
            int from = at[e];
            DoubleVector f00 = DoubleVector.fromArray(S, f, from);
            from = at[e + 1];
            DoubleVector f10 = DoubleVector.fromArray(S, f, from);
            from = at[e + 2];
            DoubleVector f20 = DoubleVector.fromArray(S, f, from);
            from = at[e + 3];
            DoubleVector f30 = DoubleVector.fromArray(S, f, from);
            DoubleVector s0 = m0.mul(f00);
            DoubleVector s1 = m0.mul(f10);
            DoubleVector s2 = m0.mul(f20);
            DoubleVector s3 = m0.mul(f30);
            DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                    .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
            DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                    .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
            DoubleVector y0 = s01.blend(s23.rearrange(PAIRS), UPPER)
                    .add(s01.rearrange(PAIRS).blend(s23, UPPER));
            if (L > GROUP) {
                y0 = y0.add(y0.rearrange(HALVES));
            }
            y0.intoArray(y, e);
        }
        return prefetched;
    }

    @Override
    void combine(int groups, int[] at, double[] part, double[] f, double[] sum) {
        DoubleVector sum0 = DoubleVector.fromArray(S, sum, 0);
        for (int e = 0; e < groups * GROUP; e += GROUP) {
            int from = at[e];
            DoubleVector f00 = DoubleVector.fromArray(S, f, from);
            from = at[e + 1];
            DoubleVector f10 = DoubleVector.fromArray(S, f, from);
            from = at[e + 2];
            DoubleVector f20 = DoubleVector.fromArray(S, f, from);
            from = at[e + 3];
            DoubleVector f30 = DoubleVector.fromArray(S, f, from);
            DoubleVector p0 = DoubleVector.broadcast(S, part[e]);
            DoubleVector p1 = DoubleVector.broadcast(S, part[e + 1]);
            DoubleVector p2 = DoubleVector.broadcast(S, part[e + 2]);
            DoubleVector p3 = DoubleVector.broadcast(S, part[e + 3]);
            sum0 = p3.fma(f30, p2.fma(f20, p1.fma(f10, p0.fma(f00, sum0))));
        }
        sum0.intoArray(sum, 0);
    }
}
