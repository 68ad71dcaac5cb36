package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.SymmetricEigen;

/**
 * Orthonormal coordinates for whitened spectra: those of the span of a dictionary, or all channels.
 *
 * @param vectors channels × r: S⁻¹Q with QᵀQ = I, so that {@code vectorsᵀ·X} are the coordinates of whitened pixels; null for
 *     all channels, where it would be the diagonal S⁻¹
 * @param inverseDeviation 1/s of each channel
 * @param cone the possible spectra in these coordinates
 */
record Basis(DenseMatrix vectors, double[] inverseDeviation, SpectralCone cone) {
    /**
     * Eigenvalues of the Gram matrix below this share of the largest belong to directions that atoms hardly differ in. A cone
     * has no use for them, which only large weights of opposite signs could reach.
     */
    private static final double DEPENDENT = 1e-12;

    /** {@return how many coordinates} */
    int size() {
        return vectors == null ? inverseDeviation.length : vectors.columns();
    }

    /** {@return all channels; every spectrum without negative channels is possible} */
    static Basis ofChannels(double[] deviation) {
        return new Basis(null, inverse(deviation), new SpectralCone.Orthant(deviation.length));
    }

    /**
     * {@return the span of a dictionary: S⁻¹G = Q·R by the eigenvectors of its Gram matrix, applied twice so that Q is orthonormal
     * to rounding; non-negative combinations of atoms are possible}
     *
     * @param g channels × atoms
     */
    static Basis of(DenseMatrix g, double[] deviation, LinearAlgebraBackend backend) {
        double[] inverse = inverse(deviation);
        DenseMatrix whitened = scaled(g, inverse);
        DenseMatrix q = orthonormal(orthonormal(whitened, backend), backend);
        DenseMatrix r = DenseMatrix.zeros(q.columns(), g.columns());
        backend.multiply(Product.ATB, q, whitened, 0, r);
        double[][] atoms = new double[g.columns()][r.rows()];
        for (int a = 0; a < atoms.length; a++) {
            r.readTransposed(0, a, r.rows(), 1, atoms[a], 0, r.rows());
        }
        return new Basis(scaled(q, inverse), inverse, new SpectralCone.Combinations(atoms));
    }

    private static DenseMatrix orthonormal(DenseMatrix a, LinearAlgebraBackend backend) {
        DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
        backend.multiply(Product.ATB, a, a, 0, gram);
        SymmetricEigen eigen = backend.eigen(gram);
        double[] values = eigen.values();
        int rank = 0;
        while (rank < values.length && values[rank] > DEPENDENT * values[0] && values[rank] > 0) {
            rank++;
        }
        if (rank == 0) {
            throw new InvalidInputException("a dictionary must have an atom that is not zero: all are");
        }
        DenseMatrix turned = eigen.vectors().slice(0, 0, a.columns(), rank).copy();
        for (int q = 0; q < turned.rows(); q++) {
            for (int c = 0; c < rank; c++) {
                turned.set(q, c, turned.get(q, c) / Math.sqrt(values[c]));
            }
        }
        DenseMatrix q = DenseMatrix.zeros(a.rows(), rank);
        backend.multiply(Product.AB, a, turned, 0, q);
        return q;
    }

    private static double[] inverse(double[] deviation) {
        double[] inverse = new double[deviation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / deviation[i];
        }
        return inverse;
    }

    /** {@return a copy whose row i is multiplied by factor i} */
    private static DenseMatrix scaled(DenseMatrix matrix, double[] factor) {
        DenseMatrix scaled = matrix.copy();
        for (int i = 0; i < factor.length; i++) {
            scaled.slice(i, 0, 1, scaled.columns()).scale(factor[i]);
        }
        return scaled;
    }

    /** {@return S⁻¹Q·v: what X is multiplied by to get its coordinates along the columns of v} */
    DenseMatrix towards(DenseMatrix v, LinearAlgebraBackend backend) {
        if (vectors == null) {
            return scaled(v, inverseDeviation);
        }
        DenseMatrix product = DenseMatrix.zeros(vectors.rows(), v.columns());
        backend.multiply(Product.AB, vectors, v, 0, product);
        return product;
    }

    /** {@return the coordinates of S⁻¹·m, m with a column a spectrum} */
    DenseMatrix coordinates(DenseMatrix m, LinearAlgebraBackend backend) {
        if (vectors == null) {
            return scaled(m, inverseDeviation);
        }
        DenseMatrix product = DenseMatrix.zeros(size(), m.columns());
        backend.multiply(Product.ATB, vectors, m, 0, product);
        return product;
    }
}
