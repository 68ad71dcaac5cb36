package io.github.nmf4j.api;

/**
 * What happens to a span of entries between the two products of a pass: data x and model y become the two parts of the
 * derivative, N and P. Made by the core from the loss, the weights, the background and the wish for a value; one a thread.
 */
public interface SpanStep {
    /** What a pass has to do for a step. */
    enum Kind {
        /** N = x: y is not needed, {@link #dense} and {@link #sparse} are not called, nothing is added to P. */
        DATA,
        /** N = x/y with y &gt; 0, and nothing else: a pass may fuse it and need not call {@link #dense} or {@link #sparse}. */
        RATIO,
        /**
         * As {@link #RATIO}, and Σ x·log y is wanted: a pass may fuse both and then calls {@link #logarithms} at the end of each
         * tile, or it may call {@link #dense} or {@link #sparse} as for {@link #NEGATIVE}.
         */
        RATIO_AND_LOG,
        /** N comes from {@link #dense} or {@link #sparse}; nothing is added to P. */
        NEGATIVE,
        /** N and P come from {@link #dense} or {@link #sparse}. */
        BOTH
    }

    /** Which index grows along a span of a dense tile. */
    enum Along {
        /** Entries of one fixed vector with consecutive moving ones. */
        MOVING,
        /** Entries of one moving vector with consecutive fixed ones. */
        FIXED,
        /** Entries of several vectors; only where the step is {@link SpanStep#local}. */
        ANYWHERE
    }

    /** {@return what the pass has to do} */
    Kind kind();

    /**
     * {@return whether what becomes of an entry of a dense tile depends on x and y alone} A pass may then hand over entries of
     * several vectors as one span, {@link Along#ANYWHERE}.
     */
    default boolean local() {
        return false;
    }

    /**
     * Takes the sum of a tile of which a pass made ratios and logarithms itself; only where the kind is
     * {@link Kind#RATIO_AND_LOG}.
     *
     * @param sum Σ x·log y over the entries visited
     */
    default void logarithms(double sum) {
        throw new UnsupportedOperationException("no step of kind " + kind() + " takes a sum of logarithms");
    }

    /**
     * Turns a span of a dense tile into N and P.
     *
     * @param fixed the fixed vector, or the first of them
     * @param moving the moving vector, or the first of them
     * @param along which of the two grows; if both do, the two vectors are those of the first entry
     * @param n entries, from index 0 of each array
     * @param x data; may be overwritten
     * @param y the product of the factors; may be overwritten
     * @param negative receives N; distinct from the others
     * @param positive receives P where the kind is {@link Kind#BOTH}; distinct from the others
     */
    void dense(int fixed, int moving, Along along, int n, double[] x, double[] y, double[] negative, double[] positive);

    /**
     * Turns stored entries of one moving vector into N and P.
     *
     * @param moving the moving vector
     * @param fixed the fixed vector of each entry, at {@code fixed[from + i]}: {@code index()} of the tile's matrix
     * @param from position of the first entry in that matrix, by which the core finds what it keeps beside its values
     * @param n entries, from index 0 of the other arrays
     * @param x data; may be overwritten
     * @param y the product of the factors; may be overwritten
     * @param negative receives N; distinct from the others
     * @param positive receives P where the kind is {@link Kind#BOTH}; distinct from the others
     */
    void sparse(int moving, int[] fixed, int from, int n, double[] x, double[] y, double[] negative, double[] positive);
}
