package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import java.util.Arrays;

/**
 * The points that a simplex is fitted to, with how many pixels each stands for.
 *
 * <p>In one or two dimensions pixels are gathered on a grid finer than their noise, which loses nothing that noise had not
 * lost and makes the cost of a fit independent of the size of the image.
 */
final class Points {
    /** Grid points per noise deviation. */
    private static final double PER_DEVIATION = 3;

    private static final int MOST_BINNED_DIMENSIONS = 2;

    private final double[][] coordinates;
    private final double[] weight;
    private final double total;

    private Points(double[][] coordinates, double[] weight, double total) {
        this.coordinates = coordinates;
        this.weight = weight;
        this.total = total;
    }

    /**
     * {@return pixels as points}
     *
     * @param t dimensions × pixels
     * @param sigma deviation of the noise
     */
    static Points of(DenseMatrix t, double sigma) {
        return t.rows() <= MOST_BINNED_DIMENSIONS ? binned(t, sigma / PER_DEVIATION) : each(t);
    }

    /** {@return a point for each pixel} */
    static Points each(DenseMatrix t) {
        double[][] coordinates = new double[t.rows()][t.columns()];
        for (int i = 0; i < t.rows(); i++) {
            t.read(i, 0, 1, t.columns(), coordinates[i], 0, t.columns());
        }
        double[] weight = new double[t.columns()];
        Arrays.fill(weight, 1);
        return new Points(coordinates, weight, t.columns());
    }

    /** {@return the points of a grid that have pixels, in lexicographic order} */
    private static Points binned(DenseMatrix t, double width) {
        int dimensions = t.rows();
        int pixels = t.columns();
        long[] cells = new long[pixels];
        for (int j = 0; j < pixels; j++) {
            for (int i = 0; i < dimensions; i++) {
                cells[j] = (cells[j] << Integer.SIZE) + (long) Math.rint(t.get(i, j) / width);
            }
        }
        Arrays.sort(cells);
        int count = 0;
        double[] weight = new double[pixels];
        for (int j = 0; j < pixels; j++) {
            if (j == 0 || cells[j] != cells[j - 1]) {
                cells[count++] = cells[j];
            }
            weight[count - 1]++;
        }
        double[][] coordinates = new double[dimensions][count];
        for (int j = 0; j < count; j++) {
            long cell = cells[j];
            for (int i = dimensions - 1; i >= 0; i--) {
                int last = (int) cell;
                coordinates[i][j] = last * width;
                cell = cell - last >> Integer.SIZE;
            }
        }
        return new Points(coordinates, Arrays.copyOf(weight, count), pixels);
    }

    int dimensions() {
        return coordinates.length;
    }

    int count() {
        return weight.length;
    }

    /** {@return how many pixels the points stand for} */
    double total() {
        return total;
    }

    /** {@return one coordinate of every point, shared; only to be read} */
    double[] coordinate(int i) {
        return coordinates[i];
    }

    /** {@return pixels a point, shared; only to be read} */
    double[] weight() {
        return weight;
    }
}
