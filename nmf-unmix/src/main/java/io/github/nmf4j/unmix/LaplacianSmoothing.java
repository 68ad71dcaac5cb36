package io.github.nmf4j.unmix;

import io.github.nmf4j.api.Shape;

/**
 * Applies (I + τΔ)⁻¹ to an image, Δ the graph Laplacian of the pixel grid with free borders.
 *
 * <p>The spectrum of I + τΔ lies within [1, 1 + 8τ], so Chebyshev's iteration needs no inner products: Golub &amp; Van Loan,
 * Matrix Computations, 4th edition, §11.2.8. {@value #ITERATIONS} steps leave 1e-13 of the error at τ = 2.
 */
final class LaplacianSmoothing {
    private static final int ITERATIONS = 62;

    private final double tau;
    private final int height;
    private final int width;
    private final double[] right;
    private final double[] at;
    private final double[] before;
    private final double[] residual;

    LaplacianSmoothing(Shape shape, double tau) {
        this.tau = tau;
        this.height = shape.height();
        this.width = shape.width();
        int pixels = height * width;
        this.right = new double[pixels];
        this.at = new double[pixels];
        this.before = new double[pixels];
        this.residual = new double[pixels];
    }

    /** {@return the mean variance that white noise of variance one is left with} By the eigenvalues of Δ, cosines. */
    static double noise(Shape shape, double tau) {
        double sum = 0;
        for (int i = 0; i < shape.height(); i++) {
            for (int j = 0; j < shape.width(); j++) {
                double eigenvalue =
                        4 - 2 * Math.cos(Math.PI * i / shape.height()) - 2 * Math.cos(Math.PI * j / shape.width());
                double response = 1 / (1 + tau * eigenvalue);
                sum += response * response;
            }
        }
        return sum / shape.pixels();
    }

    /**
     * Overwrites one image with the smoothed one.
     *
     * @param image pixels from {@code offset}, row after row
     * @param offset index of the first pixel
     */
    void apply(double[] image, int offset) {
        double centre = 1 + 4 * tau;
        double ratio = 4 * tau / centre;
        System.arraycopy(image, offset, right, 0, right.length);
        for (int j = 0; j < at.length; j++) {
            before[j] = 0;
            at[j] = right[j] / centre;
        }
        double omega = 2;
        for (int i = 0; i < ITERATIONS; i++) {
            omega = 1 / (1 - ratio * ratio * omega / 4);
            residual();
            for (int j = 0; j < at.length; j++) {
                double next = omega * (at[j] + residual[j] / centre - before[j]) + before[j];
                before[j] = at[j];
                at[j] = next;
            }
        }
        System.arraycopy(at, 0, image, offset, at.length);
    }

    /** residual ← right − (I + τΔ)·at. */
    private void residual() {
        for (int j = 0; j < at.length; j++) {
            residual[j] = right[j] - at[j];
        }
        for (int j = 0; j < at.length - width; j++) {
            double flow = tau * (at[j + width] - at[j]);
            residual[j] += flow;
            residual[j + width] -= flow;
        }
        for (int i = 0; i < height; i++) {
            for (int j = i * width, end = j + width - 1; j < end; j++) {
                double flow = tau * (at[j + 1] - at[j]);
                residual[j] += flow;
                residual[j + 1] -= flow;
            }
        }
    }
}
