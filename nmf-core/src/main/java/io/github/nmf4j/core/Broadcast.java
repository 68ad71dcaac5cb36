package io.github.nmf4j.core;

import io.github.nmf4j.api.Matrix;

/** A number, a row, a column or a matrix seen as a matrix of full size. */
record Broadcast(Matrix source, int rows, int columns) implements Matrix {
    /** {@return a matrix of full size: the given one where it is, null for null} */
    static Matrix to(Matrix given, int rows, int columns) {
        boolean whole = given == null || given.rows() == rows && given.columns() == columns;
        return whole ? given : new Broadcast(given, rows, columns);
    }

    @Override
    public double get(int row, int column) {
        return source.get(source.rows() == 1 ? 0 : row, source.columns() == 1 ? 0 : column);
    }

    @Override
    public void read(int row, int column, int height, int width, double[] into, int offset, int stride) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                into[offset + i * stride + j] = get(row + i, column + j);
            }
        }
    }

    @Override
    public void readTransposed(int row, int column, int height, int width, double[] into, int offset, int stride) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                into[offset + j * stride + i] = get(row + i, column + j);
            }
        }
    }
}
