package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What is done at a span of stored entries of one moving vector, four of them at a time. Entry e meets the rank numbers of its
 * fixed vector at {@code at[e]}; what registers hold beyond them is multiplied by zeros of the moving vector, and added where
 * nobody looks.
 *
 * <p>A span is filled up to whole groups: positions repeat the last one, and what is multiplied there is 0. Behind them are
 * {@link #AHEAD} more positions, since a core does not see far enough ahead to ask for short vectors in time: it holds two or
 * three groups, and a vector of a factor of some megabytes is 50 cycles or more away. So a number of each is read beforehand.
 *
 * <p>All vectors are as wide as the machine's, though 256 bits would do for a few components: where a virtual machine has met
 * vectors of two widths, the compiler keeps both for every operation, and large kernels no longer fit its limits.
 */
abstract class SparseKernel {
    static final VectorSpecies<Double> S = Lanes.SPECIES;
    static final int L = Lanes.WIDTH;

    /** Entries whose dot products are computed together; where registers hold their vectors, those are read once. */
    static final int GROUP = 4;

    /** Entries from a group to the one whose vectors are read ahead; 8 gained as much, 32 nothing at rank 10. */
    static final int AHEAD = 16;

    /** Lanes that a shuffle exchanges differ in one bit of their number. */
    static final VectorShuffle<Double> NEIGHBOURS = VectorShuffle.fromOp(S, lane -> lane ^ 1);

    static final VectorShuffle<Double> PAIRS = VectorShuffle.fromOp(S, lane -> lane ^ 2);
    static final VectorShuffle<Double> HALVES = VectorShuffle.fromOp(S, lane -> lane ^ L / 2);
    static final VectorMask<Double> ODD = VectorMask.fromLong(S, 0b10101010);
    static final VectorMask<Double> UPPER = VectorMask.fromLong(S, 0b11001100);

    /** {@return the kernels for a rank} */
    static SparseKernel of(int rank) {
        return switch ((rank + L - 1) / L) {
            case 1 -> new SparseOfOne();
            case 2 -> new SparseOfTwo();
            case 3 -> new SparseOfThree();
            default -> new SparseOfMany((rank + L - 1) / L);
        };
    }

    /**
     * sum ← sum + F·(x/y), y the dot products with the moving vector.
     *
     * @param groups of four entries
     * @param at where their fixed vectors begin in f
     * @param x the entries; a whole vector is read from where a group begins
     * @param f the fixed factor
     * @param m the moving vector, zeros behind its rank
     * @param y room for as many numbers as x has
     * @param sum as long as m
     * @return a sum of what was read ahead, so that the compiler keeps the reads
     */
    abstract double ratios(int groups, int[] at, double[] x, double[] f, double[] m, double[] y, double[] sum);

    /**
     * y ← Fᵀm, each ((s₀ + s₁) + (s₂ + s₃)) over the lanes of a sum, and eight lanes in halves: the four of a group are transposed
     * by shuffles while they are added, in one order whether compiled or not. What registers hold beyond four is stored too.
     *
     * @return as of {@link #ratios}
     */
    abstract double model(int groups, int[] at, double[] f, double[] m, double[] y);

    /** sum ← sum + F·part. */
    abstract void combine(int groups, int[] at, double[] part, double[] f, double[] sum);
}
