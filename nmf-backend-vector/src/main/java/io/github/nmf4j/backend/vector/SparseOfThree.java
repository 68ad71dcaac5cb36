package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;

/** Fixed vectors of three registers: ranks up to 3 · {@link #L}. */
final class SparseOfThree extends SparseKernel {
    /** For what is left over of groups. */
    private final SparseOfMany any = new SparseOfMany(3);

    @Override
    double ratios(
            int n, int[] index, int from, double[] x, double[] f, int stride, double[] m, double[] y, double[] sum) {
        double ahead = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        DoubleVector m1 = DoubleVector.fromArray(S, m, L);
        DoubleVector m2 = DoubleVector.fromArray(S, m, 2 * L);
        DoubleVector sum0 = DoubleVector.fromArray(S, sum, 0);
        DoubleVector sum1 = DoubleVector.fromArray(S, sum, L);
        DoubleVector sum2 = DoubleVector.fromArray(S, sum, 2 * L);
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end && e + L <= x.length; e += GROUP) {
            ahead += ahead(index, e + AHEAD, end, f, stride);
            int at = index[e] * stride;
            DoubleVector f00 = DoubleVector.fromArray(S, f, at);
            DoubleVector f01 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f02 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 1] * stride;
            DoubleVector f10 = DoubleVector.fromArray(S, f, at);
            DoubleVector f11 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f12 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 2] * stride;
            DoubleVector f20 = DoubleVector.fromArray(S, f, at);
            DoubleVector f21 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f22 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 3] * stride;
            DoubleVector f30 = DoubleVector.fromArray(S, f, at);
            DoubleVector f31 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f32 = DoubleVector.fromArray(S, f, at + 2 * L);
            DoubleVector s0 = m2.fma(f02, m1.fma(f01, m0.mul(f00)));
            DoubleVector s1 = m2.fma(f12, m1.fma(f11, m0.mul(f10)));
            DoubleVector s2 = m2.fma(f22, m1.fma(f21, m0.mul(f20)));
            DoubleVector s3 = m2.fma(f32, m1.fma(f31, m0.mul(f30)));
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
            sum1 = r3.fma(f31, r2.fma(f21, r1.fma(f11, r0.fma(f01, sum1))));
            sum2 = r3.fma(f32, r2.fma(f22, r1.fma(f12, r0.fma(f02, sum2))));
        }
        sum0.intoArray(sum, 0);
        sum1.intoArray(sum, L);
        sum2.intoArray(sum, 2 * L);
        return ahead + any.ratios(end - e, index, e, x, f, stride, m, y, sum);
    }

    @Override
    double model(int n, int[] index, int from, double[] f, int stride, double[] m, double[] y) {
        double ahead = 0;
        DoubleVector m0 = DoubleVector.fromArray(S, m, 0);
        DoubleVector m1 = DoubleVector.fromArray(S, m, L);
        DoubleVector m2 = DoubleVector.fromArray(S, m, 2 * L);
        int e = from;
        int end = from + n;
        for (; e + GROUP <= end; e += GROUP) {
            ahead += ahead(index, e + AHEAD, end, f, stride);
            int at = index[e] * stride;
            DoubleVector f00 = DoubleVector.fromArray(S, f, at);
            DoubleVector f01 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f02 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 1] * stride;
            DoubleVector f10 = DoubleVector.fromArray(S, f, at);
            DoubleVector f11 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f12 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 2] * stride;
            DoubleVector f20 = DoubleVector.fromArray(S, f, at);
            DoubleVector f21 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f22 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 3] * stride;
            DoubleVector f30 = DoubleVector.fromArray(S, f, at);
            DoubleVector f31 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f32 = DoubleVector.fromArray(S, f, at + 2 * L);
            DoubleVector s0 = m2.fma(f02, m1.fma(f01, m0.mul(f00)));
            DoubleVector s1 = m2.fma(f12, m1.fma(f11, m0.mul(f10)));
            DoubleVector s2 = m2.fma(f22, m1.fma(f21, m0.mul(f20)));
            DoubleVector s3 = m2.fma(f32, m1.fma(f31, m0.mul(f30)));
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
        DoubleVector sum1 = DoubleVector.fromArray(S, sum, L);
        DoubleVector sum2 = DoubleVector.fromArray(S, sum, 2 * L);
        int i = 0;
        for (; i + GROUP <= n; i += GROUP) {
            int e = from + i;
            int p = partFrom + i;
            int at = index[e] * stride;
            DoubleVector f00 = DoubleVector.fromArray(S, f, at);
            DoubleVector f01 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f02 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 1] * stride;
            DoubleVector f10 = DoubleVector.fromArray(S, f, at);
            DoubleVector f11 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f12 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 2] * stride;
            DoubleVector f20 = DoubleVector.fromArray(S, f, at);
            DoubleVector f21 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f22 = DoubleVector.fromArray(S, f, at + 2 * L);
            at = index[e + 3] * stride;
            DoubleVector f30 = DoubleVector.fromArray(S, f, at);
            DoubleVector f31 = DoubleVector.fromArray(S, f, at + L);
            DoubleVector f32 = DoubleVector.fromArray(S, f, at + 2 * L);
            DoubleVector p0 = DoubleVector.broadcast(S, part[p]);
            DoubleVector p1 = DoubleVector.broadcast(S, part[p + 1]);
            DoubleVector p2 = DoubleVector.broadcast(S, part[p + 2]);
            DoubleVector p3 = DoubleVector.broadcast(S, part[p + 3]);
            sum0 = p3.fma(f30, p2.fma(f20, p1.fma(f10, p0.fma(f00, sum0))));
            sum1 = p3.fma(f31, p2.fma(f21, p1.fma(f11, p0.fma(f01, sum1))));
            sum2 = p3.fma(f32, p2.fma(f22, p1.fma(f12, p0.fma(f02, sum2))));
        }
        sum0.intoArray(sum, 0);
        sum1.intoArray(sum, L);
        sum2.intoArray(sum, 2 * L);
        any.combine(n - i, index, from + i, part, partFrom + i, f, stride, sum);
    }
}
