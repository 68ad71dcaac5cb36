package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;

/** What must hold between the settings and the data before the first iteration. */
record Requirements(Settings settings, Matrix x) {
    void shapes() {
        Matrix weights = settings.weights();
        if (weights != null) {
            requireShape("weights", weights, weights.rows() == x.rows() && weights.columns() == x.columns());
        }
        Matrix background = settings.background();
        if (background != null) {
            boolean down = background.rows() == x.rows() || background.rows() == 1;
            boolean across = background.columns() == x.columns() || background.columns() == 1;
            requireShape("background", background, down && across);
        }
        DenseMatrix g = settings.dictionary();
        if (g != null && g.rows() != x.rows()) {
            throw new InvalidInputException(
                    "the dictionary must have as many rows as x, " + x.rows() + ": " + g.rows() + " x " + g.columns());
        }
    }

    /** Refuses another shape, and entries that are not finite and non-negative. */
    private void requireShape(String name, Matrix given, boolean fits) {
        if (!fits) {
            throw new InvalidInputException(name + " must be " + x.rows() + " x " + x.columns() + " as x is: "
                    + given.rows() + " x " + given.columns());
        }
        if (given instanceof SparseMatrix sparse) {
            for (int i = 0; i < sparse.rows(); i++) {
                for (int at = sparse.start()[i]; at < sparse.start()[i + 1]; at++) {
                    requireFinite(name, i, sparse.index()[at], sparse.values()[at]);
                }
            }
            return;
        }
        double[] row = new double[given.columns()];
        for (int i = 0; i < given.rows(); i++) {
            given.read(i, 0, 1, row.length, row, 0, row.length);
            for (int j = 0; j < row.length; j++) {
                requireFinite(name, i, j, row[j]);
            }
        }
    }

    private static void requireFinite(String name, int i, int j, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    name + " must be finite and non-negative: " + name + "[" + i + ", " + j + "] = " + value);
        }
    }

    /**
     * Refuses a rank whose factors, their successors and statistics, seven numbers an entry of W and H, do not fit into the
     * heap beside the data: X, weights and background, and the copies by which sparse X is visited by columns, and weighted
     * entries by rows and columns. What is mapped takes no heap.
     */
    void memory() {
        double data = data();
        double bytes = bytes();
        long heap = Runtime.getRuntime().maxMemory();
        double largest = (double) settings.rank() * Math.max(x.rows(), x.columns());
        if (bytes + data > heap || largest > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException(String.format(
                    "factors must fit in memory: rank %d for %d x %d needs %s, and the data %s; the heap has %s",
                    settings.rank(), x.rows(), x.columns(), size(bytes), size(data), size(heap)));
        }
    }

    private double data() {
        return shared() + copies();
    }

    /** What all runs read. */
    private double shared() {
        double bytes = x.heapBytes();
        for (Matrix beside : new Matrix[] {settings.weights(), settings.background()}) {
            bytes += beside == null ? 0.0 : beside.heapBytes();
        }
        return bytes;
    }

    /** What a run copies of it; where weights are dense, or entries missing, how many that are is not known yet. */
    private double copies() {
        if (settings.weights() instanceof SparseMatrix weights) {
            int numbers = settings.background() == null ? 2 : 3;
            return 2.0 * weights.stored() * (Integer.BYTES + numbers * Double.BYTES);
        }
        return Entries.ofStored(x, settings) ? x.heapBytes() : 0.0;
    }

    /** Besides X: factors, the points that an acceleration keeps, and statistics. */
    private double bytes() {
        double vectors = (double) x.rows() + x.columns();
        Loss loss = settings.loss();
        boolean seen = loss.positive() == Loss.Positive.MODEL && loss.negative() == Loss.Negative.DATA;
        double factors = seen ? 17 : 7; // a standard acceleration remembers products and makes a model of X of them
        return factors * Double.BYTES * settings.rank() * vectors;
    }

    /** {@return how many runs fit into the heap at a time; the data are shared, copies of them are not} */
    int fitsInMemory() {
        double each = bytes() + copies();
        double free = Runtime.getRuntime().maxMemory() - shared();
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, free / each));
    }

    private static String size(double bytes) {
        return bytes < 1e9 ? String.format("%.1f MB", bytes / 1e6) : String.format("%.1f GB", bytes / 1e9);
    }

    /** Refuses a start whose objective is infinite: somewhere the model is 0 where the loss does not allow it. */
    void finiteModel(Problem problem, Iterate start) {
        DenseMatrix b = problem.atDataLevel(start, Factor.W);
        DenseMatrix h = start.values(Factor.H);
        if (!problem.data().guarded()) {
            return;
        }
        Matrix background = problem.data().background();
        Loss loss = settings.loss();
        double[] entry = new double[1];
        double[] zero = new double[1];
        double[] value = new double[1];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double y = background == null ? 0.0 : background.get(i, j);
                for (int c = 0; c < b.rows() && y == 0; c++) {
                    y += b.get(c, i) * h.get(c, j);
                }
                if (y != 0) {
                    continue;
                }
                entry[0] = x.get(i, j);
                boolean observed =
                        (settings.weights() == null || settings.weights().get(i, j) > 0)
                                && !(settings.missingIsNaN() && entry[0] != entry[0]);
                if (observed) {
                    loss.value(1, entry, zero, value, settings.backend().elementary());
                    if (!Double.isFinite(value[0]) && entry[0] > 0 || Double.isInfinite(value[0])) {
                        throw new InvalidInputException(loss.name() + " needs a model above 0 where x is: x[" + i + ", "
                                + j + "] = " + entry[0] + ", but " + vanishing(i, b));
                    }
                }
            }
        }
    }

    private String vanishing(int row, DenseMatrix b) {
        DenseMatrix g = settings.dictionary();
        if (g != null && zeroRow(g, row)) {
            return "row " + row + " of the dictionary is zero";
        }
        for (int c = 0; c < b.rows(); c++) {
            if (b.get(c, row) > 0) {
                return "the entries of H that could raise it are held at 0";
            }
        }
        return "row " + row + " of W is held at 0";
    }

    private static boolean zeroRow(DenseMatrix g, int row) {
        for (int q = 0; q < g.columns(); q++) {
            if (g.get(row, q) != 0) {
                return false;
            }
        }
        return true;
    }
}
