package io.github.nmf4j.backend.vector;

/**
 * The five kernels of the dense pass, written out for a register tile of four rows × some vectors.
 *
 * <p>Layouts. Rows: blocks of {@link #ROWS} vectors of a factor, entry (row r of block b, component c) at
 * (b·k + c)·ROWS + r. Lanes: tiles of {@link #columns} vectors of the other, entry (lane v of tile t, component c) at
 * (t·k + c)·columns + v. A kernel takes one block of rows and consecutive tiles; both are read front to back, whatever the
 * strides of the factors. Sums for the lanes lie as the lanes do; sums for the rows are a vector a component and row, at
 * (c·ROWS + r)·WIDTH, whose lanes are still to be added.
 *
 * <p>y of a tile stays in registers: 4·k flops and one division an entry. The loops over k are not unrolled by hand: C2 does
 * that better.
 */
abstract class Kernels {
    /** Rows of a register tile. */
    static final int ROWS = 4;

    /** Bits of the vectors that come with 32 registers; where they are narrower 16 are taken to be there. */
    static final int WIDE = 512;

    /** Up to this rank the divisions weigh more than the products, and the smaller tile is quicker on 32 registers too. */
    private static final int SMALL_RANK = 5;

    /** Columns of a register tile. */
    final int columns;

    Kernels(int columns) {
        this.columns = columns;
    }

    /** {@return the kernels for a rank on this machine} */
    static Kernels of(int rank) {
        return Lanes.bits() >= WIDE && rank > SMALL_RANK ? new Tile4x4() : new Tile4x2();
    }

    /**
     * sums += Σ F·(x/y), lanes moving.
     *
     * @param data where x is: its four rows start at {@code x}, {@code x + stride}, …
     * @param rows the fixed factor; this block of it starts at {@code row}
     * @param lanes the moving factor, from the tile at {@code first}
     * @param sums as the lanes, from the tile at {@code first}
     * @param tiles how many
     * @param k rank
     */
    abstract void ratioOfMoving(
            double[] data,
            int x,
            int stride,
            double[] rows,
            int row,
            double[] lanes,
            double[] sums,
            int first,
            int tiles,
            int k);

    /** sums += Σ F·(x/y), lanes fixed, from the tile at {@code first}; the block of the moving factor is at {@code row}. */
    abstract void ratioOfFixed(
            double[] data,
            int x,
            int stride,
            double[] rows,
            int row,
            double[] lanes,
            int first,
            double[] sums,
            int tiles,
            int k);

    /** y of a block of rows; row i goes to {@code y[i]} from {@code i * stride} on. */
    abstract void model(double[] rows, int row, double[] lanes, int first, double[][] y, int stride, int tiles, int k);

    /** sums += Σ F·r, lanes moving; row i of r is in {@code r[i]} from {@code at + i * stride} on. */
    abstract void addOfMoving(
            double[][] r, int at, int stride, double[] rows, int row, double[] sums, int first, int tiles, int k);

    /** sums += Σ F·r, lanes fixed; row i of r is in {@code r[i]} from {@code at + i * stride} on. */
    abstract void addOfFixed(
            double[][] r, int at, int stride, double[] lanes, int first, double[] sums, int tiles, int k);
}
