package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Tile;

/** Entries of up to twelve fixed vectors of a tile, each an array of its own from index 0, as loops need them that C2 vectorises. */
final class LoadedRows {
    /** Vectors at most: a multiple of three, as products take them, and of four, as columns are transposed; a constant, to unroll. */
    static final int COUNT = 12;

    /** As many doubles as a cache line holds. */
    private static final int LINE = 8;

    /** Columns that are transposed at once. */
    private static final int STRIP = 4;

    private final double[][] rows;
    private final double[] strip;

    /** The sum of what was read ahead: a use that nobody needs, so that the compiler keeps the reads. */
    private double prefetched;

    /**
     * @param rows {@link #COUNT} arrays to load into
     * @param width entries of a vector at most
     */
    LoadedRows(double[][] rows, int width) {
        this.rows = rows;
        this.strip = new double[COUNT * width];
    }

    /** Loads the tile's entries of {@code count} fixed vectors from {@code first} on. */
    void load(Tile.Dense tile, int first, int count) {
        int width = tile.movingCount();
        Matrix x = tile.x();
        if (!tile.transposed()) {
            if (count == COUNT && x instanceof DenseMatrix dense) {
                prefetched = prefetch(
                        dense.data(), dense.offset() + first * dense.stride() + tile.moving(), dense.stride(), width);
            }
            for (int i = 0; i < count; i++) {
                x.read(first + i, tile.moving(), 1, width, rows[i], 0, width);
            }
        } else if (count == COUNT && x instanceof DenseMatrix dense) {
            int at = dense.offset() + tile.moving() * dense.stride() + first;
            for (int i = 0; i < count; i += STRIP) {
                transpose(dense.data(), at + i, dense.stride(), width, i);
            }
        } else {
            x.readTransposed(tile.moving(), first, width, count, strip, 0, width);
            for (int i = 0; i < count; i++) {
                System.arraycopy(strip, i * width, rows[i], 0, width);
            }
        }
    }

    /**
     * Reads an entry of nearly every cache line of all rows, line beside line: memory brings as many pages at a time, where copies of
     * one row after the other wait for each (0.45 for 0.75 ns an entry with the copies). {@return something that depends on all}
     */
    private static double prefetch(double[] x, int at, int stride, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int j = at; j < at + n; j += LINE) {
            // four sums, so that reads do not wait for additions
            for (int i = 0, from = j; i < COUNT; i += 4, from += 4 * stride) {
                a += x[from];
                b += x[from + stride];
                c += x[from + 2 * stride];
                d += x[from + 3 * stride];
            }
        }
        return a + b + c + d;
    }

    /** Four columns of a row-major matrix as four arrays; the other half of a cache line is still in L2 for the next four. */
    private void transpose(double[] x, int at, int stride, int n, int first) {
        double[] a = rows[first];
        double[] b = rows[first + 1];
        double[] c = rows[first + 2];
        double[] d = rows[first + 3];
        for (int i = 0, from = at; i < n; i++, from += stride) {
            a[i] = x[from];
            b[i] = x[from + 1];
            c[i] = x[from + 2];
            d[i] = x[from + 3];
        }
    }
}
