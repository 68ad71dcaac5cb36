package io.github.nmf4j.api;

/**
 * A matrix that can be read tile by tile: dense, sparse, narrow or mapped from a file.
 *
 * <p>The hot loops read rectangular tiles, widened to {@code double} as they are loaded, so that photon counts may stay in
 * one or two bytes each. Implementations are safe to read from many threads; a matrix handed to a fit must not change while
 * the fit runs.
 */
public interface Matrix {
    /** {@return the number of rows, at least 0} */
    int rows();

    /** {@return the number of columns, at least 0} */
    int columns();

    /**
     * {@return one entry} Slow; loops read tiles.
     *
     * @param row from 0
     * @param column from 0
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    double get(int row, int column);

    /**
     * Copies the tile of {@code rows × columns} entries whose first is (row, column), row after row.
     *
     * @param row first row, from 0
     * @param column first column, from 0
     * @param rows rows to copy
     * @param columns columns to copy
     * @param into receives entry (row + i, column + j) at {@code offset + i * stride + j}
     * @param offset index of the first entry in {@code into}
     * @param stride distance in {@code into} between the starts of two rows, at least {@code columns}
     * @throws IndexOutOfBoundsException if the tile leaves the matrix or does not fit
     */
    void read(int row, int column, int rows, int columns, double[] into, int offset, int stride);

    /**
     * Copies the tile of {@code rows × columns} entries whose first is (row, column), column after column: what
     * {@link #read} of the transposed matrix would give.
     *
     * @param row first row, from 0
     * @param column first column, from 0
     * @param rows rows to copy
     * @param columns columns to copy
     * @param into receives entry (row + i, column + j) at {@code offset + j * stride + i}
     * @param offset index of the first entry in {@code into}
     * @param stride distance in {@code into} between the starts of two columns, at least {@code rows}
     * @throws IndexOutOfBoundsException if the tile leaves the matrix or does not fit
     */
    default void readTransposed(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
        double[] line = new double[columns];
        for (int i = 0; i < rows; i++) {
            read(row + i, column, 1, columns, line, 0, columns);
            for (int j = 0; j < columns; j++) {
                into[offset + j * stride + i] = line[j];
            }
        }
    }

    /** {@return how many entries are stored: all of a dense matrix, those of a sparse one that it holds} */
    default long stored() {
        return (long) rows() * columns();
    }

    /** {@return bytes of the heap that hold the entries; 0 where they lie elsewhere, as in a mapped file, or nobody knows} */
    default long heapBytes() {
        return 0;
    }

    /**
     * {@return a dense copy, row-major without gaps}
     *
     * @throws InvalidInputException if it has more entries than an array can hold
     */
    default DenseMatrix toDense() {
        DenseMatrix copy = DenseMatrix.zeros(rows(), columns());
        read(0, 0, rows(), columns(), copy.data(), 0, Math.max(1, columns()));
        return copy;
    }

    /** {@return the transposed matrix, a copy} */
    default Matrix transposed() {
        DenseMatrix copy = DenseMatrix.zeros(columns(), rows());
        readTransposed(0, 0, rows(), columns(), copy.data(), 0, Math.max(1, rows()));
        return copy;
    }
}
