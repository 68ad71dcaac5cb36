package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;

/** Proportions of the corners of a simplex at each pixel: argmin ‖uⱼ − V·h‖ over h ≥ 0, Σh = 1. */
final class Proportions {
    /** Pixels that one task works through; each begins from the proportions of the pixel before. */
    private static final int SPAN = 4096;

    private Proportions() {}

    /**
     * {@return corners × pixels}
     *
     * @param corners k × k, a corner a column
     * @param u k × pixels
     * @param blocks threads to share the work
     */
    static DenseMatrix of(DenseMatrix corners, DenseMatrix u, Blocks blocks) {
        int k = corners.columns();
        int pixels = u.columns();
        double[][] gram = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                for (int r = 0; r < k; r++) {
                    gram[a][b] += corners.get(r, a) * corners.get(r, b);
                }
            }
        }
        DenseMatrix h = DenseMatrix.zeros(k, pixels);
        blocks.share((pixels + SPAN - 1) / SPAN, task -> {
            NonNegativeQuadratic nearest = new NonNegativeQuadratic(gram, NonNegativeQuadratic.Sum.ONE);
            double[] pixel = new double[k];
            double[] products = new double[k];
            double[] proportions = new double[k];
            proportions[0] = 1;
            for (int j = task * SPAN, end = Math.min(pixels, j + SPAN); j < end; j++) {
                u.readTransposed(0, j, k, 1, pixel, 0, k);
                DenseProducts.multiplyTransposed(corners, pixel, products);
                nearest.minimize(products, proportions);
                for (int a = 0; a < k; a++) {
                    h.set(a, j, proportions[a]);
                }
            }
        });
        return h;
    }
}
