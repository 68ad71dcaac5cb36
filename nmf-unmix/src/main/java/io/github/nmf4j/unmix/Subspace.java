package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SymmetricEigen;
import java.util.SplittableRandom;

/**
 * The leading directions of the whitened image once it is smoothed: the span of the spectra, as far as the noise lets see it.
 *
 * @param vectors coordinates × k, orthonormal: the leading eigenvectors of YYᵀ/p with Y = C·(I + 2Δ)⁻¹
 * @param projected k × pixels, {@code vectorsᵀ·C}
 * @param values eigenvalues of YYᵀ/p, descending: k of them and at least one more, where there is one
 * @param noise what they would be of noise alone, on average
 */
record Subspace(DenseMatrix vectors, DenseMatrix projected, double[] values, double noise) {
    /** Weight of the Laplacian. */
    private static final double TAU = 2;

    /** Directions kept beside the k wanted ones while the eigenvectors are iterated. */
    private static final int SPARE = 12;

    private static final int MOST_PASSES = 20;
    private static final double SETTLED = 1e-9;

    /** Eigenvalues below this share of the first are those of rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * {@return the subspace}
     *
     * @param image the whitened image
     * @param rank k
     * @param shape of the image
     * @param seed of the first guess, where one is needed
     */
    static Subspace of(WhitenedImage image, int rank, Shape shape, long seed) {
        int some = rank + SPARE;
        return image.coordinates() <= some ? direct(image, rank, shape) : iterated(image, rank, some, shape, seed);
    }

    /** {@return by how much the last of the k eigenvalues exceeds the next, or the noise where there is no next, relatively} */
    double gap() {
        int k = vectors.columns();
        double below = values.length > k ? values[k] : noise;
        return values[k - 1] / Math.max(below, ROUNDING * values[0]) - 1;
    }

    /** All coordinates are few enough to be held. */
    static Subspace direct(WhitenedImage image, int rank, Shape shape) {
        DenseMatrix c = image.all();
        DenseMatrix y = c.copy();
        smooth(image, y, shape);
        SymmetricEigen eigen = image.backend().eigen(moments(y, image.backend()));
        DenseMatrix u = signed(eigen.vectors().slice(0, 0, c.rows(), rank).copy());
        DenseMatrix projected = DenseMatrix.zeros(rank, c.columns());
        image.backend().multiply(Product.ATB, u, c, 0, projected);
        return new Subspace(u, projected, eigen.values(), LaplacianSmoothing.noise(shape, TAU));
    }

    /**
     * Subspace iteration on YYᵀ by products with C, two passes over X an iteration, until the k leading Ritz values have
     * settled: Golub &amp; Van Loan, Matrix Computations, 4th edition, §8.2.4.
     */
    static Subspace iterated(WhitenedImage image, int rank, int some, Shape shape, long seed) {
        LinearAlgebraBackend backend = image.backend();
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix v = DenseMatrix.zeros(image.coordinates(), some);
        for (int e = 0; e < v.data().length; e++) {
            v.data()[e] = random.nextDouble() - 0.5;
        }
        v = orthonormal(v, backend);
        double[] values = new double[some];
        boolean settled = false;
        for (int pass = 0; pass < MOST_PASSES && !settled; pass++) {
            DenseMatrix y = image.times(v);
            smooth(image, y, shape);
            SymmetricEigen ritz = backend.eigen(moments(y, backend));
            settled = true;
            for (int c = 0; c < rank; c++) {
                settled &= Math.abs(ritz.values()[c] - values[c]) <= SETTLED * ritz.values()[c];
            }
            values = ritz.values();
            DenseMatrix turned = DenseMatrix.zeros(v.rows(), some);
            if (settled) {
                backend.multiply(Product.AB, v, ritz.vectors(), 0, turned);
                v = turned;
            } else {
                smooth(image, y, shape);
                backend.multiply(Product.AB, image.timesTransposed(y), ritz.vectors(), 0, turned);
                v = orthonormal(turned, backend);
            }
        }
        DenseMatrix u = signed(v.slice(0, 0, v.rows(), rank).copy());
        return new Subspace(u, image.times(u), values, LaplacianSmoothing.noise(shape, TAU));
    }

    private static void smooth(WhitenedImage image, DenseMatrix rows, Shape shape) {
        image.x().share(rows.rows(), r -> new LaplacianSmoothing(shape, TAU).apply(rows.data(), r * rows.stride()));
    }

    /** {@return YYᵀ/p} */
    private static DenseMatrix moments(DenseMatrix y, LinearAlgebraBackend backend) {
        DenseMatrix moments = DenseMatrix.zeros(y.rows(), y.rows());
        backend.multiply(Product.ABT, y, y, 0, moments);
        moments.scale(1.0 / y.columns());
        return moments;
    }

    /** Columns become orthonormal, twice Gram–Schmidt: the leading ones keep their span. */
    private static DenseMatrix orthonormal(DenseMatrix v, LinearAlgebraBackend backend) {
        DenseMatrix rows = v.transposed();
        int n = rows.columns();
        for (int c = 0; c < rows.rows(); c++) {
            DenseMatrix row = rows.slice(c, 0, 1, n);
            for (int round = 0; round < 2 && c > 0; round++) {
                DenseMatrix before = rows.slice(0, 0, c, n);
                DenseMatrix along = DenseMatrix.zeros(1, c);
                backend.multiply(Product.ABT, row, before, 0, along);
                along.scale(-1);
                DenseMatrix correction = DenseMatrix.zeros(1, n);
                backend.multiply(Product.AB, along, before, 0, correction);
                for (int i = 0; i < n; i++) {
                    row.set(0, i, row.get(0, i) + correction.get(0, i));
                }
            }
            double square = 0;
            for (int i = 0; i < n; i++) {
                square += row.get(0, i) * row.get(0, i);
            }
            row.scale(square > 0 ? 1 / Math.sqrt(square) : 0);
        }
        return rows.transposed();
    }

    /** Turns each column so that its largest entry is positive: eigenvectors have no sign of their own. */
    static DenseMatrix signed(DenseMatrix vectors) {
        for (int c = 0; c < vectors.columns(); c++) {
            double largest = 0;
            for (int i = 0; i < vectors.rows(); i++) {
                largest = Math.abs(vectors.get(i, c)) > Math.abs(largest) ? vectors.get(i, c) : largest;
            }
            if (largest < 0) {
                vectors.slice(0, c, vectors.rows(), 1).scale(-1);
            }
        }
        return vectors;
    }
}
