package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SymmetricEigen;

/**
 * Where each pixel lies in the subspace, smoothed: invariant under a change of spectra, which a penalty on maps is not.
 *
 * @param u k × pixels: √c · TV(UᵀC)
 * @param mean k numbers m, of the pixels weighted by 1/c
 * @param plane k × (k − 1), orthonormal P: the leading eigenvectors of the covariance with the same weights
 * @param variances k eigenvalues of that covariance, descending
 * @param t (k − 1) × pixels: Pᵀ(u − m)
 */
record Scores(DenseMatrix u, double[] mean, DenseMatrix plane, double[] variances, DenseMatrix t) {
    /** Scores that lie in their plane exactly have no noise to measure by; a millionth of their spread is taken instead. */
    private static final double FINEST = 1e-6;

    static Scores of(Subspace subspace, double[] dose, Shape shape, LinearAlgebraBackend backend) {
        int k = subspace.vectors().columns();
        int pixels = dose.length;
        DenseMatrix u = smooth(subspace.projected(), dose, shape);
        double[] mean = new double[k];
        double total = 0;
        for (double c : dose) {
            total += 1 / c;
        }
        for (int a = 0; a < k; a++) {
            for (int j = 0, at = a * pixels; j < pixels; j++, at++) {
                mean[a] += u.data()[at] / dose[j];
            }
            mean[a] /= total;
        }
        DenseMatrix centred = DenseMatrix.zeros(k, pixels);
        for (int a = 0; a < k; a++) {
            for (int j = 0, at = a * pixels; j < pixels; j++, at++) {
                centred.data()[at] = (u.data()[at] - mean[a]) / Math.sqrt(dose[j] * total);
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
        return new Scores(u, mean, plane, eigen.values(), t);
    }

    /** {@return √c · TV(UᵀC)} */
    static DenseMatrix smooth(DenseMatrix projected, double[] dose, Shape shape) {
        DenseMatrix u = VectorTotalVariation.smooth(projected, shape, Whitening.LAMBDA);
        for (int a = 0; a < u.rows(); a++) {
            for (int j = 0, at = a * u.columns(); j < u.columns(); j++, at++) {
                u.data()[at] *= Math.sqrt(dose[j]);
            }
        }
        return u;
    }

    int rank() {
        return mean.length;
    }

    /** {@return the deviation of the noise that is left in the scores: across their plane} */
    double sigma() {
        double least = FINEST * FINEST * variances[0];
        return Math.sqrt(Math.max(variances[rank() - 1], least));
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
}
