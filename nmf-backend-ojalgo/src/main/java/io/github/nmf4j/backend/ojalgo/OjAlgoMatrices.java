package io.github.nmf4j.backend.ojalgo;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.structure.Access2D;

/**
 * Matrices to ojAlgo and back.
 *
 * <p>nmf4j is row-major and {@link R064Store} column-major, so one array holds a matrix there and its transpose here. What is
 * shared changes sides transposed; what keeps its orientation is a lazy view or a copy.
 */
public final class OjAlgoMatrices {
    private OjAlgoMatrices() {}

    /**
     * {@return the <em>transpose</em> as ojAlgo has it: <em>shared</em>, so that each side sees what the other writes, if the
     * rows fill the array from the first entry to the last; otherwise (a view that starts later, has gaps or ends early) a
     * <em>copy</em>}
     *
     * @param matrix any
     */
    public static R064Store toOjAlgoTransposed(DenseMatrix matrix) {
        return store(fillsTheArray(matrix) ? matrix : matrix.copy());
    }

    /**
     * {@return the matrix as ojAlgo reads it, a view of {@link #toOjAlgoTransposed}: <em>shared</em> or <em>copied</em> as
     * there}
     *
     * @param matrix any
     */
    public static MatrixStore<Double> toOjAlgo(DenseMatrix matrix) {
        return toOjAlgoTransposed(matrix).transpose();
    }

    /**
     * {@return a copy as ojAlgo has it, same orientation}
     *
     * @param matrix dense, sparse, narrow or mapped
     */
    public static R064Store copyToOjAlgo(Matrix matrix) {
        R064Store copy = R064Store.FACTORY.make(matrix.rows(), matrix.columns());
        matrix.readTransposed(0, 0, matrix.rows(), matrix.columns(), copy.data, 0, Math.max(1, matrix.rows()));
        return copy;
    }

    /**
     * {@return the <em>transpose</em> as nmf4j has it, always <em>shared</em>}
     *
     * @param matrix any
     */
    public static DenseMatrix fromOjAlgoTransposed(R064Store matrix) {
        return DenseMatrix.wrap(matrix.getColDim(), matrix.getRowDim(), matrix.data);
    }

    /**
     * {@return a copy as nmf4j has it, same orientation}
     *
     * @param matrix any of ojAlgo's, sparse or lazy ones too
     */
    public static DenseMatrix copyFromOjAlgo(Access2D<Double> matrix) {
        DenseMatrix copy =
                DenseMatrix.zeros(Math.toIntExact(matrix.countRows()), Math.toIntExact(matrix.countColumns()));
        for (int i = 0; i < copy.rows(); i++) {
            for (int j = 0; j < copy.columns(); j++) {
                copy.set(i, j, matrix.doubleValue(i, j));
            }
        }
        return copy;
    }

    /** {@return whether ojAlgo, which knows neither offsets, gaps nor rests, can use the array as it lies} */
    static boolean fillsTheArray(DenseMatrix matrix) {
        return matrix.offset() == 0
                && matrix.contiguous()
                && (long) matrix.rows() * matrix.columns() == matrix.data().length;
    }

    /** {@return the transpose of a matrix that {@linkplain #fillsTheArray fills its array}, shared} */
    static R064Store store(DenseMatrix matrix) {
        return matrix.columns() == 0
                ? R064Store.FACTORY.make(0, matrix.rows())
                : R064Store.wrap(matrix.data(), matrix.columns());
    }
}
