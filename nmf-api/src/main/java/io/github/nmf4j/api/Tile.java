package io.github.nmf4j.api;

/**
 * A part of X as one half-step sees it: fixed vectors × moving vectors. For the update of H the fixed vectors are rows of X
 * and the moving ones its columns; for the update of W it is the other way round.
 */
public sealed interface Tile {
    /** {@return the first moving vector} */
    int moving();

    /** {@return how many moving vectors} */
    int movingCount();

    /**
     * Entries in a rectangle, every one of them visited.
     *
     * @param x the matrix as it lies
     * @param transposed whether the moving vectors are rows of x, not columns
     * @param fixed the first fixed vector
     * @param fixedCount how many fixed vectors
     * @param moving the first moving vector
     * @param movingCount how many moving vectors
     */
    record Dense(Matrix x, boolean transposed, int fixed, int fixedCount, int moving, int movingCount) implements Tile {
        /**
         * Copies the part of the tile that belongs to consecutive fixed vectors, a row each.
         *
         * @param first the first fixed vector, counted in X
         * @param count how many
         * @param into receives row i at {@code i * stride}
         * @param stride distance between rows in {@code into}
         */
        public void read(int first, int count, double[] into, int stride) {
            if (transposed) {
                x.readTransposed(moving, first, movingCount, count, into, 0, stride);
            } else {
                x.read(first, moving, count, movingCount, into, 0, stride);
            }
        }
    }

    /**
     * The stored entries of some moving vectors; the others are not visited.
     *
     * @param x compressed by moving vector: row j holds the entries of moving vector j, indexed by fixed vector
     * @param moving the first moving vector
     * @param movingCount how many moving vectors
     */
    record Sparse(SparseMatrix x, int moving, int movingCount) implements Tile {}
}
