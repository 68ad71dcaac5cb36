package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Four rows × two vectors: y takes 8 of 16 registers; with 32 it lets the divisions of one tile overlap with the next. */
final class Tile4x2 extends Kernels {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.WIDTH;
    private static final int COLUMNS = 2 * L;

    Tile4x2() {
        super(COLUMNS);
    }

    @Override
    void ratioOfMoving(
            double[] data,
            int x,
            int stride,
            double[] rows,
            int row,
            double[] lanes,
            double[] sums,
            int first,
            int tiles,
            int k) {
        for (int t = 0; t < tiles; t++) {
            int lane = first + t * k * COLUMNS;
            DoubleVector y00 = DoubleVector.zero(S);
            DoubleVector y01 = DoubleVector.zero(S);
            DoubleVector y10 = DoubleVector.zero(S);
            DoubleVector y11 = DoubleVector.zero(S);
            DoubleVector y20 = DoubleVector.zero(S);
            DoubleVector y21 = DoubleVector.zero(S);
            DoubleVector y30 = DoubleVector.zero(S);
            DoubleVector y31 = DoubleVector.zero(S);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                DoubleVector h0 = DoubleVector.fromArray(S, lanes, at);
                DoubleVector h1 = DoubleVector.fromArray(S, lanes, at + L);
                int from = row + c * ROWS;
                DoubleVector w0 = DoubleVector.broadcast(S, rows[from]);
                y00 = w0.fma(h0, y00);
                y01 = w0.fma(h1, y01);
                DoubleVector w1 = DoubleVector.broadcast(S, rows[from + 1]);
                y10 = w1.fma(h0, y10);
                y11 = w1.fma(h1, y11);
                DoubleVector w2 = DoubleVector.broadcast(S, rows[from + 2]);
                y20 = w2.fma(h0, y20);
                y21 = w2.fma(h1, y21);
                DoubleVector w3 = DoubleVector.broadcast(S, rows[from + 3]);
                y30 = w3.fma(h0, y30);
                y31 = w3.fma(h1, y31);
            }
            int x0 = x + t * COLUMNS;
            y00 = DoubleVector.fromArray(S, data, x0).div(y00);
            y01 = DoubleVector.fromArray(S, data, x0 + L).div(y01);
            int x1 = x0 + stride;
            y10 = DoubleVector.fromArray(S, data, x1).div(y10);
            y11 = DoubleVector.fromArray(S, data, x1 + L).div(y11);
            int x2 = x1 + stride;
            y20 = DoubleVector.fromArray(S, data, x2).div(y20);
            y21 = DoubleVector.fromArray(S, data, x2 + L).div(y21);
            int x3 = x2 + stride;
            y30 = DoubleVector.fromArray(S, data, x3).div(y30);
            y31 = DoubleVector.fromArray(S, data, x3 + L).div(y31);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                DoubleVector s0 = DoubleVector.fromArray(S, sums, at);
                DoubleVector s1 = DoubleVector.fromArray(S, sums, at + L);
                int from = row + c * ROWS;
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
                s0.intoArray(sums, at);
                s1.intoArray(sums, at + L);
            }
        }
    }

    @Override
    void ratioOfFixed(
            double[] data,
            int x,
            int stride,
            double[] rows,
            int row,
            double[] lanes,
            int first,
            double[] sums,
            int tiles,
            int k) {
        for (int t = 0; t < tiles; t++) {
            int lane = first + t * k * COLUMNS;
            DoubleVector y00 = DoubleVector.zero(S);
            DoubleVector y01 = DoubleVector.zero(S);
            DoubleVector y10 = DoubleVector.zero(S);
            DoubleVector y11 = DoubleVector.zero(S);
            DoubleVector y20 = DoubleVector.zero(S);
            DoubleVector y21 = DoubleVector.zero(S);
            DoubleVector y30 = DoubleVector.zero(S);
            DoubleVector y31 = DoubleVector.zero(S);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                DoubleVector h0 = DoubleVector.fromArray(S, lanes, at);
                DoubleVector h1 = DoubleVector.fromArray(S, lanes, at + L);
                int from = row + c * ROWS;
                DoubleVector w0 = DoubleVector.broadcast(S, rows[from]);
                y00 = w0.fma(h0, y00);
                y01 = w0.fma(h1, y01);
                DoubleVector w1 = DoubleVector.broadcast(S, rows[from + 1]);
                y10 = w1.fma(h0, y10);
                y11 = w1.fma(h1, y11);
                DoubleVector w2 = DoubleVector.broadcast(S, rows[from + 2]);
                y20 = w2.fma(h0, y20);
                y21 = w2.fma(h1, y21);
                DoubleVector w3 = DoubleVector.broadcast(S, rows[from + 3]);
                y30 = w3.fma(h0, y30);
                y31 = w3.fma(h1, y31);
            }
            int x0 = x + t * COLUMNS;
            y00 = DoubleVector.fromArray(S, data, x0).div(y00);
            y01 = DoubleVector.fromArray(S, data, x0 + L).div(y01);
            int x1 = x0 + stride;
            y10 = DoubleVector.fromArray(S, data, x1).div(y10);
            y11 = DoubleVector.fromArray(S, data, x1 + L).div(y11);
            int x2 = x1 + stride;
            y20 = DoubleVector.fromArray(S, data, x2).div(y20);
            y21 = DoubleVector.fromArray(S, data, x2 + L).div(y21);
            int x3 = x2 + stride;
            y30 = DoubleVector.fromArray(S, data, x3).div(y30);
            y31 = DoubleVector.fromArray(S, data, x3 + L).div(y31);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                int to = c * ROWS * L;
                DoubleVector s0 = DoubleVector.fromArray(S, sums, to);
                DoubleVector s1 = DoubleVector.fromArray(S, sums, to + L);
                DoubleVector s2 = DoubleVector.fromArray(S, sums, to + 2 * L);
                DoubleVector s3 = DoubleVector.fromArray(S, sums, to + 3 * L);
                DoubleVector h0 = DoubleVector.fromArray(S, lanes, at);
                s0 = h0.fma(y00, s0);
                s1 = h0.fma(y10, s1);
                s2 = h0.fma(y20, s2);
                s3 = h0.fma(y30, s3);
                DoubleVector h1 = DoubleVector.fromArray(S, lanes, at + L);
                s0 = h1.fma(y01, s0);
                s1 = h1.fma(y11, s1);
                s2 = h1.fma(y21, s2);
                s3 = h1.fma(y31, s3);
                s0.intoArray(sums, to);
                s1.intoArray(sums, to + L);
                s2.intoArray(sums, to + 2 * L);
                s3.intoArray(sums, to + 3 * L);
            }
        }
    }

    @Override
    void model(double[] rows, int row, double[] lanes, int first, double[][] y, int stride, int tiles, int k) {
        double[] r0 = y[0];
        double[] r1 = y[1];
        double[] r2 = y[2];
        double[] r3 = y[3];
        int o1 = stride;
        int o2 = o1 + stride;
        int o3 = o2 + stride;
        for (int t = 0; t < tiles; t++) {
            int lane = first + t * k * COLUMNS;
            DoubleVector y00 = DoubleVector.zero(S);
            DoubleVector y01 = DoubleVector.zero(S);
            DoubleVector y10 = DoubleVector.zero(S);
            DoubleVector y11 = DoubleVector.zero(S);
            DoubleVector y20 = DoubleVector.zero(S);
            DoubleVector y21 = DoubleVector.zero(S);
            DoubleVector y30 = DoubleVector.zero(S);
            DoubleVector y31 = DoubleVector.zero(S);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                DoubleVector h0 = DoubleVector.fromArray(S, lanes, at);
                DoubleVector h1 = DoubleVector.fromArray(S, lanes, at + L);
                int from = row + c * ROWS;
                DoubleVector w0 = DoubleVector.broadcast(S, rows[from]);
                y00 = w0.fma(h0, y00);
                y01 = w0.fma(h1, y01);
                DoubleVector w1 = DoubleVector.broadcast(S, rows[from + 1]);
                y10 = w1.fma(h0, y10);
                y11 = w1.fma(h1, y11);
                DoubleVector w2 = DoubleVector.broadcast(S, rows[from + 2]);
                y20 = w2.fma(h0, y20);
                y21 = w2.fma(h1, y21);
                DoubleVector w3 = DoubleVector.broadcast(S, rows[from + 3]);
                y30 = w3.fma(h0, y30);
                y31 = w3.fma(h1, y31);
            }
            y00.intoArray(r0, t * COLUMNS);
            y01.intoArray(r0, t * COLUMNS + L);
            y10.intoArray(r1, o1 + t * COLUMNS);
            y11.intoArray(r1, o1 + t * COLUMNS + L);
            y20.intoArray(r2, o2 + t * COLUMNS);
            y21.intoArray(r2, o2 + t * COLUMNS + L);
            y30.intoArray(r3, o3 + t * COLUMNS);
            y31.intoArray(r3, o3 + t * COLUMNS + L);
        }
    }

    @Override
    void addOfMoving(
            double[][] r, int at0, int stride, double[] rows, int row, double[] sums, int first, int tiles, int k) {
        double[] r0 = r[0];
        double[] r1 = r[1];
        double[] r2 = r[2];
        double[] r3 = r[3];
        int o0 = at0;
        int o1 = o0 + stride;
        int o2 = o1 + stride;
        int o3 = o2 + stride;
        for (int t = 0; t < tiles; t++) {
            int sum = first + t * k * COLUMNS;
            DoubleVector y00 = DoubleVector.fromArray(S, r0, o0 + t * COLUMNS);
            DoubleVector y01 = DoubleVector.fromArray(S, r0, o0 + t * COLUMNS + L);
            DoubleVector y10 = DoubleVector.fromArray(S, r1, o1 + t * COLUMNS);
            DoubleVector y11 = DoubleVector.fromArray(S, r1, o1 + t * COLUMNS + L);
            DoubleVector y20 = DoubleVector.fromArray(S, r2, o2 + t * COLUMNS);
            DoubleVector y21 = DoubleVector.fromArray(S, r2, o2 + t * COLUMNS + L);
            DoubleVector y30 = DoubleVector.fromArray(S, r3, o3 + t * COLUMNS);
            DoubleVector y31 = DoubleVector.fromArray(S, r3, o3 + t * COLUMNS + L);
            for (int c = 0; c < k; c++) {
                int at = sum + c * COLUMNS;
                DoubleVector s0 = DoubleVector.fromArray(S, sums, at);
                DoubleVector s1 = DoubleVector.fromArray(S, sums, at + L);
                int from = row + c * ROWS;
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
                s0.intoArray(sums, at);
                s1.intoArray(sums, at + L);
            }
        }
    }

    @Override
    void addOfFixed(double[][] r, int at0, int stride, double[] lanes, int first, double[] sums, int tiles, int k) {
        double[] r0 = r[0];
        double[] r1 = r[1];
        double[] r2 = r[2];
        double[] r3 = r[3];
        int o0 = at0;
        int o1 = o0 + stride;
        int o2 = o1 + stride;
        int o3 = o2 + stride;
        for (int t = 0; t < tiles; t++) {
            int lane = first + t * k * COLUMNS;
            DoubleVector y00 = DoubleVector.fromArray(S, r0, o0 + t * COLUMNS);
            DoubleVector y01 = DoubleVector.fromArray(S, r0, o0 + t * COLUMNS + L);
            DoubleVector y10 = DoubleVector.fromArray(S, r1, o1 + t * COLUMNS);
            DoubleVector y11 = DoubleVector.fromArray(S, r1, o1 + t * COLUMNS + L);
            DoubleVector y20 = DoubleVector.fromArray(S, r2, o2 + t * COLUMNS);
            DoubleVector y21 = DoubleVector.fromArray(S, r2, o2 + t * COLUMNS + L);
            DoubleVector y30 = DoubleVector.fromArray(S, r3, o3 + t * COLUMNS);
            DoubleVector y31 = DoubleVector.fromArray(S, r3, o3 + t * COLUMNS + L);
            for (int c = 0; c < k; c++) {
                int at = lane + c * COLUMNS;
                int to = c * ROWS * L;
                DoubleVector s0 = DoubleVector.fromArray(S, sums, to);
                DoubleVector s1 = DoubleVector.fromArray(S, sums, to + L);
                DoubleVector s2 = DoubleVector.fromArray(S, sums, to + 2 * L);
                DoubleVector s3 = DoubleVector.fromArray(S, sums, to + 3 * L);
                DoubleVector h0 = DoubleVector.fromArray(S, lanes, at);
                s0 = h0.fma(y00, s0);
                s1 = h0.fma(y10, s1);
                s2 = h0.fma(y20, s2);
                s3 = h0.fma(y30, s3);
                DoubleVector h1 = DoubleVector.fromArray(S, lanes, at + L);
                s0 = h1.fma(y01, s0);
                s1 = h1.fma(y11, s1);
                s2 = h1.fma(y21, s2);
                s3 = h1.fma(y31, s3);
                s0.intoArray(sums, to);
                s1.intoArray(sums, to + L);
                s2.intoArray(sums, to + 2 * L);
                s3.intoArray(sums, to + 3 * L);
            }
        }
    }
}
