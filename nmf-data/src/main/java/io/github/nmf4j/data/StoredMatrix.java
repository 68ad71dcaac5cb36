package io.github.nmf4j.data;

import io.github.nmf4j.api.Matrix;
import java.util.Objects;

/**
 * A dense matrix over narrow or mapped storage: line after line without gaps, where a line is a row or a column.
 *
 * <p>Immutable once filled. A transpose shares the storage.
 */
final class StoredMatrix implements Matrix {
    private final int rows;
    private final int columns;
    private final Storage storage;
    private final boolean byRows;
    private final long line;

    private StoredMatrix(int rows, int columns, Storage storage, boolean byRows) {
        this.rows = rows;
        this.columns = columns;
        this.storage = storage;
        // A single row or column lies the same either way: one long line is read faster than many of one entry.
        this.byRows = rows == 1 || byRows && columns != 1;
        this.line = this.byRows ? columns : rows;
    }

    static StoredMatrix byRows(int rows, int columns, Storage storage) {
        return new StoredMatrix(rows, columns, storage, true);
    }

    static StoredMatrix byColumns(int rows, int columns, Storage storage) {
        return new StoredMatrix(rows, columns, storage, false);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    private long position(int row, int column) {
        return byRows ? row * line + column : column * line + row;
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return storage.get(position(row, column));
    }

    @Override
    public void read(int row, int column, int height, int width, double[] into, int offset, int stride) {
        copy(row, column, height, width, byRows, into, offset, stride);
    }

    @Override
    public void readTransposed(int row, int column, int height, int width, double[] into, int offset, int stride) {
        copy(row, column, height, width, !byRows, into, offset, stride);
    }

    /** Copies a tile by stored lines: as they lie, or turned. */
    private void copy(
            int row, int column, int height, int width, boolean asTheyLie, double[] into, int offset, int stride) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        int lines = byRows ? height : width;
        int n = byRows ? width : height;
        long from = position(row, column);
        if (asTheyLie) {
            for (int i = 0; i < lines; i++) {
                storage.span(from + i * line, n, into, offset + i * stride);
            }
        } else {
            storage.transpose(from, line, lines, n, into, offset, stride);
        }
    }

    @Override
    public long heapBytes() {
        return storage.heapBytes();
    }

    @Override
    public StoredMatrix transposed() {
        return new StoredMatrix(columns, rows, storage, !byRows);
    }

    @Override
    public String toString() {
        return storage + " " + rows + " x " + columns;
    }
}
