package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.Arrays;

/**
 * How far factors are from a known truth, or a model from its data.
 *
 * <p>Components come out of a fit in any order; match them first, as with {@link #matchByAngle}.
 */
public final class Measures {
    private Measures() {}

    /**
     * {@return the angle between two vectors in degrees, 0 for the same direction; 90 if either is zero}
     *
     * @param a one vector
     * @param b another of the same length
     */
    public static double angle(double[] a, double[] b) {
        requireSameLength(a, b);
        double normA = norm(a);
        double normB = norm(b);
        if (normA == 0 || normB == 0) {
            return 90;
        }
        // 2·atan2(|a−b|, |a+b|) of the unit vectors keeps the digits of small angles, which acos loses.
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double p = a[i] / normA;
            double q = b[i] / normB;
            difference += (p - q) * (p - q);
            sum += (p + q) * (p + q);
        }
        return Math.toDegrees(2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)));
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
     * {@return the share of the truth's variance that the estimate explains: 1 at best, 0 for its mean, negative if worse}
     *
     * @param truth what should be
     * @param estimate what is, of the same length
     */
    public static double r2(double[] truth, double[] estimate) {
        requireSameLength(truth, estimate);
        double mean = Arrays.stream(truth).sum() / truth.length;
        double variation = 0;
        for (double value : truth) {
            variation += (value - mean) * (value - mean);
        }
        return 1 - residual(truth, estimate) / variation;
    }

    /**
     * {@return for each column of the estimate the column of the truth that it stands for: one to one, with the least sum of
     * angles}
     *
     * @param truth a component a column
     * @param estimate as many columns or fewer, of the same length
     */
    public static int[] matchByAngle(Matrix truth, Matrix estimate) {
        double[][] angles = new double[estimate.columns()][truth.columns()];
        for (int e = 0; e < estimate.columns(); e++) {
            for (int t = 0; t < truth.columns(); t++) {
                angles[e][t] = angle(column(truth, t), column(estimate, e));
            }
        }
        return Assignment.minimizing(angles);
    }

    /**
     * {@return ‖X − WH‖ / ‖X‖ in the Frobenius norm; 0 if both vanish}
     *
     * @param x data
     * @param w as many rows as x
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
            all += square(residual);
            for (int c = 0; c < rows.length; c++) {
                double factor = w.get(i, c);
                for (int j = 0; j < p; j++) {
                    residual[j] -= factor * rows[c][j];
                }
            }
            off += square(residual);
        }
        return off == 0 ? 0 : Math.sqrt(off / all);
    }

    /**
     * {@return the share of samples that the majority label of their component names right}
     *
     * <p>A sample belongs to the component that contributes most to it: c with the largest W(i, c)·‖H(c, ·)‖.
     *
     * @param labels the cluster of each sample, from 0
     * @param w samples × components
     * @param h components × features
     */
    public static double purity(int[] labels, Matrix w, Matrix h) {
        if (labels.length != w.rows() || w.columns() != h.rows()) {
            throw new InvalidInputException(
                    "there must be a label for each of " + w.rows() + " samples and a row of h for" + " each of "
                            + w.columns() + " components: " + labels.length + " labels, " + h.rows() + " rows");
        }
        int clusters = Arrays.stream(labels).max().orElse(0) + 1;
        int[][] count = new int[w.columns()][clusters];
        double[] size = new double[w.columns()];
        for (int c = 0; c < size.length; c++) {
            size[c] = norm(row(h, c));
        }
        for (int i = 0; i < labels.length; i++) {
            int dominant = 0;
            for (int c = 1; c < size.length; c++) {
                if (w.get(i, c) * size[c] > w.get(i, dominant) * size[dominant]) {
                    dominant = c;
                }
            }
            count[dominant][labels[i]]++;
        }
        int right = 0;
        for (int[] labelsOfComponent : count) {
            right += Arrays.stream(labelsOfComponent).max().orElse(0);
        }
        return (double) right / labels.length;
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

    private static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    private static double norm(double[] values) {
        return Math.sqrt(square(values));
    }

    private static void requireSameLength(double[] a, double[] b) {
        if (a.length != b.length || a.length == 0) {
            throw new InvalidInputException(
                    "vectors to compare must have the same length, at least 1: " + a.length + " and " + b.length);
        }
    }
}
