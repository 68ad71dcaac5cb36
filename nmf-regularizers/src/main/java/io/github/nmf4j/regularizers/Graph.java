package io.github.nmf4j.regularizers;

/** Vectors, and weighted edges between them: what a penalty on differences of neighbours walks over. */
sealed interface Graph permits Grid, AdjacencyGraph {
    /** {@return the number of vectors} */
    long vectors();

    /**
     * Refuses a factor of another size.
     *
     * @param owner the penalty, for the message
     * @param vectors vectors of the factor
     */
    void check(String owner, int vectors);

    /** {@return the most neighbours a vector has} */
    int mostNeighbours();

    /**
     * {@return how many neighbours a vector has}
     *
     * @param i vector
     * @param into receives them, ascending, from index 0; holds {@link #mostNeighbours}
     */
    int neighbours(int i, int[] into);

    /**
     * {@return the weight of an edge, &gt; 0}
     *
     * @param i vector
     * @param e position among its {@link #neighbours}
     */
    double weight(int i, int e);

    /** {@return the largest sum of weights at a vector, max D; no eigenvalue of D − A exceeds twice this (Gershgorin)} */
    double largestDegree();

    /** {@return a colour for each vector, 0 upwards; neighbours differ} */
    int[] colours();
}
