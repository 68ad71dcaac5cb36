package io.github.nmf4j.core;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.Arrays;

/**
 * What one look at all of X finds: that it is valid, and the sums that a fit needs once.
 *
 * @param x the data
 * @param entries what passes visit where they need not visit all; null where tiles are dense
 * @param missing whether any entry is NaN, and so missing
 * @param scale what X is multiplied by while fitting
 * @param sum Σ of the observed entries, weighted, times the scale
 * @param observed Σ of the weights
 * @param constant Σ of {@link Loss#constant} over the observed entries, weighted
 * @param atZeroModel Σ of {@link Loss#value} at y = 0 less the constant, for losses whose value is closed from there
 */
record DataFacts(
        Matrix x,
        Entries entries,
        boolean missing,
        double scale,
        double sum,
        double observed,
        double constant,
        double atZeroModel) {

    /** Scans X once for validity and sums; a second time for the constants, which need the scale. */
    static DataFacts of(Matrix x, Settings settings) {
        if (x.rows() < 1 || x.columns() < 1) {
            throw new InvalidInputException(
                    "x must have at least one row and one column: " + x.rows() + " x " + x.columns());
        }
        Scan scan = new Scan(x, settings);
        scan.run();
        double scale = settings.scale();
        if (settings.normalized()) {
            if (!(scan.sum > 0)) {
                throw new InvalidInputException(
                        "normalising needs data whose sum is above 0: the sum of x is " + scan.sum);
            }
            // rank / (rows · mean), the mean over observed entries: columns then sum to the rank on average
            scale = settings.rank() * (scan.observed / scan.sum) / x.rows();
        }
        Constants constants = new Constants(settings, scale);
        scan.each(constants);
        return new DataFacts(
                x,
                Entries.of(x, settings, scan.missing, scan.seen),
                scan.missing,
                scale,
                scan.sum * scale,
                scan.observed,
                constants.constant,
                constants.atZeroModel);
    }

    /** Reads X row by row in spans, with weights, the masked entries set to weight 0. */
    private static final class Scan {
        private static final int SPAN = 1024;

        private final Matrix x;
        private final Settings settings;
        private final double[] values = new double[SPAN];
        private final double[] weights = new double[SPAN];
        private boolean missing;
        private double sum;
        private double observed;

        /** How many entries have a weight, whichever. */
        private double seen;

        Scan(Matrix x, Settings settings) {
            this.x = x;
            this.settings = settings;
        }

        /** Receives spans of observed entries. */
        interface Sink {
            void span(int n, double[] x, double[] weight);
        }

        void run() {
            boolean skipsZeros = x instanceof SparseMatrix && settings.weights() == null;
            if (skipsZeros && settings.loss().allowsZero()) {
                sparse((SparseMatrix) x);
                return;
            }
            int[] columns = new int[SPAN];
            for (int i = 0; i < x.rows(); i++) {
                double row = 0;
                double weight = 0;
                for (int from = first(i); from < end(i); from += SPAN) {
                    int n = read(i, from, columns);
                    for (int j = 0; j < n; j++) {
                        if (weights[j] > 0) {
                            check(values[j], i, columns[j]);
                            row += weights[j] * values[j];
                            weight += weights[j];
                            seen++;
                        }
                    }
                }
                sum += row;
                observed += weight;
            }
        }

        private void sparse(SparseMatrix matrix) {
            long absent = 0;
            for (int i = 0; i < matrix.rows(); i++) {
                double row = 0;
                for (int at = matrix.start()[i]; at < matrix.start()[i + 1]; at++) {
                    double value = matrix.values()[at];
                    if (settings.missingIsNaN() && value != value) {
                        missing = true;
                        absent++;
                    } else {
                        check(value, i, matrix.index()[at]);
                        row += value;
                    }
                }
                sum += row;
            }
            observed = (double) matrix.rows() * matrix.columns() - absent;
            seen = observed;
        }

        /** Where the entries of a row to look at begin and end: columns, or stored weights where the others are 0. */
        private int first(int i) {
            return settings.weights() instanceof SparseMatrix sparse ? sparse.start()[i] : 0;
        }

        private int end(int i) {
            return settings.weights() instanceof SparseMatrix sparse ? sparse.start()[i + 1] : x.columns();
        }

        private int read(int i, int from, int[] columns) {
            int n = Math.min(SPAN, end(i) - from);
            if (settings.weights() instanceof SparseMatrix sparse) {
                for (int j = 0; j < n; j++) {
                    columns[j] = sparse.index()[from + j];
                    weights[j] = sparse.values()[from + j];
                    values[j] = weights[j] > 0 ? x.get(i, columns[j]) : 0.0;
                }
            } else {
                Arrays.setAll(columns, j -> from + j);
                x.read(i, from, 1, n, values, 0, n);
                if (settings.weights() == null) {
                    Arrays.fill(weights, 0, n, 1.0);
                } else {
                    settings.weights().read(i, from, 1, n, weights, 0, n);
                }
            }
            for (int j = 0; j < n; j++) {
                if (settings.missingIsNaN() && values[j] != values[j]) {
                    missing |= weights[j] > 0;
                    weights[j] = 0;
                }
            }
            return n;
        }

        private void check(double value, int row, int column) {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                String hint = value != value && !settings.missingIsNaN() ? "; NaN can be declared missing" : "";
                throw new InvalidInputException(
                        "x must be finite and non-negative: x[" + row + ", " + column + "] = " + value + hint);
            }
            if (value == 0 && !settings.loss().allowsZero()) {
                throw new InvalidInputException(settings.loss().name() + " needs strictly positive data: x[" + row
                        + ", " + column + "] = 0.0; use kullback-leibler, or add a floor to x");
            }
        }

        void each(Sink sink) {
            if (x instanceof SparseMatrix matrix
                    && settings.weights() == null
                    && settings.loss().allowsZero()) {
                stored(matrix, sink);
                return;
            }
            int[] columns = new int[SPAN];
            for (int i = 0; i < x.rows(); i++) {
                for (int from = first(i); from < end(i); from += SPAN) {
                    int n = read(i, from, columns);
                    sink.span(n, values, weights);
                }
            }
        }

        private void stored(SparseMatrix matrix, Sink sink) {
            int count = (int) matrix.stored();
            for (int from = 0; from < count; from += SPAN) {
                int n = Math.min(SPAN, count - from);
                System.arraycopy(matrix.values(), from, values, 0, n);
                for (int j = 0; j < n; j++) {
                    weights[j] = settings.missingIsNaN() && values[j] != values[j] ? 0.0 : 1.0;
                }
                sink.span(n, values, weights);
            }
            // The zeros all contribute the same; a missing one was stored, so it is not among them.
            values[0] = 0;
            weights[0] = (double) matrix.rows() * matrix.columns() - count;
            sink.span(1, values, weights);
        }
    }

    private static final class Constants implements Scan.Sink {
        private final Loss loss;
        private final Elementary math;
        private final double scale;
        private final boolean closed;
        private final double[] x = new double[Scan.SPAN];
        private final double[] result = new double[Scan.SPAN];
        private final double[] zero = new double[Scan.SPAN];
        private double constant;
        private double atZeroModel;

        Constants(Settings settings, double scale) {
            this.loss = settings.loss();
            this.math = settings.backend().elementary();
            this.scale = scale;
            this.closed = loss.positive() == Loss.Positive.MODEL && loss.negative() == Loss.Negative.DATA;
            Arrays.fill(zero, LossStep.LEAST_MODEL);
        }

        @Override
        public void span(int n, double[] values, double[] weights) {
            for (int j = 0; j < n; j++) {
                x[j] = weights[j] > 0 ? values[j] * scale : 1.0;
            }
            loss.constant(n, x, result, math);
            constant += weighted(n, weights);
            if (closed) {
                loss.value(n, x, zero, result, math);
                atZeroModel += weighted(n, weights);
            }
        }

        private double weighted(int n, double[] weights) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += weights[j] > 0 ? weights[j] * result[j] : 0.0;
            }
            return sum;
        }
    }
}
