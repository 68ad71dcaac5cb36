package io.github.nmf4j.backend.vector;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels over a span of stored entries of one moving vector, four at a time. The fixed vector of entry e begins at
 * {@code f[index[e] * stride]}; registers read beyond its rank numbers, multiply what is there (it must be finite) by zeros of the
 * moving vector, and add it where nobody looks.
 *
 * <p>Where vectors are short, a core does not see far enough ahead to ask for the next ones in time: it holds two or three
 * groups, and a vector of a factor of some megabytes is 50 cycles or more away. So the first number of each is read beforehand.
 *
 * <p>All vectors are as wide as the machine's, though 256 bits would do for a few components: where a virtual machine has met
 * vectors of two widths, the compiler keeps both for every operation, and large kernels no longer fit its limits. Four or eight
 * lanes, that is; {@link Machine} admits no others.
 *
 * <p>In the kernels f‹entry›‹register› is a register of a fixed vector. The transposition of four sums is written out in each: as a
 * method that returns a vector it would have to be inlined, or the vector is an object.
 */
abstract class SparseKernel {
    static final VectorSpecies<Double> S = Lanes.SPECIES;
    static final int L = Lanes.WIDTH;

    /** Entries whose dot products are computed together; where registers hold their vectors, those are read once. */
    static final int GROUP = 4;

    /** Entries from a group to the one whose vectors are read ahead; 8 gained as much, 32 nothing at rank 10. */
    static final int AHEAD = 16;

    static final VectorShuffle<Double> NEIGHBOURS = VectorShuffle.fromOp(S, lane -> lane ^ 1);
    static final VectorShuffle<Double> PAIRS = VectorShuffle.fromOp(S, lane -> lane ^ 2);

    /** Of eight lanes; of four these are pairs. */
    static final VectorShuffle<Double> HALVES = VectorShuffle.fromOp(S, lane -> lane ^ L / 2);

    /** The second of two neighbours. */
    static final VectorMask<Double> ODD = VectorMask.fromLong(S, 0b10101010);

    /** The second pair of each four lanes. */
    static final VectorMask<Double> SECOND_PAIRS = VectorMask.fromLong(S, 0b11001100);

    /** {@return the kernels for a rank} */
    static SparseKernel of(int rank) {
        int registers = Lanes.roundUp(rank, L) / L;
        return switch (registers) {
            case 1 -> new SparseOfOne();
            case 2 -> new SparseOfTwo();
            case 3 -> new SparseOfThree();
            default -> new SparseOfMany(registers);
        };
    }

    /**
     * sum ← sum + F·(x/y), y the dot products with the moving vector.
     *
     * @param n entries
     * @param index their fixed vectors, from {@code from} on
     * @param x their values, from {@code from} on
     * @param f the fixed factor
     * @param stride numbers from one fixed vector to the next
     * @param m the moving vector, zeros behind its rank
     * @param y room for n numbers and a register
     * @param sum as long as m
     * @return a sum of what was read ahead, so that the compiler keeps the reads
     */
    abstract double ratios(
            int n, int[] index, int from, double[] x, double[] f, int stride, double[] m, double[] y, double[] sum);

    /**
     * y ← Fᵀm. Lanes are added as (s₀ + s₁) + (s₂ + s₃), of eight ((s₀ + s₁) + (s₂ + s₃)) + ((s₄ + s₅) + (s₆ + s₇)), whether
     * compiled or not: four sums are transposed by shuffles while they are added.
     *
     * @return as of {@link #ratios}
     */
    abstract double model(int n, int[] index, int from, double[] f, int stride, double[] m, double[] y);

    /** sum ← sum + F·part. */
    abstract void combine(
            int n, int[] index, int from, double[] part, int partFrom, double[] f, int stride, double[] sum);

    /** Reads the first number of each vector of a later group, so that its first cache line is on its way. {@return their sum} */
    static double ahead(int[] index, int at, int end, double[] f, int stride) {
        return at + GROUP > end
                ? 0
                : f[index[at] * stride]
                        + f[index[at + 1] * stride]
                        + f[index[at + 2] * stride]
                        + f[index[at + 3] * stride];
    }
}
