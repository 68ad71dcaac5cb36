package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.List;

/**
 * A matrix and what its rows and columns are called, where the file says so.
 *
 * @param matrix the numbers
 * @param rowNames one a row, or none at all
 * @param columnNames one a column, or none at all
 */
public record NamedMatrix(Matrix matrix, List<String> rowNames, List<String> columnNames) {
    /** Refuses a list that is neither empty nor as long as its side of the matrix. */
    public NamedMatrix {
        rowNames = List.copyOf(rowNames);
        columnNames = List.copyOf(columnNames);
        if (!rowNames.isEmpty() && rowNames.size() != matrix.rows()) {
            throw new InvalidInputException(
                    "there must be one name a row, or none: " + rowNames.size() + " names, " + matrix.rows() + " rows");
        }
        if (!columnNames.isEmpty() && columnNames.size() != matrix.columns()) {
            throw new InvalidInputException("there must be one name a column, or none: " + columnNames.size()
                    + " names, " + matrix.columns() + " columns");
        }
    }

    /**
     * {@return the matrix without names}
     *
     * @param matrix any
     */
    public static NamedMatrix of(Matrix matrix) {
        return new NamedMatrix(matrix, List.of(), List.of());
    }
}
