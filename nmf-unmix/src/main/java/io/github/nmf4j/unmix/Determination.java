package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;

/**
 * Whether the pixels that touch each facet hold it along its whole extent: a facet that is touched at one end only can pivot,
 * and the volume alone then decides where it goes.
 *
 * @param support sₐ of each facet a, opposite corner a: how far the pixels in contact spread along the direction they spread
 *     least in, in units of barycentric coordinates; 1 for two components, whose facets are points
 * @param threshold what the least must reach
 */
record Determination(double[] support, double threshold) {
    private static final double THRESHOLD = 0.2;

    /**
     * {@return the support of each facet of a simplex}
     *
     * @param simplex that holds the points
     * @param points weighted by pixels · φ(d)/Φ(d), d the distance from the facet in deviations of the noise
     * @param sigma deviation of the noise
     * @param backend of eigenvalues
     */
    static Determination of(Barycentric simplex, Points points, double sigma, LinearAlgebraBackend backend) {
        int k = simplex.corners();
        double[][] h = new double[k][points.count()];
        for (int a = 0; a < k; a++) {
            simplex.coordinates(a, points, h[a]);
        }
        double[] support = new double[k];
        for (int a = 0; a < k; a++) {
            support[a] = k == 2 ? 1 : spread(a, h, weights(h[a], simplex.slope(a) * sigma, points.weight()), backend);
        }
        return new Determination(support, THRESHOLD / ((k - 1.0) * (k - 1.0)));
    }

    /** {@return whether every facet is held} */
    boolean held() {
        for (double s : support) {
            if (!(s >= threshold)) {
                return false;
            }
        }
        return true;
    }

    private static double[] weights(double[] h, double unit, double[] pixels) {
        NormalTail tail = new NormalTail();
        double[] weights = new double[h.length];
        for (int j = 0; j < h.length; j++) {
            tail.at(h[j] / unit);
            weights[j] = pixels[j] * tail.ratio();
        }
        return weights;
    }

    /** √(λ/2), λ the last but one eigenvalue of the covariance of the coordinates but a; the last is that of their sum. */
    private static double spread(int a, double[][] h, double[] weights, LinearAlgebraBackend backend) {
        int k = h.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[][] centred = new double[k - 1][];
        for (int b = 0, at = 0; b < k; b++) {
            if (b != a) {
                centred[at++] = centred(h[b], weights, total);
            }
        }
        DenseMatrix covariance = DenseMatrix.zeros(k - 1, k - 1);
        for (int b = 0; b < k - 1; b++) {
            for (int c = 0; c <= b; c++) {
                double sum = 0;
                for (int j = 0; j < weights.length; j++) {
                    sum += weights[j] * centred[b][j] * centred[c][j];
                }
                covariance.set(b, c, sum / total);
            }
        }
        double[] values = backend.eigen(covariance).values();
        return Math.sqrt(Math.max(0, values[k - 3]) / 2);
    }

    private static double[] centred(double[] values, double[] weights, double total) {
        double mean = 0;
        for (int j = 0; j < values.length; j++) {
            mean += weights[j] * values[j];
        }
        mean /= total;
        double[] centred = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            centred[j] = values[j] - mean;
        }
        return centred;
    }
}
