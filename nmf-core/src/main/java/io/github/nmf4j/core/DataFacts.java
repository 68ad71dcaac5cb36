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
 * @param atModelOne Σ of {@link Loss#value} − 1 at y = 1 for losses that promise P = 1 and N = x/y: by these promises the value
 *     is y − x·log y and what it is at 1
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
        double atModelOne,
        double atZeroModel) {

    /** Scans X once for validity and sums; a second time for the constants, which need the scale. */
    static DataFacts of(Matrix x, Settings settings) {
        if (x.rows() < 1 || x.columns() < 1) {
            throw new InvalidInputException(
                    "x must have at least one row and one column: " + x.rows() + " x " + x.columns());
        }
        if (settings.loss().largest() < Double.POSITIVE_INFINITY && (settings.normalized() || settings.scale() != 1)) {
            throw new InvalidInputException(settings.loss().name() + " needs data as they are, from 0.0 to "
                    + settings.loss().largest() + ": they were to be "
                    + (settings.normalized() ? "normalized" : "multiplied by " + settings.scale()));
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
                constants.atModelOne,
                constants.atZeroModel);
    }

    /**
     * Reads X in tiles of some rows, with weights, the masked entries set to weight 0. A matrix stored by columns is so read
     * along them; sums of a row are added from left to right all the same.
     */
    private static final class Scan {
        private static final int TALL = 16;
        private static final int WIDE = 1024;
        private static final int SPAN = TALL * WIDE;

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
            if (settings.weights() instanceof SparseMatrix given) {
                weighted(given);
                return;
            }
            double[] row = new double[TALL];
            double[] weight = new double[TALL];
            for (int first = 0; first < x.rows(); first += TALL) {
                int height = Math.min(TALL, x.rows() - first);
                Arrays.fill(row, 0.0);
                Arrays.fill(weight, 0.0);
                for (int from = 0; from < x.columns(); from += WIDE) {
                    int width = read(first, height, from);
                    for (int i = 0; i < height; i++) {
                        for (int j = 0; j < width; j++) {
                            int at = i * width + j;
                            if (weights[at] > 0) {
                                check(values[at], first + i, from + j);
                                row[i] += weights[at] * values[at];
                                weight[i] += weights[at];
                                seen++;
                            }
                        }
                    }
                }
                for (int i = 0; i < height; i++) {
                    sum += row[i];
                    observed += weight[i];
                }
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

        /** Where only the entries with a stored weight are observed. */
        private void weighted(SparseMatrix given) {
            for (int i = 0; i < given.rows(); i++) {
                double row = 0;
                double weight = 0;
                for (int from = given.start()[i]; from < given.start()[i + 1]; from += SPAN) {
                    int n = read(given, i, from);
                    for (int j = 0; j < n; j++) {
                        if (weights[j] > 0) {
                            check(values[j], i, given.index()[from + j]);
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

        /** {@return how many stored weights of a row from a position on are now in weights, with the values of x there} */
        private int read(SparseMatrix given, int row, int from) {
            int n = Math.min(SPAN, given.start()[row + 1] - from);
            for (int j = 0; j < n; j++) {
                weights[j] = given.values()[from + j];
                values[j] = weights[j] > 0 ? x.get(row, given.index()[from + j]) : 0.0;
            }
            mask(n);
            return n;
        }

        /** {@return the width of the tile that begins at a row and a column, now in values and weights without gaps} */
        private int read(int row, int height, int column) {
            int width = Math.min(WIDE, x.columns() - column);
            int n = height * width;
            x.read(row, column, height, width, values, 0, width);
            if (settings.weights() == null) {
                Arrays.fill(weights, 0, n, 1.0);
            } else {
                settings.weights().read(row, column, height, width, weights, 0, width);
            }
            mask(n);
            return width;
        }

        private void mask(int n) {
            for (int at = 0; at < n; at++) {
                if (settings.missingIsNaN() && values[at] != values[at]) {
                    missing |= weights[at] > 0;
                    weights[at] = 0;
                }
            }
        }

        private void check(double value, int row, int column) {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                String hint = value != value && !settings.missingIsNaN() ? "; NaN can be declared missing" : "";
                throw new InvalidInputException(
                        "x must be finite and non-negative: x[" + row + ", " + column + "] = " + value + hint);
            }
            if (value > settings.loss().largest()) {
                throw new InvalidInputException(settings.loss().name() + " needs data from 0.0 to "
                        + settings.loss().largest() + ": x[" + row + ", " + column + "] = " + value);
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
            if (settings.weights() instanceof SparseMatrix given) {
                for (int i = 0; i < given.rows(); i++) {
                    for (int from = given.start()[i]; from < given.start()[i + 1]; from += SPAN) {
                        sink.span(read(given, i, from), values, weights);
                    }
                }
                return;
            }
            for (int first = 0; first < x.rows(); first += TALL) {
                int height = Math.min(TALL, x.rows() - first);
                for (int from = 0; from < x.columns(); from += WIDE) {
                    sink.span(height * read(first, height, from), values, weights);
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
        private final boolean ratio;
        private final double[] x = new double[Scan.SPAN];
        private final double[] result = new double[Scan.SPAN];
        private final double[] model = new double[Scan.SPAN];
        private double constant;
        private double atModelOne;
        private double atZeroModel;

        Constants(Settings settings, double scale) {
            this.loss = settings.loss();
            this.math = new PortableBackend().elementary(); // once a fit: a quicker one is not worth its compilation
            this.scale = scale;
            this.closed = loss.positive() == Loss.Positive.MODEL && loss.negative() == Loss.Negative.DATA;
            this.ratio = loss.positive() == Loss.Positive.ONE && loss.negative() == Loss.Negative.RATIO;
            Arrays.fill(model, ratio ? 1.0 : LossStep.LEAST_MODEL);
        }

        @Override
        public void span(int n, double[] values, double[] weights) {
            for (int j = 0; j < n; j++) {
                x[j] = weights[j] > 0 ? values[j] * scale : 1.0;
            }
            loss.constant(n, x, result, math);
            constant += weighted(n, weights);
            if (closed) {
                loss.value(n, x, model, result, math);
                atZeroModel += weighted(n, weights);
            }
            if (ratio) {
                loss.value(n, x, model, result, math);
                for (int j = 0; j < n; j++) {
                    result[j] -= 1;
                }
                atModelOne += weighted(n, weights);
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
