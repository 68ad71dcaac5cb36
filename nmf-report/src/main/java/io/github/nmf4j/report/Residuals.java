package io.github.nmf4j.report;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Measures;
import java.util.Arrays;

/**
 * What a model leaves of its data: X − Y, by row, by column and in blocks, over the entries that are known.
 *
 * @param relativeError ‖X − Y‖ / ‖X‖ in the Frobenius norm
 * @param everyRow 1 where all rows were visited, 3 where every third was
 * @param byColumn root mean square of a column each; NaN where nothing is known
 * @param meanOfColumn mean of a column each
 * @param byRow root mean square of a row each; NaN where it was not visited
 * @param blocks mean of blocks of neighbours
 */
public record Residuals(
        double relativeError,
        int everyRow,
        double[] byColumn,
        double[] meanOfColumn,
        double[] byRow,
        DenseMatrix blocks) {
    private static final long MOST_ENTRIES = 40_000_000;
    private static final int MOST_ROWS = 150;
    private static final int MOST_COLUMNS = 300;

    /**
     * {@return the residuals} A pass over X in O(n·p·k), or over some of its rows where it has more than 4·10⁷ entries.
     *
     * @param x data; NaN is unknown
     * @param spectra n × k: W, or the dictionary times W
     * @param h k × p
     * @param weights of the shape of x, 0 for an entry that is unknown; or null
     * @param background what the model has besides: a number, a row, a column or a matrix; or null
     * @throws InvalidInputException if shapes do not fit
     */
    public static Residuals of(Matrix x, Matrix spectra, Matrix h, Matrix weights, Matrix background) {
        int n = x.rows();
        int p = x.columns();
        if (spectra.rows() != n || h.columns() != p || spectra.columns() != h.rows()) {
            throw new InvalidInputException("the data must have the shape of the model, " + spectra.rows() + " x "
                    + h.columns() + ": " + n + " x " + p);
        }
        return new Sums(x, spectra, h, weights, background).residuals();
    }

    /** What is added up on the way. */
    private static final class Sums {
        private final Matrix x;
        private final Matrix spectra;
        private final Matrix weights;
        private final Matrix background;
        private final double[][] h;
        private final int every;
        private final double[] squares;
        private final double[] sums;
        private final int[] counts;
        private final double[] byRow;
        private final DenseMatrix blocks;
        private final DenseMatrix inBlock;
        private double off;
        private double all;

        Sums(Matrix x, Matrix spectra, Matrix h, Matrix weights, Matrix background) {
            this.x = x;
            this.spectra = spectra;
            this.weights = weights;
            this.background = background;
            int p = x.columns();
            this.h = new double[h.rows()][];
            for (int c = 0; c < this.h.length; c++) {
                this.h[c] = Measures.row(h, c);
            }
            this.every = (int) Math.max(1, Math.min(x.rows(), (long) x.rows() * p / MOST_ENTRIES));
            this.squares = new double[p];
            this.sums = new double[p];
            this.counts = new int[p];
            this.byRow = new double[x.rows()];
            Arrays.fill(byRow, Double.NaN);
            this.blocks = DenseMatrix.zeros(Math.min(MOST_ROWS, x.rows()), Math.min(MOST_COLUMNS, p));
            this.inBlock = DenseMatrix.zeros(blocks.rows(), blocks.columns());
        }

        Residuals residuals() {
            int p = x.columns();
            double[] data = new double[p];
            double[] model = new double[p];
            double[] weight = new double[p];
            Arrays.fill(weight, 1);
            for (int i = 0; i < x.rows(); i += every) {
                x.read(i, 0, 1, p, data, 0, p);
                if (weights != null) {
                    weights.read(i, 0, 1, p, weight, 0, p);
                }
                for (int j = 0; j < p; j++) {
                    model[j] = background == null ? 0 : backgroundAt(i, j);
                }
                for (int c = 0; c < h.length; c++) {
                    double s = spectra.get(i, c);
                    for (int j = 0; j < p; j++) {
                        model[j] += s * h[c][j];
                    }
                }
                add(i, data, model, weight);
            }
            return summary();
        }

        private Residuals summary() {
            int p = x.columns();
            double[] byColumn = new double[p];
            double[] mean = new double[p];
            for (int j = 0; j < p; j++) {
                byColumn[j] = Math.sqrt(squares[j] / counts[j]);
                mean[j] = sums[j] / counts[j];
            }
            for (int b = 0; b < blocks.data().length; b++) {
                blocks.data()[b] /= inBlock.data()[b];
            }
            return new Residuals(all > 0 ? Math.sqrt(off / all) : 0, every, byColumn, mean, byRow, blocks);
        }

        private void add(int i, double[] data, double[] model, double[] weight) {
            int p = data.length;
            int row = (int) ((long) i * blocks.rows() / x.rows());
            double square = 0;
            int count = 0;
            for (int j = 0; j < p; j++) {
                if (Double.isNaN(data[j]) || weight[j] == 0) {
                    continue;
                }
                double residual = data[j] - model[j];
                square += residual * residual;
                all += data[j] * data[j];
                count++;
                squares[j] += residual * residual;
                sums[j] += residual;
                counts[j]++;
                int at = row * blocks.columns() + (int) ((long) j * blocks.columns() / p);
                blocks.data()[at] += residual;
                inBlock.data()[at]++;
            }
            off += square;
            byRow[i] = Math.sqrt(square / count);
        }

        private double backgroundAt(int i, int j) {
            return background.get(background.rows() == 1 ? 0 : i, background.columns() == 1 ? 0 : j);
        }
    }
}
