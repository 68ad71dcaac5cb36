package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;
import java.util.Arrays;

/**
 * Pixels without a single count in an image whose other pixels have many: they were not measured, or show nothing. They are
 * filled with the mean of their neighbours, from the edge of a gap inwards, so that they pull no statistic towards zero.
 *
 * <p>Where counts are few, an empty pixel is a measurement like any other and is left alone.
 */
final class EmptyPixels {
    /** At this mean a pixel has no count by chance once in 10⁹. */
    private static final double MANY = 20;

    private static final int NEIGHBOURS = 4;
    private static final int NONE = -1;

    /** The empty pixels in the order in which they are filled, and the neighbours that each is the mean of. */
    private final int[] order;

    private final int[][] sources;

    private EmptyPixels(int[] order, int[][] sources) {
        this.order = order;
        this.sources = sources;
    }

    static EmptyPixels of(double[] counts, Shape shape) {
        int empty = (int) Arrays.stream(counts).filter(count -> count == 0).count();
        if (empty == 0 || Arrays.stream(counts).sum() < MANY * (counts.length - empty)) {
            return new EmptyPixels(new int[0], new int[0][]);
        }
        int[] order = new int[empty];
        int[][] sources = new int[empty][];
        boolean[] known = new boolean[counts.length];
        for (int j = 0; j < counts.length; j++) {
            known[j] = counts[j] > 0;
        }
        int filled = 0;
        while (filled < empty) { // one layer of every gap a round
            int layer = filled;
            for (int j = 0; j < counts.length; j++) {
                int[] near = known[j] ? new int[0] : near(j, shape, known);
                if (near.length > 0) {
                    order[layer] = j;
                    sources[layer++] = near;
                }
            }
            for (; filled < layer; filled++) {
                known[order[filled]] = true;
            }
        }
        return new EmptyPixels(order, sources);
    }

    private static int[] near(int pixel, Shape shape, boolean[] known) {
        int row = pixel / shape.width();
        int column = pixel % shape.width();
        int[] near = {
            row > 0 ? pixel - shape.width() : NONE,
            row + 1 < shape.height() ? pixel + shape.width() : NONE,
            column > 0 ? pixel - 1 : NONE,
            column + 1 < shape.width() ? pixel + 1 : NONE
        };
        int count = 0;
        for (int n = 0; n < NEIGHBOURS; n++) {
            if (near[n] != NONE && known[near[n]]) {
                near[count++] = near[n];
            }
        }
        return Arrays.copyOf(near, count);
    }

    int count() {
        return order.length;
    }

    /** Gives the empty pixels of one image the means of their neighbours. */
    void fill(double[] image) {
        fill(DenseMatrix.wrap(1, image.length, image));
    }

    /** Fills each row, an image. */
    void fill(DenseMatrix images) {
        for (int r = 0; r < images.rows() && order.length > 0; r++) {
            int from = images.offset() + r * images.stride();
            for (int e = 0; e < order.length; e++) {
                double sum = 0;
                for (int source : sources[e]) {
                    sum += images.data()[from + source];
                }
                images.data()[from + order[e]] = sum / sources[e].length;
            }
        }
    }

    /** Sets the empty pixels of each row to 0. */
    void clear(DenseMatrix images) {
        for (int r = 0; r < images.rows(); r++) {
            for (int pixel : order) {
                images.data()[images.offset() + r * images.stride() + pixel] = 0;
            }
        }
    }

    /** The transpose of {@link #fill}: hands what an empty pixel holds back to those it is the mean of. */
    void handBack(DenseMatrix images) {
        for (int r = 0; r < images.rows(); r++) {
            int from = images.offset() + r * images.stride();
            for (int e = order.length - 1; e >= 0; e--) {
                double share = images.data()[from + order[e]] / sources[e].length;
                images.data()[from + order[e]] = 0;
                for (int source : sources[e]) {
                    images.data()[from + source] += share;
                }
            }
        }
    }
}
