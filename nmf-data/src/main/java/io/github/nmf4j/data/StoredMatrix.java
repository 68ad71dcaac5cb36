package io.github.nmf4j.data;

import io.github.nmf4j.api.Matrix;
import java.util.Objects;

/**
 * A dense matrix over narrow storage: entry (i, j) is number i · down + j · right of the storage, and one of the two
 * steps is 1.
 *
 * <p>Immutable once filled. A transpose shares the storage.
 */
final class StoredMatrix implements Matrix {
    private final int rows;
    private final int columns;
    private final Storage storage;
    private final int down;
    private final int right;

    private StoredMatrix(int rows, int columns, Storage storage, int down, int right) {
        this.rows = rows;
        this.columns = columns;
        this.storage = storage;
        this.down = down;
        this.right = right;
    }

    static StoredMatrix byRows(int rows, int columns, Storage storage) {
        return new StoredMatrix(rows, columns, storage, columns, 1);
    }

    static StoredMatrix byColumns(int rows, int columns, Storage storage) {
        return new StoredMatrix(rows, columns, storage, 1, rows);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return storage.get(row * down + column * right);
    }

    @Override
    public void read(int row, int column, int height, int width, double[] into, int offset, int stride) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        if (right == 1) {
            for (int i = 0; i < height; i++) {
                storage.span((row + i) * down + column, width, into, offset + i * stride);
            }
        } else {
            for (int j = 0; j < width; j++) {
                storage.spread(row + (column + j) * right, height, into, offset + j, stride);
            }
        }
    }

    @Override
    public void readTransposed(int row, int column, int height, int width, double[] into, int offset, int stride) {
        transposed().read(column, row, width, height, into, offset, stride);
    }

    @Override
    public StoredMatrix transposed() {
        return new StoredMatrix(columns, rows, storage, right, down);
    }

    @Override
    public String toString() {
        return storage.getClass().getSimpleName() + " " + rows + " x " + columns;
    }
}
