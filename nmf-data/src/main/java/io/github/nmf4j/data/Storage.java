package io.github.nmf4j.data;

/**
 * A run of numbers kept as narrow as they came, and widened to {@code double} where they are read.
 *
 * <p>One call covers a span or a tile: the loops stand in the implementations, so that none of them makes a call an entry.
 * Read by any number of threads.
 */
abstract class Storage {
    abstract double get(long at);

    /** Copies n neighbours to {@code into[to], into[to + 1], …}. */
    abstract void span(long from, int n, double[] into, int to);

    /**
     * Copies some lines of n neighbours, turned: number {@code from + i * step + j} goes to {@code into[to + j * stride + i]}.
     *
     * @param step distance of the lines; a line has no more numbers
     */
    abstract void transpose(long from, long step, int lines, int n, double[] into, int to, int stride);

    /** {@return bytes of the heap that the numbers take} */
    abstract long heapBytes();
}
