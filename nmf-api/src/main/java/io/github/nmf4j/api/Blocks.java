package io.github.nmf4j.api;

import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * All blocks of a factor at once, for constraints that tie vectors: their multipliers depend on sums over every block.
 *
 * <p>Results of blocks are merged in block order, so they do not depend on threads; a distributed fit runs the same.
 */
public interface Blocks {
    /** {@return the number of components} */
    int rank();

    /** {@return the number of vectors in all blocks} */
    int vectors();

    /**
     * {@return what the blocks give, merged in block order}
     *
     * @param measure reads a block; may rewrite its planes
     * @param merge joins the results of two neighbours; associative
     * @param <T> the result of a block
     */
    <T> T reduce(Function<Surrogate, T> measure, BinaryOperator<T> merge);

    /**
     * Writes the new values of every block, in block order: a writer may carry something from one to the next.
     *
     * @param writer given a block and where to write, one array a component
     */
    void write(Writer writer);

    /** Writes the new values of one block. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes {@code block.count()} values a component.
         *
         * @param block the surrogate
         * @param into one array a component; holds the values to repair where a point is repaired
         */
        void write(Surrogate block, double[][] into);
    }
}
