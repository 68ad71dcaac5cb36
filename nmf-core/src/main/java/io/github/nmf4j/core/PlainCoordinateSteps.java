package io.github.nmf4j.core;

import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;

/**
 * Sweeps in loops that C2 vectorises: a tile of vectors is copied to a row an entry, so that nothing is known to overlap; then a
 * component's slope is a combination of rows, and its step another loop.
 */
final class PlainCoordinateSteps implements CoordinateSteps {
    /** Vectors of a tile: rows long enough that loops over them run in their vectorised part. */
    static final int WIDTH = 256;

    /**
     * Unused doubles at the end of a row: with the array's header it then takes whole cache lines, so that rows allocated one
     * after another start at the same place in a line and a loop that aligns one aligns all; 10 % of a plain sweep.
     */
    private static final int PADDING = 6;

    private final int rank;

    PlainCoordinateSteps(int rank) {
        this.rank = rank;
    }

    private final class Rows implements Workspace {
        final double[][] now = new double[rank][WIDTH + PADDING];
        final double[] product = new double[WIDTH + PADDING];
        final double[] slope = new double[WIDTH + PADDING];
        final double[] squares = new double[WIDTH + PADDING];
    }

    @Override
    public Workspace workspace() {
        return new Rows();
    }

    @Override
    public double sweep(
            DenseMatrix gram,
            double[] inverse,
            DenseMatrix products,
            DenseMatrix values,
            int first,
            int count,
            double floor,
            Workspace workspace) {
        Rows rows = (Rows) workspace;
        double moved = 0;
        for (int from = first; from < first + count; from += WIDTH) {
            moved += tile(gram, inverse, products, values, from, Math.min(WIDTH, first + count - from), floor, rows);
        }
        return moved;
    }

    private double tile(
            DenseMatrix gram,
            double[] inverse,
            DenseMatrix products,
            DenseMatrix values,
            int first,
            int n,
            double floor,
            Rows rows) {
        for (int c = 0; c < rank; c++) {
            System.arraycopy(values.data(), values.offset() + c * values.stride() + first, rows.now[c], 0, n);
        }
        Arrays.fill(rows.squares, 0, n, 0.0);
        for (int c = 0; c < rank; c++) {
            Combine.set(n, rows.slope, rows.now, rank, gram.data(), gram.offset() + c * gram.stride());
            int b = products.offset() + c * products.stride() + first;
            System.arraycopy(
                    products.data(), b, rows.product, 0, n); // read in place it may lie askew: 1.9 times slower
            step(n, rows.now[c], rows.slope, rows.product, inverse[c], floor, rows.squares);
        }
        for (int c = 0; c < rank; c++) {
            System.arraycopy(rows.now[c], 0, values.data(), values.offset() + c * values.stride() + first, n);
        }
        return CoordinateDescent.sum(n, rows.squares);
    }

    private static void step(
            int n, double[] h, double[] slope, double[] product, double inverse, double floor, double[] squares) {
        for (int j = 0; j < n; j++) {
            double next = Math.max(h[j] - (slope[j] - product[j]) * inverse, floor);
            double d = next - h[j];
            squares[j] += d * d;
            h[j] = next;
        }
    }
}
