package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/**
 * How far factors are from a known truth, or a model from its data, and how sparse or alike components are.
 *
 * <p>Components come out of a fit in any order; match them first, as with {@link #matchByAngle}. Vectors and matrices are only
 * read. Clusters are compared by {@link Clusters}.
 */
public final class Measures {
    private Measures() {}

    /**
     * {@return the angle between two vectors in degrees, 0 for the same direction; 90 if either is zero, or both are}
     *
     * <p>Spectral angle: Kruse et al. (1993), Remote Sensing of Environment 44, 145–163. Evaluated as 2·atan2(‖u − v‖, ‖u + v‖)
     * of the unit vectors (Kahan 2006, How Futile are Mindless Assessments of Roundoff, §12).
     *
     * @param a one vector, finite
     * @param b another of the same length
     */
    public static double angle(double[] a, double[] b) {
        requireSameLength(a, b);
        double[] u = Lengths.unit(a);
        double[] v = Lengths.unit(b);
        if (u == null || v == null) {
            return 90;
        }
        // acos would lose the digits of small angles
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (u[i] - v[i]) * (u[i] - v[i]);
            sum += (u[i] + v[i]) * (u[i] + v[i]);
        }
        return Math.toDegrees(2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)));
    }

    /**
     * {@return the cosine of the angle between two vectors: 1 for the same direction, 0 if either is zero}
     *
     * @param a one vector, finite
     * @param b another of the same length
     */
    public static double cosine(double[] a, double[] b) {
        double angle = angle(a, b);
        return angle == 90 ? 0 : Math.cos(Math.toRadians(angle));
    }

    /**
     * {@return the mean of the squared differences}
     *
     * @param truth what should be
     * @param estimate what is, of the same length
     */
    public static double meanSquaredError(double[] truth, double[] estimate) {
        requireSameLength(truth, estimate);
        return residual(truth, estimate) / truth.length;
    }

    /**
     * {@return the mean of the absolute differences}
     *
     * @param truth what should be
     * @param estimate what is, of the same length
     */
    public static double meanAbsoluteError(double[] truth, double[] estimate) {
        requireSameLength(truth, estimate);
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            sum += Math.abs(truth[i] - estimate[i]);
        }
        return sum / truth.length;
    }

    /**
     * {@return the coefficient of determination, the share of the truth's variation around its mean that the estimate explains: 1
     * at best, 0 for the mean, negative if worse}
     *
     * <p>1 − Σ(t − e)² / Σ(t − t̄)²: Wright (1921), Journal of Agricultural Research 20, 557–585. A truth that does not vary
     * leaves nothing to explain: 1 if the estimate equals it, and 0 otherwise, as scikit-learn has it.
     *
     * @param truth what should be
     * @param estimate what is, of the same length
     */
    public static double r2(double[] truth, double[] estimate) {
        requireSameLength(truth, estimate);
        double residual = residual(truth, estimate);
        if (isConstant(truth)) { // the mean is rounded, so the variation around it need not be 0
            return residual == 0 ? 1 : 0;
        }
        double mean = Arrays.stream(truth).sum() / truth.length;
        double variation = 0;
        for (double value : truth) {
            variation += (value - mean) * (value - mean);
        }
        return 1 - residual / variation;
    }

    /**
     * {@return how few entries carry a vector: 1 if a single one is not zero, 0 if all are equal}
     *
     * <p>(√n − Σ|x| / ‖x‖) / (√n − 1): Hoyer (2004), Journal of Machine Learning Research 5, 1457–1469, §3.1. Zero vectors and
     * vectors of one entry have all entries equal: 0.
     *
     * @param values at least one, finite
     */
    public static double sparseness(double[] values) {
        requireSameLength(values, values);
        double[] unit = Lengths.unit(values);
        if (unit == null || isConstant(values)) {
            return 0;
        }
        double root = Math.sqrt(values.length);
        double sum = 0;
        for (double part : unit) {
            sum += Math.abs(part);
        }
        return Math.min(1, Math.max(0, (root - sum) / (root - 1)));
    }

    /**
     * {@return for each column of the estimate the column of the truth that it stands for: one to one, with the least sum of
     * angles}
     *
     * <p>An {@link Assignment}, O(k³) after k² angles. The order is that of the estimate: entry e belongs to its column e.
     *
     * @param truth a component a column
     * @param estimate as many columns or fewer, of the same length
     */
    public static int[] matchByAngle(Matrix truth, Matrix estimate) {
        return match(truth, estimate, Measures::angle);
    }

    /**
     * {@return for each column of the estimate the column of the truth that it stands for: one to one, with the least sum of
     * mean squared errors}
     *
     * @param truth a component a column
     * @param estimate as many columns or fewer, of the same length and scale
     */
    public static int[] matchByError(Matrix truth, Matrix estimate) {
        return match(truth, estimate, Measures::meanSquaredError);
    }

    private static int[] match(Matrix truth, Matrix estimate, ToDoubleBiFunction<double[], double[]> cost) {
        double[][] costs = new double[estimate.columns()][truth.columns()];
        for (int e = 0; e < estimate.columns(); e++) {
            for (int t = 0; t < truth.columns(); t++) {
                costs[e][t] = cost.applyAsDouble(column(truth, t), column(estimate, e));
            }
        }
        return Assignment.minimizing(costs);
    }

    /**
     * {@return how alike the components of two runs are: the mean cosine between columns matched by angle; 1 for the same
     * components in any order and scale}
     *
     * @param a a component a column
     * @param b as many columns, of the same length
     */
    public static double similarity(Matrix a, Matrix b) {
        if (a.columns() != b.columns()) {
            throw new InvalidInputException(
                    "components to compare must be as many: " + a.columns() + " and " + b.columns());
        }
        int[] match = matchByAngle(a, b);
        double sum = 0;
        for (int c = 0; c < match.length; c++) {
            sum += cosine(column(a, match[c]), column(b, c));
        }
        return sum / match.length;
    }

    /**
     * {@return the share of the data's squares that the model explains, 1 − ‖X − WH‖² / ‖X‖²: 1 at best, negative if the model is
     * worse than none}
     *
     * <p>Frigyesi &amp; Höglund (2008), Cancer Informatics 6, 275–292. Not taken around a mean: the counterpart of no model is
     * zero. 1 if X and the model vanish, −∞ if X alone does. An entry of X that is NaN is missing and left out.
     *
     * @param x data
     * @param w as many rows as x; with a dictionary the product G·W
     * @param h as many columns as x
     */
    public static double explained(Matrix x, Matrix w, Matrix h) {
        double error = relativeError(x, w, h);
        return 1 - error * error;
    }

    /**
     * {@return ‖X − WH‖ / ‖X‖ in the Frobenius norm; 0 if X and the model vanish, ∞ if X alone does}
     *
     * <p>An entry of X that is NaN is missing and left out. One pass over X, no n × p temporary.
     *
     * @param x data
     * @param w as many rows as x; with a dictionary the product G·W
     * @param h as many columns as x
     */
    public static double relativeError(Matrix x, Matrix w, Matrix h) {
        int p = x.columns();
        if (w.rows() != x.rows() || h.columns() != p || w.columns() != h.rows()) {
            throw new InvalidInputException("w times h must have the shape of x, " + x.rows() + " x " + p + ": "
                    + w.rows() + " x " + w.columns() + " times " + h.rows() + " x " + h.columns());
        }
        double[] residual = new double[p];
        double[][] rows = new double[h.rows()][];
        for (int c = 0; c < rows.length; c++) {
            rows[c] = row(h, c);
        }
        double off = 0;
        double all = 0;
        for (int i = 0; i < x.rows(); i++) {
            x.read(i, 0, 1, p, residual, 0, p);
            all += Lengths.square(residual);
            for (int c = 0; c < rows.length; c++) {
                double factor = w.get(i, c);
                for (int j = 0; j < p; j++) {
                    residual[j] -= factor * rows[c][j];
                }
            }
            off += Lengths.square(residual);
        }
        return off == 0 ? 0 : Math.sqrt(off / all);
    }

    /**
     * {@return the share of samples that the majority label of their component names right}
     *
     * @param labels the cluster of each sample, from 0
     * @param w samples × components
     * @param h components × features
     * @see Clusters#strongest
     * @see Clusters#purity
     */
    public static double purity(int[] labels, Matrix w, Matrix h) {
        return Clusters.purity(labels, Clusters.strongest(w, h));
    }

    /**
     * {@return a copy of a column}
     *
     * @param matrix any
     * @param column from 0
     */
    public static double[] column(Matrix matrix, int column) {
        double[] values = new double[matrix.rows()];
        matrix.read(0, column, values.length, 1, values, 0, 1);
        return values;
    }

    /**
     * {@return a copy of a row}
     *
     * @param matrix any
     * @param row from 0
     */
    public static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        matrix.read(row, 0, 1, values.length, values, 0, values.length);
        return values;
    }

    private static double residual(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static void requireSameLength(double[] a, double[] b) {
        if (a.length != b.length || a.length == 0) {
            throw new InvalidInputException(
                    "vectors to compare must have the same length, at least 1: " + a.length + " and " + b.length);
        }
    }
}
