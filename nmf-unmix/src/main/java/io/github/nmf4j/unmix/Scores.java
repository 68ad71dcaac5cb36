package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where each pixel lies in the subspace, smoothed: invariant under a change of spectra, which a penalty on maps is not.
 *
 * @param u k × pixels: f · TV(UᵀC) with the factor f of {@link Dose}, √c where all pixels have the same dose
 * @param mean k numbers m, of the pixels weighted by 1/f²
 * @param plane k × (k − 1), orthonormal P: the leading eigenvectors of the covariance with the same weights
 * @param variances k eigenvalues of that covariance, descending
 * @param t (k − 1) × pixels: Pᵀ(u − m)
 * @param left the deviation that smoothing leaves of noise alone
 * @param sigma the deviation of the noise that is left in the scores: across their plane; {@code left} where dose varies, for
 *     nothing is across the plane once all pixels are brought to the same photons
 */
record Scores(
        DenseMatrix u, double[] mean, DenseMatrix plane, double[] variances, DenseMatrix t, double left, double sigma) {
    /** Scores that lie in their plane exactly have no noise to measure by; a millionth of their spread is taken instead. */
    private static final double FINEST = 1e-6;

    /** Any: the noise that is smoothed beside the scores is the same in every run. */
    private static final long SEED_OF_NOISE = 1;

    static Scores of(
            Subspace subspace,
            double[] relative,
            Shape shape,
            Dose dose,
            Smoothing smoothing,
            LinearAlgebraBackend backend) {
        int k = subspace.vectors().columns();
        int pixels = relative.length;
        double[] factor = factors(relative, dose);
        DenseMatrix u = smooth(subspace.projected(), factor, smoothing, shape);
        double[] mean = new double[k];
        double total = 0;
        for (double f : factor) {
            total += 1 / (f * f);
        }
        for (int a = 0; a < k; a++) {
            for (int j = 0, at = a * pixels; j < pixels; j++, at++) {
                mean[a] += u.data()[at] / (factor[j] * factor[j]);
            }
            mean[a] /= total;
        }
        DenseMatrix centred = DenseMatrix.zeros(k, pixels);
        for (int a = 0; a < k; a++) {
            for (int j = 0, at = a * pixels; j < pixels; j++, at++) {
                centred.data()[at] = (u.data()[at] - mean[a]) / (factor[j] * Math.sqrt(total));
            }
        }
        DenseMatrix covariance = DenseMatrix.zeros(k, k);
        backend.multiply(Product.ABT, centred, centred, 0, covariance);
        SymmetricEigen eigen = backend.eigen(covariance);
        DenseMatrix plane =
                Subspace.signed(eigen.vectors().slice(0, 0, k, k - 1).copy());
        for (int a = 0; a < k; a++) {
            for (int j = 0, at = a * pixels; j < pixels; j++, at++) {
                centred.data()[at] = u.data()[at] - mean[a];
            }
        }
        DenseMatrix t = DenseMatrix.zeros(k - 1, pixels);
        backend.multiply(Product.ATB, plane, centred, 0, t);
        double left = Math.sqrt(leftOfNoise(subspace.projected(), smoothing, shape) / total);
        double across = Math.sqrt(Math.max(0, eigen.values()[k - 1]));
        double least = FINEST * Math.sqrt(eigen.values()[0]);
        double sigma = Math.max(dose == Dose.SAME ? across : left, least);
        return new Scores(u, mean, plane, eigen.values(), t, left, sigma);
    }

    /**
     * {@return Σ of squares of what is left of noise of variance one} It is a channel more of the same images, so that it is
     * smoothed across their edges as little as they are.
     */
    private static double leftOfNoise(DenseMatrix projected, Smoothing smoothing, Shape shape) {
        int k = projected.rows();
        DenseMatrix beside = DenseMatrix.zeros(k + 1, projected.columns());
        beside.slice(0, 0, k, projected.columns()).set(projected);
        SplittableRandom random = new SplittableRandom(SEED_OF_NOISE);
        for (int at = k * projected.columns(); at < beside.data().length; at++) {
            beside.data()[at] = random.nextGaussian();
        }
        double[] smooth = smoothing
                .of(beside, k, shape)
                .slice(k, 0, 1, projected.columns())
                .copy()
                .data();
        return Arrays.stream(smooth).map(value -> value * value).sum();
    }

    /** {@return f of every pixel} */
    static double[] factors(double[] relative, Dose dose) {
        return Arrays.stream(relative).map(dose::factor).toArray();
    }

    /** {@return f · TV(UᵀC)} */
    static DenseMatrix smooth(DenseMatrix projected, double[] factor, Smoothing smoothing, Shape shape) {
        DenseMatrix u = smoothing.of(projected, projected.rows(), shape);
        for (int a = 0; a < u.rows(); a++) {
            for (int j = 0, at = a * u.columns(); j < u.columns(); j++, at++) {
                u.data()[at] *= factor[j];
            }
        }
        return u;
    }

    int rank() {
        return mean.length;
    }

    /** {@return the deviation of the scores across their plane beside that of noise, 1 where they lie in it} */
    double departure() {
        return Math.sqrt(Math.max(0, variances[rank() - 1])) / left;
    }

    /** {@return a length that fits the simplex: √(k Σ of the variances within the plane)} */
    double size() {
        double sum = 0;
        for (int i = 0; i < rank() - 1; i++) {
            sum += variances[i];
        }
        return Math.sqrt(rank() * sum);
    }

    /**
     * Writes a corner of a simplex in the plane as a point of the subspace, m + P·tₐ.
     *
     * @param corners coordinate i of corner a at i · k + a
     * @param a which
     * @param into k numbers
     */
    void corner(double[] corners, int a, double[] into) {
        int k = rank();
        for (int r = 0; r < k; r++) {
            double sum = mean[r];
            for (int i = 0; i < k - 1; i++) {
                sum += plane.get(r, i) * corners[i * k + a];
            }
            into[r] = sum;
        }
    }

    /**
     * {@return corners in coordinates of the plane, the nearest points of it, as {@link #corner} reads them}
     *
     * @param points k × k, a corner a column, as points of the subspace
     */
    double[] coordinates(DenseMatrix points) {
        int k = rank();
        double[] corners = new double[k * (k - 1)];
        for (int i = 0; i < k - 1; i++) {
            for (int a = 0; a < k; a++) {
                for (int r = 0; r < k; r++) {
                    corners[i * k + a] += plane.get(r, i) * (points.get(r, a) - mean[r]);
                }
            }
        }
        return corners;
    }
}
