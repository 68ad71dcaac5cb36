package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;
import java.util.Arrays;

/**
 * Smooths images of several channels, all at once: argmin ½‖U − Z‖² + λ Σ ‖∇U‖₂, the norm of a pixel taken over both directions
 * and all channels, so that edges stay where the channels share them.
 *
 * <p>Vector total variation of Bresson &amp; Chan (2008), Inverse Problems and Imaging 2(4), 455–484; forward differences, free
 * border. By {@value #ITERATIONS} accelerated projected gradient steps on the dual: Beck &amp; Teboulle (2009), IEEE
 * Transactions on Image Processing 18(11), 2419–2434.
 */
final class VectorTotalVariation {
    static final int ITERATIONS = 60;

    /** Of the step: ‖∇‖² ≤ 8 on a grid of two directions. */
    private static final double LIPSCHITZ = 8;

    private final double lambda;
    private final int height;
    private final int width;
    private final int channels;

    /**
     * Dual fields, a channel's [0] downward and [1] to the right. They stay 0 where there is no neighbour, which spares the
     * border its own formulas.
     */
    private final double[][][] field;

    private final double[][][] before;
    private final double[] primal;
    private final double[] norm;

    private VectorTotalVariation(double lambda, Shape shape, int channels) {
        this.lambda = lambda;
        this.height = shape.height();
        this.width = shape.width();
        this.channels = channels;
        int pixels = height * width;
        this.field = new double[channels][2][pixels];
        this.before = new double[channels][2][pixels];
        this.primal = new double[pixels];
        this.norm = new double[pixels];
    }

    /**
     * {@return the smoothed images}
     *
     * @param z channels × pixels, without gaps; only read
     * @param shape of the image, pixel = row · width + column
     * @param lambda in units of the noise
     */
    static DenseMatrix smooth(DenseMatrix z, Shape shape, double lambda) {
        VectorTotalVariation variation = new VectorTotalVariation(lambda, shape, z.rows());
        double momentum = 1;
        for (int i = 0; i < ITERATIONS; i++) {
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            variation.step(z, (momentum - 1) / next);
            momentum = next;
        }
        DenseMatrix smooth = DenseMatrix.zeros(z.rows(), z.columns());
        for (int c = 0; c < z.rows(); c++) {
            variation.primal(z, c, variation.before[c]);
            System.arraycopy(variation.primal, 0, smooth.data(), c * z.columns(), z.columns());
        }
        return smooth;
    }

    /** y ← project(q + ∇(Z − ∇ᵀq)/8); q ← y + β(y − g); g ← y. */
    private void step(DenseMatrix z, double beta) {
        Arrays.fill(norm, 0);
        for (int c = 0; c < channels; c++) {
            primal(z, c, field[c]);
            ascend(field[c][0], field[c][1]);
        }
        for (int j = 0; j < norm.length; j++) {
            norm[j] = 1 / Math.max(1, Math.sqrt(norm[j]) / lambda);
        }
        for (int c = 0; c < channels; c++) {
            for (int direction = 0; direction < 2; direction++) {
                extrapolate(field[c][direction], before[c][direction], beta);
            }
        }
    }

    /** primal ← z − ∇ᵀq. */
    private void primal(DenseMatrix z, int channel, double[][] q) {
        double[] down = q[0];
        double[] right = q[1];
        int from = z.offset() + channel * z.stride();
        for (int i = 0, j = 0; i < height; i++) {
            primal[j] = z.data()[from + j] + down[j] + right[j];
            j++;
            for (int end = (i + 1) * width; j < end; j++) {
                primal[j] = z.data()[from + j] + down[j] + right[j] - right[j - 1];
            }
        }
        for (int j = width; j < primal.length; j++) {
            primal[j] -= down[j - width];
        }
    }

    /** Adds ∇primal/8 to a channel's fields and their squares to the norms. */
    private void ascend(double[] down, double[] right) {
        int pixels = primal.length;
        for (int j = 0; j < pixels - width; j++) {
            down[j] += (primal[j + width] - primal[j]) / LIPSCHITZ;
            norm[j] += down[j] * down[j];
        }
        for (int i = 0; i < height; i++) {
            for (int j = i * width, end = j + width - 1; j < end; j++) {
                right[j] += (primal[j + 1] - primal[j]) / LIPSCHITZ;
                norm[j] += right[j] * right[j];
            }
        }
    }

    private void extrapolate(double[] q, double[] g, double beta) {
        for (int j = 0; j < q.length; j++) {
            double y = q[j] * norm[j];
            q[j] = y + beta * (y - g[j]);
            g[j] = y;
        }
    }
}
