package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of the fixed factor with X itself, lanes moving, eight rows × two vectors: sums are read and written half as often
 * as by four rows, and eight rows of X arrive from memory side by side. Its 16 sums and what feeds them want 32 registers.
 */
final class EightRows {
    static final int ROWS = 2 * Kernels.ROWS;

    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.WIDTH;
    private static final int COLUMNS = 2 * L;

    private EightRows() {}

    /** As {@link Tile4x2#addOfMoving}, for two blocks of rows after one another. */
    static void add(
            double[] x, int at, int stride, double[] rows, int row, double[] sums, int first, int tiles, int k) {
        for (int t = 0; t < tiles; t++) {
            int sum = first + t * k * COLUMNS;
            int x0 = at + t * COLUMNS;
            DoubleVector y00 = DoubleVector.fromArray(S, x, x0);
            DoubleVector y01 = DoubleVector.fromArray(S, x, x0 + L);
            int x1 = x0 + stride;
            DoubleVector y10 = DoubleVector.fromArray(S, x, x1);
            DoubleVector y11 = DoubleVector.fromArray(S, x, x1 + L);
            int x2 = x1 + stride;
            DoubleVector y20 = DoubleVector.fromArray(S, x, x2);
            DoubleVector y21 = DoubleVector.fromArray(S, x, x2 + L);
            int x3 = x2 + stride;
            DoubleVector y30 = DoubleVector.fromArray(S, x, x3);
            DoubleVector y31 = DoubleVector.fromArray(S, x, x3 + L);
            int x4 = x3 + stride;
            DoubleVector y40 = DoubleVector.fromArray(S, x, x4);
            DoubleVector y41 = DoubleVector.fromArray(S, x, x4 + L);
            int x5 = x4 + stride;
            DoubleVector y50 = DoubleVector.fromArray(S, x, x5);
            DoubleVector y51 = DoubleVector.fromArray(S, x, x5 + L);
            int x6 = x5 + stride;
            DoubleVector y60 = DoubleVector.fromArray(S, x, x6);
            DoubleVector y61 = DoubleVector.fromArray(S, x, x6 + L);
            int x7 = x6 + stride;
            DoubleVector y70 = DoubleVector.fromArray(S, x, x7);
            DoubleVector y71 = DoubleVector.fromArray(S, x, x7 + L);
            for (int c = 0; c < k; c++) {
                int to = sum + c * COLUMNS;
                DoubleVector s0 = DoubleVector.fromArray(S, sums, to);
                DoubleVector s1 = DoubleVector.fromArray(S, sums, to + L);
                int from = row + c * Kernels.ROWS;
                DoubleVector w0 = DoubleVector.broadcast(S, rows[from]);
                s0 = w0.fma(y00, s0);
                s1 = w0.fma(y01, s1);
                DoubleVector w1 = DoubleVector.broadcast(S, rows[from + 1]);
                s0 = w1.fma(y10, s0);
                s1 = w1.fma(y11, s1);
                DoubleVector w2 = DoubleVector.broadcast(S, rows[from + 2]);
                s0 = w2.fma(y20, s0);
                s1 = w2.fma(y21, s1);
                DoubleVector w3 = DoubleVector.broadcast(S, rows[from + 3]);
                s0 = w3.fma(y30, s0);
                s1 = w3.fma(y31, s1);
                int second = from + k * Kernels.ROWS;
                DoubleVector w4 = DoubleVector.broadcast(S, rows[second]);
                s0 = w4.fma(y40, s0);
                s1 = w4.fma(y41, s1);
                DoubleVector w5 = DoubleVector.broadcast(S, rows[second + 1]);
                s0 = w5.fma(y50, s0);
                s1 = w5.fma(y51, s1);
                DoubleVector w6 = DoubleVector.broadcast(S, rows[second + 2]);
                s0 = w6.fma(y60, s0);
                s1 = w6.fma(y61, s1);
                DoubleVector w7 = DoubleVector.broadcast(S, rows[second + 3]);
                s0 = w7.fma(y70, s0);
                s1 = w7.fma(y71, s1);
                s0.intoArray(sums, to);
                s1.intoArray(sums, to + L);
            }
        }
    }
}
