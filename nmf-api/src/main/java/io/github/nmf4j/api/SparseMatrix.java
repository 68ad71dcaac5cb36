package io.github.nmf4j.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * A sparse matrix in compressed rows: the entries of row i are {@code values[start[i] … start[i + 1])}, their columns
 * {@code index[…]}, ascending.
 *
 * <p>Compressed columns of a matrix are the compressed rows of its {@link #transposed() transpose}. An entry that is not
 * stored is zero; a stored zero is an entry like any other. Immutable: the arrays are shared on purpose and must not be
 * written.
 */
public final class SparseMatrix implements Matrix {
    private static final int MOST_STORED = Integer.MAX_VALUE - 8;
    private static final int TALL = 16;
    private static final int WIDE = 1024;

    private final int rows;
    private final int columns;
    private final int[] start;
    private final int[] index;
    private final double[] values;

    private SparseMatrix(int rows, int columns, int[] start, int[] index, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.start = start;
        this.index = index;
        this.values = values;
    }

    /**
     * {@return compressed rows as a matrix; the arrays are not copied}
     *
     * @param rows at least 0
     * @param columns at least 0
     * @param start rows + 1 ascending positions, the first 0
     * @param index columns, strictly ascending within a row
     * @param values one for each index
     * @throws InvalidInputException if the arrays do not describe such a matrix
     */
    public static SparseMatrix ofCompressedRows(int rows, int columns, int[] start, int[] index, double[] values) {
        if (start.length != rows + 1 || start[0] != 0) {
            throw new InvalidInputException("compressed rows need " + (rows + 1) + " positions, the first 0: found "
                    + start.length + (start.length > 0 ? ", the first " + start[0] : ""));
        }
        if (index.length < start[rows] || values.length < start[rows]) {
            throw new InvalidInputException("compressed rows end at entry " + start[rows] + ": there are "
                    + index.length + " indices and " + values.length + " values");
        }
        for (int i = 0; i < rows; i++) {
            if (start[i + 1] < start[i]) {
                throw new InvalidInputException("positions of compressed rows must not fall: row " + i + " goes from "
                        + start[i] + " to " + start[i + 1]);
            }
            for (int at = start[i]; at < start[i + 1]; at++) {
                boolean ascending = at == start[i] || index[at] > index[at - 1];
                if (index[at] < 0 || index[at] >= columns || !ascending) {
                    throw new InvalidInputException("columns of a compressed row must ascend and lie below " + columns
                            + ": row " + i + ", column " + index[at]);
                }
            }
        }
        return new SparseMatrix(rows, columns, start, index, values);
    }

    /**
     * {@return the matrix of a list of entries; duplicates are added}
     *
     * @param rows at least 0
     * @param columns at least 0
     * @param row row of each entry
     * @param column column of each entry
     * @param value value of each entry
     * @throws InvalidInputException if an entry lies outside
     */
    public static SparseMatrix ofEntries(int rows, int columns, int[] row, int[] column, double[] value) {
        int[] start = new int[rows + 1];
        for (int e = 0; e < row.length; e++) {
            if (row[e] < 0 || row[e] >= rows || column[e] < 0 || column[e] >= columns) {
                throw new InvalidInputException("entries must lie within " + rows + " x " + columns + ": entry " + e
                        + " is at [" + row[e] + ", " + column[e] + "]");
            }
            start[row[e] + 1]++;
        }
        for (int i = 0; i < rows; i++) {
            start[i + 1] += start[i];
        }
        int[] next = Arrays.copyOf(start, rows);
        int[] index = new int[row.length];
        double[] values = new double[row.length];
        for (int e = 0; e < row.length; e++) {
            int at = next[row[e]]++;
            index[at] = column[e];
            values[at] = value[e];
        }
        // Transposing twice sorts each row by column in O(entries); equal columns are then neighbours.
        return new SparseMatrix(rows, columns, start, index, values)
                .transposed()
                .transposed()
                .merged();
    }

    private SparseMatrix merged() {
        int[] from = new int[rows + 1];
        int to = 0;
        for (int i = 0; i < rows; i++) {
            for (int at = start[i]; at < start[i + 1]; at++) {
                if (to > from[i] && index[to - 1] == index[at]) {
                    values[to - 1] += values[at];
                } else {
                    index[to] = index[at];
                    values[to++] = values[at];
                }
            }
            from[i + 1] = to;
        }
        return to == values.length
                ? this
                : new SparseMatrix(rows, columns, from, Arrays.copyOf(index, to), Arrays.copyOf(values, to));
    }

    /**
     * {@return a sparse copy of the entries that are not zero; NaN is kept}
     *
     * @param source any matrix
     * @throws InvalidInputException if there are more of them than an array can hold
     */
    public static SparseMatrix of(Matrix source) {
        if (source instanceof SparseMatrix sparse) {
            return sparse;
        }
        int rows = source.rows();
        int columns = source.columns();
        int[] start = new int[rows + 1];
        tiles(source, (row, column, value) -> start[row + 1]++);
        long count = 0;
        for (int i = 0; i < rows; i++) {
            count += start[i + 1];
            if (count > MOST_STORED) {
                throw new InvalidInputException("a sparse matrix holds at most " + MOST_STORED + " entries: the first "
                        + (i + 1) + " rows of " + rows + " x " + columns + " have " + count);
            }
            start[i + 1] = (int) count;
        }
        int[] next = Arrays.copyOf(start, rows);
        int[] index = new int[start[rows]];
        double[] values = new double[start[rows]];
        tiles(source, (row, column, value) -> {
            int at = next[row]++;
            index[at] = column;
            values[at] = value;
        });
        return new SparseMatrix(rows, columns, start, index, values);
    }

    /** Receives an entry that is not zero. */
    private interface Entry {
        void at(int row, int column, double value);
    }

    /** Visits each row from left to right, by tiles: a matrix stored by columns is read along them. */
    private static void tiles(Matrix source, Entry entry) {
        double[] tile = new double[TALL * WIDE];
        for (int row = 0; row < source.rows(); row += TALL) {
            int height = Math.min(TALL, source.rows() - row);
            for (int column = 0; column < source.columns(); column += WIDE) {
                int width = Math.min(WIDE, source.columns() - column);
                source.read(row, column, height, width, tile, 0, width);
                for (int e = 0; e < height * width; e++) {
                    if (tile[e] != 0) {
                        entry.at(row + e / width, column + e % width, tile[e]);
                    }
                }
            }
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** {@return rows + 1 positions, shared; only to be read} */
    public int[] start() {
        return start;
    }

    /** {@return the column of each stored entry, shared; only to be read} */
    public int[] index() {
        return index;
    }

    /** {@return the stored entries, shared; only to be read} */
    public double[] values() {
        return values;
    }

    @Override
    public long stored() {
        return start[rows];
    }

    /** Positions, columns and values. */
    @Override
    public long heapBytes() {
        return Integer.BYTES * ((long) start.length + index.length) + Double.BYTES * (long) values.length;
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        int at = Arrays.binarySearch(index, start[row], start[row + 1], column);
        return at < 0 ? 0.0 : values[at];
    }

    @Override
    public void read(int row, int column, int height, int width, double[] into, int offset, int stride) {
        scatter(row, column, height, width, into, offset, stride, 1);
    }

    @Override
    public void readTransposed(int row, int column, int height, int width, double[] into, int offset, int stride) {
        scatter(row, column, height, width, into, offset, 1, stride);
    }

    private void scatter(int row, int column, int height, int width, double[] into, int offset, int down, int right) {
        Objects.checkFromIndexSize(row, height, rows);
        Objects.checkFromIndexSize(column, width, columns);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                into[offset + i * down + j * right] = 0.0;
            }
            int end = start[row + i + 1];
            int at = Arrays.binarySearch(index, start[row + i], end, column);
            for (at = at < 0 ? ~at : at; at < end && index[at] < column + width; at++) {
                into[offset + i * down + (index[at] - column) * right] = values[at];
            }
        }
    }

    @Override
    public SparseMatrix transposed() {
        int[] from = new int[columns + 1];
        int count = start[rows];
        for (int at = 0; at < count; at++) {
            from[index[at] + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            from[j + 1] += from[j];
        }
        int[] next = Arrays.copyOf(from, columns);
        int[] rowOf = new int[count];
        double[] flipped = new double[count];
        for (int i = 0; i < rows; i++) {
            for (int at = start[i]; at < start[i + 1]; at++) {
                int to = next[index[at]]++;
                rowOf[to] = i;
                flipped[to] = values[at];
            }
        }
        return new SparseMatrix(columns, rows, from, rowOf, flipped);
    }

    @Override
    public String toString() {
        return "SparseMatrix " + rows + " x " + columns + ", " + stored() + " stored";
    }
}
