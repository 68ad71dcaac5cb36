package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Steps of up to three components: h of a vector of columns and the Gram matrix stay in registers.
 *
 * <p>Where there are fewer, the last is read again in place of the missing ones, which have zeros in A and so do not
 * move; rows are written from the last to the first, so that the true one is what remains.
 */
final class StepsOfFew extends StepKernel {
    static final int MOST = 3;

    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.WIDTH;

    @Override
    int typicalRank() {
        return MOST;
    }

    @Override
    Packed packed(int rank) {
        return new Packed(new double[MOST * MOST], new double[MOST], new double[0], new double[L]);
    }

    @Override
    void pack(DenseMatrix gram, double[] inverse, int rank, Packed into) {
        Arrays.fill(into.gram(), 0.0);
        for (int c = 0; c < rank; c++) {
            into.inverse()[c] = inverse[c];
            for (int d = 0; d < rank; d++) {
                into.gram()[c * MOST + d] = -gram.get(c, d);
            }
        }
    }

    @Override
    double sweep(
            Packed packed,
            double[] b,
            int bAt,
            int bStride,
            double[] h,
            int hAt,
            int hStride,
            int count,
            int rank,
            double floor) {
        double[] a = packed.gram();
        double[] inverse = packed.inverse();

        int b0 = bAt;
        int b1 = bAt + Math.min(1, rank - 1) * bStride;
        int b2 = bAt + Math.min(2, rank - 1) * bStride;
        int h0 = hAt;
        int h1 = hAt + Math.min(1, rank - 1) * hStride;
        int h2 = hAt + Math.min(2, rank - 1) * hStride;
        DoubleVector a00 = DoubleVector.broadcast(S, a[0 * MOST + 0]);
        DoubleVector a01 = DoubleVector.broadcast(S, a[0 * MOST + 1]);
        DoubleVector a02 = DoubleVector.broadcast(S, a[0 * MOST + 2]);
        DoubleVector a10 = DoubleVector.broadcast(S, a[1 * MOST + 0]);
        DoubleVector a11 = DoubleVector.broadcast(S, a[1 * MOST + 1]);
        DoubleVector a12 = DoubleVector.broadcast(S, a[1 * MOST + 2]);
        DoubleVector a20 = DoubleVector.broadcast(S, a[2 * MOST + 0]);
        DoubleVector a21 = DoubleVector.broadcast(S, a[2 * MOST + 1]);
        DoubleVector a22 = DoubleVector.broadcast(S, a[2 * MOST + 2]);
        DoubleVector inverse0 = DoubleVector.broadcast(S, inverse[0]);
        DoubleVector inverse1 = DoubleVector.broadcast(S, inverse[1]);
        DoubleVector inverse2 = DoubleVector.broadcast(S, inverse[2]);
        DoubleVector least = DoubleVector.broadcast(S, floor);
        DoubleVector moved = DoubleVector.zero(S);
        for (int j = 0; j < count; j += L) {
            DoubleVector x0 = DoubleVector.fromArray(S, h, h0 + j);
            DoubleVector x1 = DoubleVector.fromArray(S, h, h1 + j);
            DoubleVector x2 = DoubleVector.fromArray(S, h, h2 + j);
            DoubleVector g0 = DoubleVector.fromArray(S, b, b0 + j);
            g0 = a00.fma(x0, g0);
            g0 = a01.fma(x1, g0);
            g0 = a02.fma(x2, g0);
            DoubleVector y0 = inverse0.fma(g0, x0);
            y0 = y0.blend(least, y0.lt(least));
            DoubleVector d0 = y0.sub(x0);
            moved = d0.fma(d0, moved);
            DoubleVector g1 = DoubleVector.fromArray(S, b, b1 + j);
            g1 = a10.fma(y0, g1);
            g1 = a11.fma(x1, g1);
            g1 = a12.fma(x2, g1);
            DoubleVector y1 = inverse1.fma(g1, x1);
            y1 = y1.blend(least, y1.lt(least));
            DoubleVector d1 = y1.sub(x1);
            moved = d1.fma(d1, moved);
            DoubleVector g2 = DoubleVector.fromArray(S, b, b2 + j);
            g2 = a20.fma(y0, g2);
            g2 = a21.fma(y1, g2);
            g2 = a22.fma(x2, g2);
            DoubleVector y2 = inverse2.fma(g2, x2);
            y2 = y2.blend(least, y2.lt(least));
            DoubleVector d2 = y2.sub(x2);
            moved = d2.fma(d2, moved);
            y2.intoArray(h, h2 + j);
            y1.intoArray(h, h1 + j);
            y0.intoArray(h, h0 + j);
        }
        moved.intoArray(packed.moved(), 0);
        return Lanes.sum(packed.moved(), 0, L);
    }
}
