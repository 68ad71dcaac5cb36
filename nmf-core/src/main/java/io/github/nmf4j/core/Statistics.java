package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;

/**
 * What one pass over X tells a half-step: Σ F·N and Σ F·P for every moving vector, rank × vectors each.
 *
 * <p>Where P is the same for all vectors (a loss that promises P = 1, without weights) it is kept as one number a component.
 */
final class Statistics {
    private final DenseMatrix negative;
    private final DenseMatrix positive;
    private final double[] everywhere;

    Statistics(int rank, int vectors, boolean uniform) {
        negative = DenseMatrix.zeros(rank, vectors);
        positive = uniform ? null : DenseMatrix.zeros(rank, vectors);
        everywhere = uniform ? new double[rank] : null;
    }

    DenseMatrix negative() {
        return negative;
    }

    /** {@return Σ F·P; null where it is uniform} */
    DenseMatrix positive() {
        return positive;
    }

    /** {@return Σ F·P of any vector, a number a component; null where it differs} */
    double[] everywhere() {
        return everywhere;
    }

    boolean uniform() {
        return everywhere != null;
    }
}
