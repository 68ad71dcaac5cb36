package io.github.nmf4j.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense row-major matrix, or a rectangular view into one: entry (i, j) lies at {@code data[offset + i * stride + j]}.
 *
 * <p>Views share their array: what is written through one is seen through the other. Nothing is copied unless a method says
 * so.
 */
public final class DenseMatrix implements Matrix {
    private final double[] data;
    private final int offset;
    private final int stride;
    private final int rows;
    private final int columns;

    private DenseMatrix(int rows, int columns, double[] data, int offset, int stride) {
        this.data = data;
        this.offset = offset;
        this.stride = stride;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * {@return a matrix of zeros}
     *
     * @param rows at least 0
     * @param columns at least 0
     * @throws InvalidInputException if rows · columns exceeds what an array can hold
     */
    public static DenseMatrix zeros(int rows, int columns) {
        long entries = (long) rows * columns;
        if (rows < 0 || columns < 0 || entries > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException(
                    "a dense matrix holds at most " + (Integer.MAX_VALUE - 8) + " entries: " + rows + " x " + columns);
        }
        return new DenseMatrix(rows, columns, new double[(int) entries], 0, columns);
    }

    /**
     * {@return the array as a matrix, not copied}
     *
     * @param rows at least 0
     * @param columns at least 0
     * @param data row after row, without gaps
     */
    public static DenseMatrix wrap(int rows, int columns, double... data) {
        return wrap(rows, columns, data, 0, columns);
    }

    /**
     * {@return a part of the array as a matrix, not copied}
     *
     * @param rows at least 0
     * @param columns at least 0
     * @param data holds entry (i, j) at {@code offset + i * stride + j}
     * @param offset index of the first entry
     * @param stride distance between the starts of two rows, at least {@code columns}
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public static DenseMatrix wrap(int rows, int columns, double[] data, int offset, int stride) {
        if (rows < 0 || columns < 0 || stride < columns) {
            throw new IndexOutOfBoundsException(rows + " x " + columns + " with stride " + stride);
        }
        if (rows > 0) {
            Objects.checkFromToIndex((long) offset, offset + (rows - 1L) * stride + columns, data.length);
        }
        return new DenseMatrix(rows, columns, data, offset, stride);
    }

    /**
     * {@return a copy of an array of rows}
     *
     * @param entries rows of equal length
     * @throws InvalidInputException if a row is longer or shorter than the first
     */
    public static DenseMatrix of(double[]... entries) {
        int columns = entries.length == 0 ? 0 : entries[0].length;
        DenseMatrix copy = zeros(entries.length, columns);
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].length != columns) {
                throw new InvalidInputException("every row must have " + columns + " entries as the first has: row " + i
                        + " has " + entries[i].length);
            }
            System.arraycopy(entries[i], 0, copy.data, i * columns, columns);
        }
        return copy;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** {@return the array itself, shared; entries of the view start at {@link #offset()}} */
    public double[] data() {
        return data;
    }

    /** {@return index of entry (0, 0) in the array} */
    public int offset() {
        return offset;
    }

    /** {@return distance between the starts of two rows} */
    public int stride() {
        return stride;
    }

    /** {@return whether the rows follow each other without gaps, so that the view can be handed on as one piece} */
    public boolean contiguous() {
        return stride == columns || rows <= 1;
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return data[offset + row * stride + column];
    }

    /**
     * Writes one entry.
     *
     * @param row from 0
     * @param column from 0
     * @param value any
     */
    public void set(int row, int column, double value) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        data[offset + row * stride + column] = value;
    }

    /**
     * {@return a view of a rectangle, sharing this array}
     *
     * @param row first row
     * @param column first column
     * @param height rows of the view
     * @param width columns of the view
     * @throws IndexOutOfBoundsException if the rectangle leaves the matrix
     */
    public DenseMatrix slice(int row, int column, int height, int width) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        int first = height == 0 || width == 0 ? offset : offset + row * stride + column;
        return new DenseMatrix(height, width, data, first, stride);
    }

    /** {@return a copy without gaps} */
    public DenseMatrix copy() {
        return toDense();
    }

    /**
     * Overwrites every entry.
     *
     * @param value any
     */
    public void fill(double value) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(data, offset + i * stride, offset + i * stride + columns, value);
        }
    }

    /**
     * Multiplies every entry.
     *
     * @param factor any
     */
    public void scale(double factor) {
        for (int i = 0; i < rows; i++) {
            for (int at = offset + i * stride, end = at + columns; at < end; at++) {
                data[at] *= factor;
            }
        }
    }

    /**
     * Overwrites every entry with those of another matrix.
     *
     * @param source of the same shape
     */
    public void set(Matrix source) {
        if (source.rows() != rows || source.columns() != columns) {
            throw new IndexOutOfBoundsException(
                    source.rows() + " x " + source.columns() + " into " + rows + " x " + columns);
        }
        source.read(0, 0, rows, columns, data, offset, Math.max(1, stride));
    }

    @Override
    public void read(int row, int column, int height, int width, double[] into, int at, int step) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        for (int i = 0; i < height && width > 0; i++) { // rows of nothing may start behind the end of either array
            System.arraycopy(data, offset + (row + i) * stride + column, into, at + i * step, width);
        }
    }

    @Override
    public void readTransposed(int row, int column, int height, int width, double[] into, int at, int step) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        for (int i = 0; i < height; i++) {
            int from = offset + (row + i) * stride + column;
            for (int j = 0, to = at + i; j < width; j++, to += step) {
                into[to] = data[from + j];
            }
        }
    }

    /** Of this view alone. */
    @Override
    public long heapBytes() {
        return stored() * Double.BYTES;
    }

    @Override
    public DenseMatrix transposed() {
        return (DenseMatrix) Matrix.super.transposed();
    }

    /** {@return this matrix to be read but not written: the array is out of reach} */
    public Matrix readOnly() {
        return new ReadOnly(this);
    }

    /** {@return whether the other is dense, of the same shape and equal entry by entry} */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof DenseMatrix that) || that.rows != rows || that.columns != columns) {
            return false;
        }
        for (int i = 0; i < rows; i++) {
            int a = offset + i * stride;
            int b = that.offset + i * that.stride;
            if (!Arrays.equals(data, a, a + columns, that.data, b, b + columns)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 31 * rows + columns;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                hash = 31 * hash + Double.hashCode(data[offset + i * stride + j]);
            }
        }
        return hash;
    }

    @Override
    public String toString() {
        return "DenseMatrix " + rows + " x " + columns;
    }

    private record ReadOnly(DenseMatrix of) implements Matrix {
        @Override
        public int rows() {
            return of.rows;
        }

        @Override
        public int columns() {
            return of.columns;
        }

        @Override
        public double get(int row, int column) {
            return of.get(row, column);
        }

        @Override
        public void read(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            of.read(row, column, rows, columns, into, offset, stride);
        }

        @Override
        public void readTransposed(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            of.readTransposed(row, column, rows, columns, into, offset, stride);
        }

        @Override
        public long heapBytes() {
            return of.heapBytes();
        }

        @Override
        public String toString() {
            return of.rows + " x " + of.columns;
        }
    }
}
