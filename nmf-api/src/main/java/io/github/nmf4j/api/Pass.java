package io.github.nmf4j.api;

/**
 * The hot pass: for each tile of X, y = Fᵀ·M on the tile, the step turns x and y into N and P, then F·N and F·P are added to
 * the statistics. F is the fixed factor (rank × fixed vectors), M the moving one (rank × moving vectors). Nothing of the size
 * of X is allocated.
 *
 * <p>A pass is shared by threads; each has its own {@link Workspace}. The core asks for tiles that hold all fixed vectors and
 * {@link #panel} moving ones, or {@link #panelOfOneThread} where one thread has them all; so no two threads write one statistic.
 */
public interface Pass {
    /**
     * {@return how many moving vectors a tile should hold, at least 1; depends on the rank and the arguments alone}
     *
     * @param moving how many moving vectors there are
     * @param transposed whether they are rows of X, not columns
     */
    int panel(int moving, boolean transposed);

    /**
     * {@return how many moving vectors a dense tile should hold where one thread takes all tiles, at least 1; depends on the rank
     * and the arguments alone}
     *
     * <p>Asked for steps that want neither P nor a value. To be overridden where wider tiles are faster and Σ F·N of a vector
     * does not depend on the width: its bits must be those of tiles of {@link #panel}, or results would depend on the number
     * of threads.
     *
     * @param moving how many moving vectors there are
     * @param transposed whether they are rows of X, not columns
     */
    default int panelOfOneThread(int moving, boolean transposed) {
        return panel(moving, transposed);
    }

    /**
     * {@return the fixed factor packed as the tiles like it; shared by the tiles of one half-step}
     *
     * @param fixed rank × fixed vectors
     * @param like a tile of the half-step: all its tiles are sparse, or all dense and transposed alike
     * @param reuse what an earlier call returned, to be overwritten; null at first
     */
    Packed pack(DenseMatrix fixed, Tile like, Packed reuse);

    /** {@return buffers for one thread} */
    Workspace workspace();

    /**
     * Adds the statistics of a tile.
     *
     * @param tile part of X
     * @param fixed the packed fixed factor
     * @param moving the moving factor's vectors of this tile: rank × {@code tile.movingCount()}
     * @param step what happens to the entries
     * @param negative Σ F·N is added: rank × {@code tile.movingCount()}
     * @param positive Σ F·P is added where the step's kind is {@link SpanStep.Kind#BOTH}; otherwise not touched, may be null
     * @param workspace this thread's buffers
     */
    void tile(
            Tile tile,
            Packed fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Workspace workspace);

    /** A factor as one pass packed it. */
    interface Packed {}

    /** Buffers of one thread, made by one pass. */
    interface Workspace {}
}
