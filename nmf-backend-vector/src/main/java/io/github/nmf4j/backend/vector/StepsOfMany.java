package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Steps of any number of components, two of them by four vectors of columns at a time: a broadcast entry of A serves four
 * multiply-adds, a vector of h two. A block of h is copied to a place whose rows are a constant apart, which spares the
 * checks of every reading.
 *
 * <p>A is packed by pairs of rows, the two entries of a column side by side; an odd last row stands by itself.
 */
final class StepsOfMany extends StepKernel {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.WIDTH;

    /** Two pairs and an odd last one. */
    @Override
    int typicalRank() {
        return 5;
    }

    @Override
    Packed packed(int rank) {
        return new Packed(new double[rank * rank], new double[rank], new double[rank * COLUMNS], new double[L]);
    }

    @Override
    void pack(DenseMatrix gram, double[] inverse, int rank, Packed into) {
        System.arraycopy(inverse, 0, into.inverse(), 0, rank);
        for (int c = 0; c < rank; c++) {
            int pair = c / 2 * 2;
            int step = pair + 1 < rank ? 2 : 1;
            for (int d = 0; d < rank; d++) {
                into.gram()[pair * rank + d * step + c - pair] = -gram.get(c, d);
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
        double[] block = packed.block();
        double[] moved = packed.moved();
        Arrays.fill(moved, 0.0);
        for (int j = 0; j < count; j += COLUMNS) {
            pairs(packed.gram(), packed.inverse(), b, bAt + j, bStride, h, hAt + j, hStride, block, rank, floor, moved);
            if (rank % 2 == 1) {
                int b0 = bAt + (rank - 1) * bStride + j;
                int h0 = hAt + (rank - 1) * hStride + j;
                last(packed.gram(), packed.inverse(), b, b0, h, h0, block, rank, floor, moved);
            }
        }
        return Lanes.sum(moved, 0, L);
    }

    /** Copies a block of h, then makes the steps of all components but an odd last one. */
    private static void pairs(
            double[] a,
            double[] inverse,
            double[] b,
            int bAt,
            int bStride,
            double[] h,
            int hAt,
            int hStride,
            double[] block,
            int rank,
            double floor,
            double[] moved) {
        for (int c = 0; c < rank; c++) {
            int from = hAt + c * hStride;
            int to = c * COLUMNS;
            DoubleVector.fromArray(S, h, from).intoArray(block, to);
            DoubleVector.fromArray(S, h, from + L).intoArray(block, to + L);
            DoubleVector.fromArray(S, h, from + 2 * L).intoArray(block, to + 2 * L);
            DoubleVector.fromArray(S, h, from + 3 * L).intoArray(block, to + 3 * L);
        }
        DoubleVector least = DoubleVector.broadcast(S, floor);
        DoubleVector sum0 = DoubleVector.fromArray(S, moved, 0);
        DoubleVector sum1 = DoubleVector.zero(S);
        for (int c = 0; c + 1 < rank; c += 2) {
            int at = c * COLUMNS;
            int row = c * rank;
            int from = bAt + c * bStride;
            int to = hAt + c * hStride;
            DoubleVector p0 = DoubleVector.fromArray(S, b, from);
            DoubleVector p1 = DoubleVector.fromArray(S, b, from + L);
            DoubleVector p2 = DoubleVector.fromArray(S, b, from + 2 * L);
            DoubleVector p3 = DoubleVector.fromArray(S, b, from + 3 * L);
            DoubleVector q0 = DoubleVector.fromArray(S, b, from + bStride);
            DoubleVector q1 = DoubleVector.fromArray(S, b, from + bStride + L);
            DoubleVector q2 = DoubleVector.fromArray(S, b, from + bStride + 2 * L);
            DoubleVector q3 = DoubleVector.fromArray(S, b, from + bStride + 3 * L);
            for (int d = 0; d < rank; d++) {
                int other = d * COLUMNS;
                DoubleVector h0 = DoubleVector.fromArray(S, block, other);
                DoubleVector h1 = DoubleVector.fromArray(S, block, other + L);
                DoubleVector h2 = DoubleVector.fromArray(S, block, other + 2 * L);
                DoubleVector h3 = DoubleVector.fromArray(S, block, other + 3 * L);
                DoubleVector p = DoubleVector.broadcast(S, a[row + 2 * d]);
                p0 = p.fma(h0, p0);
                p1 = p.fma(h1, p1);
                p2 = p.fma(h2, p2);
                p3 = p.fma(h3, p3);
                DoubleVector q = DoubleVector.broadcast(S, a[row + 2 * d + 1]);
                q0 = q.fma(h0, q0);
                q1 = q.fma(h1, q1);
                q2 = q.fma(h2, q2);
                q3 = q.fma(h3, q3);
            }
            DoubleVector one = DoubleVector.broadcast(S, inverse[c]);
            DoubleVector coupling = DoubleVector.broadcast(S, a[row + 2 * c + 1]);
            DoubleVector x0 = DoubleVector.fromArray(S, block, at);
            DoubleVector y0 = one.fma(p0, x0);
            y0 = y0.blend(least, y0.lt(least));
            y0.intoArray(block, at);
            y0.intoArray(h, to);
            DoubleVector d0 = y0.sub(x0);
            sum0 = d0.fma(d0, sum0);
            q0 = coupling.fma(d0, q0);
            DoubleVector x1 = DoubleVector.fromArray(S, block, at + L);
            DoubleVector y1 = one.fma(p1, x1);
            y1 = y1.blend(least, y1.lt(least));
            y1.intoArray(block, at + L);
            y1.intoArray(h, to + L);
            DoubleVector d1 = y1.sub(x1);
            sum1 = d1.fma(d1, sum1);
            q1 = coupling.fma(d1, q1);
            DoubleVector x2 = DoubleVector.fromArray(S, block, at + 2 * L);
            DoubleVector y2 = one.fma(p2, x2);
            y2 = y2.blend(least, y2.lt(least));
            y2.intoArray(block, at + 2 * L);
            y2.intoArray(h, to + 2 * L);
            DoubleVector d2 = y2.sub(x2);
            sum0 = d2.fma(d2, sum0);
            q2 = coupling.fma(d2, q2);
            DoubleVector x3 = DoubleVector.fromArray(S, block, at + 3 * L);
            DoubleVector y3 = one.fma(p3, x3);
            y3 = y3.blend(least, y3.lt(least));
            y3.intoArray(block, at + 3 * L);
            y3.intoArray(h, to + 3 * L);
            DoubleVector d3 = y3.sub(x3);
            sum1 = d3.fma(d3, sum1);
            q3 = coupling.fma(d3, q3);
            int next = at + COLUMNS;
            DoubleVector two = DoubleVector.broadcast(S, inverse[c + 1]);
            x0 = DoubleVector.fromArray(S, block, next);
            y0 = two.fma(q0, x0);
            y0 = y0.blend(least, y0.lt(least));
            y0.intoArray(block, next);
            y0.intoArray(h, to + hStride);
            d0 = y0.sub(x0);
            sum0 = d0.fma(d0, sum0);
            x1 = DoubleVector.fromArray(S, block, next + L);
            y1 = two.fma(q1, x1);
            y1 = y1.blend(least, y1.lt(least));
            y1.intoArray(block, next + L);
            y1.intoArray(h, to + hStride + L);
            d1 = y1.sub(x1);
            sum1 = d1.fma(d1, sum1);
            x2 = DoubleVector.fromArray(S, block, next + 2 * L);
            y2 = two.fma(q2, x2);
            y2 = y2.blend(least, y2.lt(least));
            y2.intoArray(block, next + 2 * L);
            y2.intoArray(h, to + hStride + 2 * L);
            d2 = y2.sub(x2);
            sum0 = d2.fma(d2, sum0);
            x3 = DoubleVector.fromArray(S, block, next + 3 * L);
            y3 = two.fma(q3, x3);
            y3 = y3.blend(least, y3.lt(least));
            y3.intoArray(block, next + 3 * L);
            y3.intoArray(h, to + hStride + 3 * L);
            d3 = y3.sub(x3);
            sum1 = d3.fma(d3, sum1);
        }
        sum0.add(sum1).intoArray(moved, 0);
    }

    /** Steps of the last component, over one block; its row of A is the last. */
    private static void last(
            double[] a,
            double[] inverse,
            double[] b,
            int bAt,
            double[] h,
            int hAt,
            double[] block,
            int rank,
            double floor,
            double[] moved) {
        DoubleVector least = DoubleVector.broadcast(S, floor);
        DoubleVector one = DoubleVector.broadcast(S, inverse[rank - 1]);
        DoubleVector sum = DoubleVector.fromArray(S, moved, 0);
        int row = (rank - 1) * rank;
        for (int v = 0; v < COLUMNS; v += L) {
            DoubleVector g = DoubleVector.fromArray(S, b, bAt + v);
            for (int d = 0; d < rank; d++) {
                g = DoubleVector.broadcast(S, a[row + d]).fma(DoubleVector.fromArray(S, block, d * COLUMNS + v), g);
            }
            int at = (rank - 1) * COLUMNS + v;
            DoubleVector x = DoubleVector.fromArray(S, block, at);
            DoubleVector y = one.fma(g, x);
            y = y.blend(least, y.lt(least));
            y.intoArray(block, at);
            y.intoArray(h, hAt + v);
            DoubleVector d = y.sub(x);
            sum = d.fma(d, sum);
        }
        sum.intoArray(moved, 0);
    }
}
