package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;

/**
 * How much of another component could be taken out of each spectrum before what is left is no possible spectrum.
 *
 * <p>The smallest simplex around the pixels has its corners where the purest pixels are. Where no pixel is pure, a corner is
 * a mixture, and the pixels cannot tell: W·A and A⁻¹·H describe them as well. That a spectrum has channels or atoms of its own
 * can: then nothing can be taken out of it.
 */
final class Room {
    /** Larger room than this is not told apart. */
    static final double MOST = 8;

    /** What is so near the cone, relatively, counts as possible: one degree, about what answers are off by. */
    private static final double NEAR = 0.02;

    private static final int HALVINGS = 30;

    private Room() {}

    /**
     * {@return for each corner the largest s for which v + s·(v − v′) is possible with some other corner v′: its share in its
     * purest pixel may be as low as 1/(1 + s)}
     *
     * @param spectra coordinates × k, a corner a column
     * @param cone the possible spectra
     */
    static double[] of(DenseMatrix spectra, SpectralCone cone) {
        int n = spectra.rows();
        int k = spectra.columns();
        double[][] corners = new double[k][n];
        for (int a = 0; a < k; a++) {
            spectra.readTransposed(0, a, n, 1, corners[a], 0, n);
        }
        double[] room = new double[k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                room[a] = a == b ? room[a] : Math.max(room[a], along(corners[a], corners[b], cone));
            }
        }
        return room;
    }

    private static double along(double[] corner, double[] other, SpectralCone cone) {
        double[] point = new double[corner.length];
        double[] residual = new double[corner.length];
        double[] coefficients = new double[cone.coefficients()];
        double possible = 0;
        double limit = MOST;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double s = halving == 0 ? MOST : (possible + limit) / 2;
            double square = 0;
            for (int i = 0; i < point.length; i++) {
                point[i] = corner[i] + s * (corner[i] - other[i]);
                square += point[i] * point[i];
            }
            if (cone.nearest(point, coefficients, residual) <= NEAR * NEAR * square) {
                possible = s;
            } else {
                limit = s;
            }
            if (possible == MOST) {
                break;
            }
        }
        return possible;
    }
}
