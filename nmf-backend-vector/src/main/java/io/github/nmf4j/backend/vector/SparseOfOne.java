package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;

/** Fixed vectors of one register: ranks up to {@link #L}. */
final class SparseOfOne extends SparseKernel {
    /** For what is left over of groups. */
    private final SparseOfMany any = new SparseOfMany(1);

    @Override
    double ratios(
            int n, int[] index, int from, double[] x, double[] f, int stride, double[] m, double[] y, double[] sum) {
        double ahead = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        DoubleVector sum0 = DoubleVector.fromArray(S, sum, 0);
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end && e + L <= x.length; e += GROUP) {
            ahead += ahead(index, e + AHEAD, end, f, stride);
            DoubleVector f00 = DoubleVector.fromArray(S, f, index[e] * stride);
            DoubleVector f10 = DoubleVector.fromArray(S, f, index[e + 1] * stride);
            DoubleVector f20 = DoubleVector.fromArray(S, f, index[e + 2] * stride);
            DoubleVector f30 = DoubleVector.fromArray(S, f, index[e + 3] * stride);
            DoubleVector s0 = m0.mul(f00);
            DoubleVector s1 = m0.mul(f10);
            DoubleVector s2 = m0.mul(f20);
            DoubleVector s3 = m0.mul(f30);
            DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                    .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
            DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                    .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
            DoubleVector y0 = s01.blend(s23.rearrange(PAIRS), SECOND_PAIRS)
                    .add(s01.rearrange(PAIRS).blend(s23, SECOND_PAIRS));
            if (L > GROUP) {
                y0 = y0.add(y0.rearrange(HALVES));
            }
            DoubleVector.fromArray(S, x, e).div(y0).intoArray(y, 0);
            DoubleVector r0 = DoubleVector.broadcast(S, y[0]);
            DoubleVector r1 = DoubleVector.broadcast(S, y[1]);
            DoubleVector r2 = DoubleVector.broadcast(S, y[2]);
            DoubleVector r3 = DoubleVector.broadcast(S, y[3]);
            sum0 = r3.fma(f30, r2.fma(f20, r1.fma(f10, r0.fma(f00, sum0))));
        }
        sum0.intoArray(sum, 0);
        return ahead + any.ratios(end - e, index, e, x, f, stride, m, y, sum);
    }

    @Override
    double model(int n, int[] index, int from, double[] f, int stride, double[] m, double[] y) {
        double ahead = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end; e += GROUP) {
            ahead += ahead(index, e + AHEAD, end, f, stride);
            DoubleVector f00 = DoubleVector.fromArray(S, f, index[e] * stride);
            DoubleVector f10 = DoubleVector.fromArray(S, f, index[e + 1] * stride);
            DoubleVector f20 = DoubleVector.fromArray(S, f, index[e + 2] * stride);
            DoubleVector f30 = DoubleVector.fromArray(S, f, index[e + 3] * stride);
            DoubleVector s0 = m0.mul(f00);
            DoubleVector s1 = m0.mul(f10);
            DoubleVector s2 = m0.mul(f20);
            DoubleVector s3 = m0.mul(f30);
            DoubleVector s01 = s0.blend(s1.rearrange(NEIGHBOURS), ODD)
                    .add(s0.rearrange(NEIGHBOURS).blend(s1, ODD));
            DoubleVector s23 = s2.blend(s3.rearrange(NEIGHBOURS), ODD)
                    .add(s2.rearrange(NEIGHBOURS).blend(s3, ODD));
            DoubleVector y0 = s01.blend(s23.rearrange(PAIRS), SECOND_PAIRS)
                    .add(s01.rearrange(PAIRS).blend(s23, SECOND_PAIRS));
            if (L > GROUP) {
                y0 = y0.add(y0.rearrange(HALVES));
            }
            y0.intoArray(y, e - from);
        }
        any.lastDots(index, e, end, f, stride, m, y, e - from);
        return ahead;
    }

    @Override
    void combine(int n, int[] index, int from, double[] part, int partFrom, double[] f, int stride, double[] sum) {
        DoubleVector sum0 = DoubleVector.fromArray(S, sum, 0);
        int i = 0;
        for (; i + GROUP <= n; i += GROUP) {
            int e = from + i;
            int p = partFrom + i;
            DoubleVector f00 = DoubleVector.fromArray(S, f, index[e] * stride);
            DoubleVector f10 = DoubleVector.fromArray(S, f, index[e + 1] * stride);
            DoubleVector f20 = DoubleVector.fromArray(S, f, index[e + 2] * stride);
            DoubleVector f30 = DoubleVector.fromArray(S, f, index[e + 3] * stride);
            DoubleVector p0 = DoubleVector.broadcast(S, part[p]);
            DoubleVector p1 = DoubleVector.broadcast(S, part[p + 1]);
            DoubleVector p2 = DoubleVector.broadcast(S, part[p + 2]);
            DoubleVector p3 = DoubleVector.broadcast(S, part[p + 3]);
            sum0 = p3.fma(f30, p2.fma(f20, p1.fma(f10, p0.fma(f00, sum0))));
        }
        sum0.intoArray(sum, 0);
        any.combine(n - i, index, from + i, part, partFrom + i, f, stride, sum);
    }
}
