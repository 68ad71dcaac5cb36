package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of strided views, nothing copied or allocated.
 *
 * <p>A·B and Aᵀ·B differ in the strides of A alone: lanes run along the rows of B and of the result, and four rows by two
 * vectors of the result stay in registers. A·Bᵀ is made of dot products, four rows of A by two of B at a time, lanes along the
 * rows. Where fewer rows are left the last one is computed more than once: all entries of a block are read before any is
 * written, so its copies are equal, and no kernel has a branch for the edge.
 */
final class Products {
    private static final VectorSpecies<Double> SPECIES = Lanes.SPECIES;
    private static final int WIDTH = Lanes.WIDTH;
    private static final int ROWS = 4;

    /** Rows of B that are gone through side by side: as many streams as hardware follows. */
    private static final int DEPTH = 32;

    /** Columns of B before the next rows, which stay in the L2 cache until all rows of the result have used them. */
    private static final int COLUMNS = 1024;

    /** Of rows that are multiplied by each other: 8 KB each. */
    private static final int LENGTH = 1024;

    private Products() {}

    static void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        switch (what) {
            case AB -> combine(a, a.stride(), 1, a.columns(), b, keep, into);
            case ATB -> combine(a, 1, a.stride(), a.rows(), b, keep, into);
            case ABT -> dots(a, b, keep, into);
        }
    }

    /** Entry (i, q) of the left operand lies {@code i * down + q * right} behind the offset of a. */
    private static void combine(
            DenseMatrix a, int down, int right, int inner, DenseMatrix b, double keep, DenseMatrix into) {
        int parts = Math.max(1, (inner + DEPTH - 1) / DEPTH); // one also where there is nothing to sum
        int depth = (inner + parts - 1) / parts;
        for (int j = 0; j < into.columns(); j += COLUMNS) {
            int columns = Math.min(COLUMNS, into.columns() - j);
            for (int part = 0; part < parts; part++) {
                int q = part * depth;
                for (int i = 0; i < into.rows(); i += ROWS) {
                    if (part == 0) {
                        scale(into, i, j, columns, keep);
                    }
                    combine(a, i, down, right, q, Math.min(depth, inner - q), b, j, columns, into);
                }
            }
        }
    }

    /** Four rows at most, just before the cache needs them anyway. */
    private static void scale(DenseMatrix into, int row, int column, int columns, double keep) {
        for (int i = row; i < Math.min(row + ROWS, into.rows()); i++) {
            int from = into.offset() + i * into.stride() + column;
            if (keep == 0) {
                Arrays.fill(into.data(), from, from + columns, 0.0);
            } else if (keep != 1) {
                for (int at = from; at < from + columns; at++) {
                    into.data()[at] *= keep;
                }
            }
        }
    }

    private static void combine(
            DenseMatrix a,
            int i,
            int down,
            int right,
            int q,
            int depth,
            DenseMatrix b,
            int j,
            int columns,
            DenseMatrix into) {
        int last = Math.min(ROWS, into.rows() - i) - 1;
        int a0 = a.offset() + i * down + q * right;
        int a1 = a0 + Math.min(1, last) * down;
        int a2 = a0 + Math.min(2, last) * down;
        int a3 = a0 + last * down;
        int stride = into.stride();
        int to0 = into.offset() + i * stride + j;
        int to1 = to0 + Math.min(1, last) * stride;
        int to2 = to0 + Math.min(2, last) * stride;
        int to3 = to0 + last * stride;
        int from = b.offset() + q * b.stride() + j;
        double[] left = a.data();
        double[] body = b.data();
        double[] sum = into.data();
        int c = 0;
        for (; c + 2 * WIDTH <= columns; c += 2 * WIDTH) {
            block(
                    left,
                    a0,
                    a1,
                    a2,
                    a3,
                    right,
                    depth,
                    body,
                    from + c,
                    b.stride(),
                    sum,
                    to0 + c,
                    to1 + c,
                    to2 + c,
                    to3 + c);
        }
        for (; c < columns; c += WIDTH) {
            edge(
                    left,
                    a0,
                    a1,
                    a2,
                    a3,
                    right,
                    depth,
                    body,
                    from + c,
                    b.stride(),
                    sum,
                    to0 + c,
                    to1 + c,
                    to2 + c,
                    to3 + c,
                    columns - c);
        }
    }

    private static void block(
            double[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int right,
            int depth,
            double[] b,
            int from,
            int stride,
            double[] sum,
            int to0,
            int to1,
            int to2,
            int to3) {
        DoubleVector l0 = DoubleVector.fromArray(SPECIES, sum, to0);
        DoubleVector r0 = DoubleVector.fromArray(SPECIES, sum, to0 + WIDTH);
        DoubleVector l1 = DoubleVector.fromArray(SPECIES, sum, to1);
        DoubleVector r1 = DoubleVector.fromArray(SPECIES, sum, to1 + WIDTH);
        DoubleVector l2 = DoubleVector.fromArray(SPECIES, sum, to2);
        DoubleVector r2 = DoubleVector.fromArray(SPECIES, sum, to2 + WIDTH);
        DoubleVector l3 = DoubleVector.fromArray(SPECIES, sum, to3);
        DoubleVector r3 = DoubleVector.fromArray(SPECIES, sum, to3 + WIDTH);
        for (int q = 0, qa = 0, qb = from; q < depth; q++, qa += right, qb += stride) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, qb);
            DoubleVector r = DoubleVector.fromArray(SPECIES, b, qb + WIDTH);
            DoubleVector v = DoubleVector.broadcast(SPECIES, a[a0 + qa]);
            l0 = v.fma(l, l0);
            r0 = v.fma(r, r0);
            v = DoubleVector.broadcast(SPECIES, a[a1 + qa]);
            l1 = v.fma(l, l1);
            r1 = v.fma(r, r1);
            v = DoubleVector.broadcast(SPECIES, a[a2 + qa]);
            l2 = v.fma(l, l2);
            r2 = v.fma(r, r2);
            v = DoubleVector.broadcast(SPECIES, a[a3 + qa]);
            l3 = v.fma(l, l3);
            r3 = v.fma(r, r3);
        }
        l0.intoArray(sum, to0);
        r0.intoArray(sum, to0 + WIDTH);
        l1.intoArray(sum, to1);
        r1.intoArray(sum, to1 + WIDTH);
        l2.intoArray(sum, to2);
        r2.intoArray(sum, to2 + WIDTH);
        l3.intoArray(sum, to3);
        r3.intoArray(sum, to3 + WIDTH);
    }

    /** One vector of four rows, of which {@code lanes} lanes belong to the result if it has so many. */
    private static void edge(
            double[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int right,
            int depth,
            double[] b,
            int from,
            int stride,
            double[] sum,
            int to0,
            int to1,
            int to2,
            int to3,
            int lanes) {
        VectorMask<Double> some = SPECIES.indexInRange(0, lanes);
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, sum, to0, some);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, sum, to1, some);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, sum, to2, some);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, sum, to3, some);
        for (int q = 0, qa = 0, qb = from; q < depth; q++, qa += right, qb += stride) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, qb, some);
            s0 = v.fma(DoubleVector.broadcast(SPECIES, a[a0 + qa]), s0);
            s1 = v.fma(DoubleVector.broadcast(SPECIES, a[a1 + qa]), s1);
            s2 = v.fma(DoubleVector.broadcast(SPECIES, a[a2 + qa]), s2);
            s3 = v.fma(DoubleVector.broadcast(SPECIES, a[a3 + qa]), s3);
        }
        s0.intoArray(sum, to0, some);
        s1.intoArray(sum, to1, some);
        s2.intoArray(sum, to2, some);
        s3.intoArray(sum, to3, some);
    }

    private static void dots(DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
        double[] lanes = new double[2 * ROWS * WIDTH];
        int q = 0;
        do { // also where there is nothing to sum
            int length = Math.min(LENGTH, a.columns() - q);
            for (int i = 0; i < into.rows(); i += ROWS) {
                if (q == 0) {
                    scale(into, i, 0, into.columns(), keep);
                }
                dots(a, i, q, length, b, into, lanes);
            }
            q += LENGTH;
        } while (q < a.columns());
    }

    private static void dots(DenseMatrix a, int i, int q, int length, DenseMatrix b, DenseMatrix into, double[] lanes) {
        int last = Math.min(ROWS, into.rows() - i) - 1;
        int a0 = a.offset() + i * a.stride() + q;
        int to = into.offset() + i * into.stride();
        for (int j = 0; j < into.columns(); j += 2) {
            int next = Math.min(j + 1, into.columns() - 1);
            dots(
                    length,
                    a.data(),
                    a0,
                    a0 + Math.min(1, last) * a.stride(),
                    a0 + Math.min(2, last) * a.stride(),
                    a0 + last * a.stride(),
                    b.data(),
                    b.offset() + j * b.stride() + q,
                    b.offset() + next * b.stride() + q,
                    into.data(),
                    to + j,
                    into.stride(),
                    last,
                    next - j,
                    lanes);
        }
    }

    private static void dots(
            int length,
            double[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            double[] b,
            int b0,
            int b1,
            double[] sum,
            int to,
            int stride,
            int lastRow,
            int lastColumn,
            double[] lanes) {
        DoubleVector l0 = DoubleVector.zero(SPECIES);
        DoubleVector l1 = l0;
        DoubleVector l2 = l0;
        DoubleVector l3 = l0;
        DoubleVector r0 = l0;
        DoubleVector r1 = l0;
        DoubleVector r2 = l0;
        DoubleVector r3 = l0;
        int whole = SPECIES.loopBound(length);
        for (int q = 0; q < whole; q += WIDTH) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, b0 + q);
            DoubleVector r = DoubleVector.fromArray(SPECIES, b, b1 + q);
            DoubleVector v = DoubleVector.fromArray(SPECIES, a, a0 + q);
            l0 = v.fma(l, l0);
            r0 = v.fma(r, r0);
            v = DoubleVector.fromArray(SPECIES, a, a1 + q);
            l1 = v.fma(l, l1);
            r1 = v.fma(r, r1);
            v = DoubleVector.fromArray(SPECIES, a, a2 + q);
            l2 = v.fma(l, l2);
            r2 = v.fma(r, r2);
            v = DoubleVector.fromArray(SPECIES, a, a3 + q);
            l3 = v.fma(l, l3);
            r3 = v.fma(r, r3);
        }
        int to1 = to + Math.min(1, lastRow) * stride;
        int to2 = to + Math.min(2, lastRow) * stride;
        int to3 = to + lastRow * stride;
        l0.intoArray(lanes, 0);
        r0.intoArray(lanes, WIDTH);
        l1.intoArray(lanes, 2 * WIDTH);
        r1.intoArray(lanes, 3 * WIDTH);
        l2.intoArray(lanes, 4 * WIDTH);
        r2.intoArray(lanes, 5 * WIDTH);
        l3.intoArray(lanes, 6 * WIDTH);
        r3.intoArray(lanes, 7 * WIDTH);
        double s00 = sum[to] + Lanes.sum(lanes, 0, WIDTH);
        double s01 = sum[to + lastColumn] + Lanes.sum(lanes, WIDTH, WIDTH);
        double s10 = sum[to1] + Lanes.sum(lanes, 2 * WIDTH, WIDTH);
        double s11 = sum[to1 + lastColumn] + Lanes.sum(lanes, 3 * WIDTH, WIDTH);
        double s20 = sum[to2] + Lanes.sum(lanes, 4 * WIDTH, WIDTH);
        double s21 = sum[to2 + lastColumn] + Lanes.sum(lanes, 5 * WIDTH, WIDTH);
        double s30 = sum[to3] + Lanes.sum(lanes, 6 * WIDTH, WIDTH);
        double s31 = sum[to3 + lastColumn] + Lanes.sum(lanes, 7 * WIDTH, WIDTH);
        for (int q = whole; q < length; q++) {
            double l = b[b0 + q];
            double r = b[b1 + q];
            s00 += a[a0 + q] * l;
            s01 += a[a0 + q] * r;
            s10 += a[a1 + q] * l;
            s11 += a[a1 + q] * r;
            s20 += a[a2 + q] * l;
            s21 += a[a2 + q] * r;
            s30 += a[a3 + q] * l;
            s31 += a[a3 + q] * r;
        }
        sum[to] = s00;
        sum[to + lastColumn] = s01;
        sum[to1] = s10;
        sum[to1 + lastColumn] = s11;
        sum[to2] = s20;
        sum[to2 + lastColumn] = s21;
        sum[to3] = s30;
        sum[to3 + lastColumn] = s31;
    }
}
