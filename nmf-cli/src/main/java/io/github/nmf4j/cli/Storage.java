package io.github.nmf4j.cli;

import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Loss.Negative;
import io.github.nmf4j.api.Loss.OnZeros;
import io.github.nmf4j.api.Loss.Positive;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;

/**
 * How the data are held: sparse where most entries are zero and the loss need not visit those.
 *
 * @param x the data
 * @param filled share of the entries that are not zero; NaN where nothing was decided
 */
record Storage(Matrix x, double filled) {
    /** A visit of a stored entry costs about seven times a visit in a dense tile. */
    private static final double SPARSE_BELOW = 1.0 / 7;

    static Storage of(Matrix x, Loss loss, DataOptions options) {
        boolean skips = loss.positive() != Positive.COMPUTED
                && loss.negative() != Negative.COMPUTED
                && loss.onZeros() != OnZeros.COMPUTED;
        if (!skips || !options.plain()) {
            return new Storage(x, Double.NaN);
        }
        double filled = filled(x);
        boolean sparse = x instanceof SparseMatrix;
        if (filled < SPARSE_BELOW && !sparse) {
            return new Storage(SparseMatrix.of(x), filled);
        }
        return new Storage(filled >= SPARSE_BELOW && sparse ? dense(x) : x, filled);
    }

    private static Matrix dense(Matrix x) {
        double bytes = (double) Double.BYTES * x.rows() * x.columns();
        return bytes < Runtime.getRuntime().maxMemory() / 2.0 ? x.toDense() : x;
    }

    private static double filled(Matrix x) {
        double entries = (double) x.rows() * x.columns();
        if (x instanceof SparseMatrix) {
            return entries == 0 ? 1 : x.stored() / entries;
        }
        long filled = 0;
        double[] row = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            x.read(i, 0, 1, row.length, row, 0, row.length);
            for (double value : row) {
                if (value != 0) {
                    filled++;
                }
            }
        }
        return entries == 0 ? 1 : filled / entries;
    }

    /** {@return what was decided, in words} */
    String describe() {
        String held = x instanceof SparseMatrix ? "held sparse" : "held dense";
        return filled == filled ? held + String.format(", %.3g %% filled", 100 * filled) : held;
    }

    String name() {
        return x instanceof SparseMatrix ? "sparse" : "dense";
    }
}
