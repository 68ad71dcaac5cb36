package io.github.nmf4j.cli;

import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Loss.Negative;
import io.github.nmf4j.api.Loss.OnZeros;
import io.github.nmf4j.api.Loss.Positive;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;

/**
 * How the data are held: sparse where most entries are zero, the loss need not visit those, and the heap has room.
 *
 * @param x the data
 * @param filled share of the entries that are not zero; NaN where nothing was decided
 * @param room whether the heap has room for the way that would be faster
 */
record Storage(Matrix x, double filled, boolean room) {
    /** A visit of a stored entry costs about seven times a visit in a dense tile. */
    private static final double SPARSE_BELOW = 1.0 / 7;

    /** Sparse data take a column and a value an entry, once by rows and once by columns. */
    private static final long SPARSE_BYTES = 2 * (Integer.BYTES + Double.BYTES);

    private static final int TALL = 16;
    private static final int WIDE = 1024;

    /** {@return data used as they came} */
    static Storage asGiven(Matrix x) {
        return new Storage(x, Double.NaN, true);
    }

    static Storage of(Matrix x, Loss loss, DataOptions options) {
        return of(x, loss, options, Runtime.getRuntime().maxMemory());
    }

    static Storage of(Matrix x, Loss loss, DataOptions options, long heap) {
        boolean skips = loss.positive() != Positive.COMPUTED
                && loss.negative() != Negative.COMPUTED
                && loss.onZeros() != OnZeros.COMPUTED;
        if (!skips || !options.plain()) {
            return asGiven(x);
        }
        boolean sparse = x instanceof SparseMatrix;
        long stored = sparse ? x.stored() : nonZeros(x);
        double entries = (double) x.rows() * x.columns();
        double filled = entries == 0 ? 1 : stored / entries;
        if (filled < SPARSE_BELOW == sparse) {
            return new Storage(x, filled, true);
        }
        double count = sparse ? entries : stored;
        double bytes = count * (sparse ? Double.BYTES : SPARSE_BYTES);
        // While one is made of the other both are held; a quarter is left to the factors.
        boolean room = bytes + x.heapBytes() <= 0.75 * heap && count <= Integer.MAX_VALUE - 8;
        if (!room) {
            return new Storage(x, filled, false);
        }
        return new Storage(sparse ? x.toDense() : SparseMatrix.of(x), filled, true);
    }

    private static long nonZeros(Matrix x) {
        long count = 0;
        double[] tile = new double[TALL * WIDE];
        for (int row = 0; row < x.rows(); row += TALL) {
            int height = Math.min(TALL, x.rows() - row);
            for (int column = 0; column < x.columns(); column += WIDE) {
                int width = Math.min(WIDE, x.columns() - column);
                x.read(row, column, height, width, tile, 0, width);
                for (int e = 0; e < height * width; e++) {
                    count += tile[e] != 0 ? 1 : 0;
                }
            }
        }
        return count;
    }

    /** {@return what was decided, in words} */
    String describe() {
        String held = "held " + name();
        if (filled != filled) {
            return held;
        }
        String share = String.format("%s, %.3g %% filled", held, 100 * filled);
        return room
                ? share
                : share + ", the heap has no room for it " + (x instanceof SparseMatrix ? "dense" : "sparse");
    }

    String name() {
        return x instanceof SparseMatrix ? "sparse" : "dense";
    }
}
