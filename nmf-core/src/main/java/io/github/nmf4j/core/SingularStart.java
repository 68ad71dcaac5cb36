package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The leading singular triplets of X, and the non-negative factors that NNDSVD makes of them.
 *
 * <p>Where the smaller side of X is short its Gram matrix is formed and decomposed. Otherwise a random subspace is iterated
 * (Halko, Martinsson &amp; Tropp 2011, SIAM Review 53(2), 217–288: ten more directions than asked for, four rounds, orthonormal
 * again after each product), which reads X ten times.
 */
final class SingularStart {
    private static final int EXACT_SIDE = 256;
    private static final long EXACT_ENTRIES = 1L << 23;
    private static final int OVERSAMPLING = 10;
    private static final int ROUNDS = 4;
    private static final double NEGLIGIBLE = 1e-6;

    private SingularStart() {}

    /** Singular vectors as rows, with their values. */
    private record Triplets(double[] values, DenseMatrix left, DenseMatrix right) {}

    static void write(StartData data, DenseMatrix w, DenseMatrix h) {
        int rank = h.rows();
        Triplets svd = leading(data, Math.min(rank, Math.min(data.rows(), data.columns())));
        for (int c = 0; c < rank; c++) {
            if (c < svd.values.length && svd.values[c] > 0) {
                component(svd, c, w, h);
            }
        }
    }

    private static void component(Triplets svd, int c, DenseMatrix w, DenseMatrix h) {
        double up = norm(svd.left, c, 1) * norm(svd.right, c, 1);
        double down = norm(svd.left, c, -1) * norm(svd.right, c, -1);
        double sign = up >= down ? 1 : -1;
        double product = Math.max(up, down);
        if (!(product > 0)) {
            return;
        }
        // The first pair has one sign (Perron–Frobenius), so its norms are 1 and this is √σ·|u|, √σ·|v|.
        double root = Math.sqrt(svd.values[c] * product);
        part(svd.left, c, sign, root / norm(svd.left, c, sign), w);
        part(svd.right, c, sign, root / norm(svd.right, c, sign), h);
    }

    private static double norm(DenseMatrix rows, int c, double sign) {
        double sum = 0;
        for (int j = 0; j < rows.columns(); j++) {
            double part = Math.max(0.0, sign * rows.get(c, j));
            sum += part * part;
        }
        return Math.sqrt(sum);
    }

    private static void part(DenseMatrix rows, int c, double sign, double factor, DenseMatrix into) {
        for (int j = 0; j < rows.columns(); j++) {
            double value = factor * Math.max(0.0, sign * rows.get(c, j));
            into.set(c, j, value < NEGLIGIBLE ? 0.0 : value);
        }
    }

    static void fillZeros(
            StartData data, Factor factor, DenseMatrix values, ToDoubleFunction<SplittableRandom> filling) {
        for (int j = 0; j < values.columns(); j++) {
            SplittableRandom random = data.random(factor, j);
            for (int c = 0; c < values.rows(); c++) {
                if (values.get(c, j) == 0) {
                    values.set(c, j, filling.applyAsDouble(random));
                }
            }
        }
    }

    private static Triplets leading(StartData data, int count) {
        boolean wide = data.rows() <= data.columns();
        int side = Math.min(data.rows(), data.columns());
        long entries = (long) data.rows() * data.columns();
        DenseMatrix basis = side <= EXACT_SIDE && entries <= EXACT_ENTRIES
                ? identity(side)
                : subspace(data, wide, Math.min(side, count + OVERSAMPLING));
        Factor across = wide ? Factor.H : Factor.W;
        // With orthonormal rows Q of the short side, B = Q·X is small: B·Bᵀ = U·Σ²·Uᵀ.
        DenseMatrix b = data.times(across, basis);
        DenseMatrix gram = DenseMatrix.zeros(basis.rows(), basis.rows());
        data.backend().multiply(Product.ABT, b, b, 0, gram);
        SymmetricEigen eigen = data.backend().eigen(gram);
        double[] values = new double[count];
        DenseMatrix leading = eigen.vectors().slice(0, 0, basis.rows(), count);
        DenseMatrix near = DenseMatrix.zeros(count, side);
        data.backend().multiply(Product.ATB, leading, basis, 0, near);
        DenseMatrix far = DenseMatrix.zeros(count, b.columns());
        data.backend().multiply(Product.ATB, leading, b, 0, far);
        for (int c = 0; c < count; c++) {
            values[c] = Math.sqrt(Math.max(0.0, eigen.values()[c]));
            for (int j = 0; j < far.columns(); j++) {
                far.set(c, j, values[c] > 0 ? far.get(c, j) / values[c] : 0.0);
            }
        }
        return wide ? new Triplets(values, near, far) : new Triplets(values, far, near);
    }

    private static DenseMatrix identity(int n) {
        DenseMatrix identity = DenseMatrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        return identity;
    }

    /** Orthonormal rows that nearly span the leading singular vectors of the short side. */
    private static DenseMatrix subspace(StartData data, boolean wide, int size) {
        Factor across = wide ? Factor.H : Factor.W;
        DenseMatrix far = DenseMatrix.zeros(size, Math.max(data.rows(), data.columns()));
        for (int j = 0; j < far.columns(); j++) {
            SplittableRandom random = data.random(across, j);
            for (int c = 0; c < size; c++) {
                far.set(c, j, random.nextDouble() - 0.5);
            }
        }
        DenseMatrix near = data.times(across.other(), far);
        orthonormalize(near);
        for (int round = 0; round < ROUNDS; round++) {
            far = data.times(across, near);
            orthonormalize(far);
            near = data.times(across.other(), far);
            orthonormalize(near);
        }
        return near;
    }

    /** Modified Gram–Schmidt, twice, on rows; a row that vanishes becomes 0. */
    private static void orthonormalize(DenseMatrix rows) {
        for (int c = 0; c < rows.rows(); c++) {
            double before = Math.sqrt(dot(rows, c, c));
            for (int pass = 0; pass < 2; pass++) {
                for (int d = 0; d < c; d++) {
                    subtract(rows, c, d, dot(rows, c, d));
                }
            }
            double norm = Math.sqrt(dot(rows, c, c));
            double factor = norm > 1e-12 * before ? 1 / norm : 0.0;
            for (int j = 0; j < rows.columns(); j++) {
                rows.set(c, j, rows.get(c, j) * factor);
            }
        }
    }

    private static double dot(DenseMatrix rows, int c, int d) {
        double sum = 0;
        for (int j = 0; j < rows.columns(); j++) {
            sum += rows.get(c, j) * rows.get(d, j);
        }
        return sum;
    }

    private static void subtract(DenseMatrix rows, int c, int d, double factor) {
        for (int j = 0; j < rows.columns(); j++) {
            rows.set(c, j, rows.get(c, j) - factor * rows.get(d, j));
        }
    }
}
