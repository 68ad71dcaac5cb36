package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend;
import java.util.SplittableRandom;

/** X as starts see it: sizes, mean, products, in the scale being fitted; missing entries count as 0. */
public interface StartData {
    /** {@return rows of X} */
    int rows();

    /** {@return columns of X} */
    int columns();

    /** {@return the mean of the observed entries} */
    double mean();

    /** {@return small dense algebra} */
    LinearAlgebraBackend backend();

    /**
     * {@return F·X, or F·Xᵀ: one pass over X}
     *
     * @param side H for F·X with F r × rows of X, W for F·Xᵀ with F r × columns of X
     * @param f any numbers
     */
    DenseMatrix times(Factor side, DenseMatrix f);

    /** {@return Σ x of each column: one pass over X} */
    double[] columnSums();

    /** {@return Σ x² of each column: one pass over X} */
    double[] columnSquares();

    /**
     * {@return random numbers that depend on the seed, the factor and the vector alone, not on the order of asking}
     *
     * @param factor whose vector
     * @param vector which
     */
    SplittableRandom random(Factor factor, int vector);
}
