package io.github.nmf4j.backend.ejml;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import org.ejml.data.DMatrixRMaj;

/** Matrices to EJML and back. Both sides are row-major, so a matrix without gaps is one array seen from two libraries. */
public final class EjmlMatrices {
    private EjmlMatrices() {}

    /**
     * {@return the matrix as EJML has it: <em>shared</em>, so that each side sees what the other writes, if its rows fill the
     * array from the first entry to the last; otherwise (a view that starts later, has gaps or ends early) a <em>copy</em>}
     *
     * @param matrix any
     */
    public static DMatrixRMaj toEjml(DenseMatrix matrix) {
        boolean fills = (long) matrix.rows() * matrix.columns() == matrix.data().length;
        return fills && startsTheArray(matrix) ? wrap(matrix) : copyToEjml(matrix);
    }

    /**
     * {@return a copy as EJML has it}
     *
     * @param matrix dense, sparse, narrow or mapped
     * @throws io.github.nmf4j.api.InvalidInputException if it has more entries than an array can hold
     */
    public static DMatrixRMaj copyToEjml(Matrix matrix) {
        return wrap(matrix.toDense());
    }

    /**
     * {@return the matrix as nmf4j has it, always <em>shared</em>} Reshaping the EJML matrix afterwards may give it another
     * array; the one returned here keeps the old.
     *
     * @param matrix any
     */
    public static DenseMatrix fromEjml(DMatrixRMaj matrix) {
        return DenseMatrix.wrap(matrix.numRows, matrix.numCols, matrix.data);
    }

    /** {@return whether EJML, which knows neither offsets nor gaps, can use the array as it lies} */
    static boolean startsTheArray(DenseMatrix matrix) {
        return matrix.offset() == 0 && matrix.contiguous();
    }

    /** {@return the array of a matrix that {@linkplain #startsTheArray starts it}, which may be longer} */
    static DMatrixRMaj wrap(DenseMatrix matrix) {
        return DMatrixRMaj.wrap(matrix.rows(), matrix.columns(), matrix.data());
    }
}
