package io.github.nmf4j.api;

import java.time.Duration;
import java.util.Optional;

/**
 * The few products, decompositions and functions that a fit spends its time in.
 *
 * <p>Matrices are row-major views with strides; a backend that cannot wrap one copies it tile by tile, never a matrix of the
 * size of X. A backend starts no threads and keeps no mutable state: the core owns tiles and threads. The same inputs give
 * the same bits. Implementations pass {@code BackendContract}.
 */
public interface LinearAlgebraBackend extends Extension<LinearAlgebraBackend> {
    /** Which operands of a product are transposed. */
    enum Product {
        /** A·B. */
        AB,
        /** Aᵀ·B. */
        ATB,
        /** A·Bᵀ. */
        ABT
    }

    /** {@return whether it can be used on this machine, and if not, why} */
    Availability availability();

    /** {@return the highest among those available is taken when no one chooses, if the work ahead is worth its warm-up} */
    int priority();

    /** {@return how long its code takes to become fast in a fresh virtual machine} */
    default Duration warmUp() {
        return Duration.ofMillis(100);
    }

    /**
     * into ← product + keep · into.
     *
     * @param what which operand is transposed
     * @param a left operand as stored
     * @param b right operand as stored
     * @param keep usually 0 (into is not read, NaN in it does not matter) or 1
     * @param into receives the product; shares no entry with a or b
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into);

    /**
     * {@return eigenvalues and vectors of a small symmetric matrix} By Jacobi rotations where a backend has nothing better.
     *
     * @param a n × n; only its lower triangle is trusted; not changed
     */
    default SymmetricEigen eigen(DenseMatrix a) {
        return Jacobi.eigen(a);
    }

    /**
     * Least squares: into ← argmin ‖A·Z − B‖, for A of full column rank. By Householder reflections where a backend has
     * nothing better.
     *
     * @param a m × n with m ≥ n; not changed
     * @param b m × r; not changed
     * @param into n × r
     */
    default void leastSquares(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        Householder.leastSquares(a, b, into);
    }

    /** {@return logarithm, exponential and power over spans} */
    default Elementary elementary() {
        return Elementary.PLAIN;
    }

    /**
     * {@return the pass over tiles of X for factors of a given rank; what it may skip or fuse is in the step}
     *
     * @param rank components
     */
    default Pass pass(int rank) {
        return new PassOfProducts(this, rank);
    }

    /**
     * {@return sweeps of exact steps along one entry after another; empty for the plain loops that the core has itself} Asked
     * for once a fit, before the first sweep, so that an implementation may take its time to have code compiled.
     *
     * @param rank components
     */
    default Optional<CoordinateSteps> coordinateSteps(int rank) {
        return Optional.empty();
    }

    /**
     * Refuses operands whose shapes do not fit.
     *
     * @param what which operand is transposed
     * @param a left operand as stored
     * @param b right operand as stored
     * @param into result
     * @throws IllegalArgumentException naming the three shapes
     */
    static void requireShapes(Product what, DenseMatrix a, DenseMatrix b, DenseMatrix into) {
        int rows = what == Product.ATB ? a.columns() : a.rows();
        int inner = what == Product.ATB ? a.rows() : a.columns();
        int columns = what == Product.ABT ? b.rows() : b.columns();
        int second = what == Product.ABT ? b.columns() : b.rows();
        if (inner != second || into.rows() != rows || into.columns() != columns) {
            throw new IllegalArgumentException("shapes do not fit in " + what + ": " + a.rows() + " x " + a.columns()
                    + " by " + b.rows() + " x " + b.columns() + " into " + into.rows() + " x " + into.columns());
        }
    }
}
