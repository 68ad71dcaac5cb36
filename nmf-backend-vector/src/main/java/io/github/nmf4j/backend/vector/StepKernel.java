package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.DenseMatrix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** Coordinate steps over whole blocks of vectors. */
abstract class StepKernel {
    /** Vectors of a block. */
    static final int COLUMNS = 4 * Lanes.WIDTH;

    /**
     * −A and 1/A(c, c) as one kernel likes them, and room for a block.
     *
     * @param gram −A
     * @param inverse 1/A(c, c), 0 for what stays
     * @param block a block of h
     * @param moved a vector of sums
     */
    record Packed(double[] gram, double[] inverse, double[] block, double[] moved) {}

    /** Kernels that were compiled. */
    private static final Set<Class<?>> COMPILED = new HashSet<>();

    /** Calls that ask for a compilation of all parts, before the first look: with pauses between them one part was waited for at a time. */
    private static final int CALLS = 5200;

    /** Waits for the compiler, the first time a kernel is used; who comes second waits too. */
    final void compile() {
        synchronized (COMPILED) {
            if (COMPILED.add(getClass())) {
                int rank = typicalRank();
                Packed packed = packed(rank);
                double[] b = new double[rank * COLUMNS];
                double[] h = new double[rank * COLUMNS];
                // every call works: an empty sweep would not reach the parts that are methods of their own
                IntConsumer kernel = ignored -> sweep(packed, b, 0, COLUMNS, h, 0, COLUMNS, COLUMNS, rank, 0.0);
                for (int i = 0; i < CALLS; i++) {
                    kernel.accept(COLUMNS);
                }
                Compilation.await(List.of(new Compilation.Call(kernel, COLUMNS)));
            }
        }
    }

    /** {@return a rank that takes every branch of the kernel} */
    abstract int typicalRank();

    /** {@return room for a rank} */
    abstract Packed packed(int rank);

    abstract void pack(DenseMatrix gram, double[] inverse, int rank, Packed into);

    /**
     * Moves h; entry (c, j) of b is at {@code b[bAt + c·bStride + j]}, of h alike.
     *
     * @param count vectors, a multiple of {@link #COLUMNS}
     * @return Σ of the squares of the moves, lanes in the order of {@link Lanes#sum}
     */
    abstract double sweep(
            Packed packed,
            double[] b,
            int bAt,
            int bStride,
            double[] h,
            int hAt,
            int hStride,
            int count,
            int rank,
            double floor);
}
