package io.github.nmf4j.backend.ojalgo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

class OjAlgoMatricesTest {
    @Test
    void aMatrixThatFillsItsArrayIsSharedTransposed() {
        DenseMatrix ours = DenseMatrix.wrap(2, 3, 1, 2, 3, 4, 5, 6);
        R064Store theirs = OjAlgoMatrices.toOjAlgoTransposed(ours);
        assertThat(theirs.getRowDim()).isEqualTo(3);
        assertThat(theirs.getColDim()).isEqualTo(2);
        assertThat(theirs.doubleValue(0, 1)).isEqualTo(4);
        theirs.set(2, 1, 60);
        ours.set(0, 1, 20);
        assertThat(ours.get(1, 2)).isEqualTo(60);
        assertThat(theirs.doubleValue(1, 0)).isEqualTo(20);
    }

    @Test
    void asItIsItIsAViewThatSeesChanges() {
        DenseMatrix ours = DenseMatrix.wrap(2, 3, 1, 2, 3, 4, 5, 6);
        MatrixStore<Double> theirs = OjAlgoMatrices.toOjAlgo(ours);
        assertThat(theirs.getRowDim()).isEqualTo(2);
        assertThat(theirs.getColDim()).isEqualTo(3);
        ours.set(1, 2, 60);
        assertThat(theirs.doubleValue(1, 2)).isEqualTo(60);
        assertThat(OjAlgoMatrices.copyFromOjAlgo(theirs)).isEqualTo(ours);
    }

    @Test
    void viewsAreCopied() {
        DenseMatrix whole = DenseMatrix.wrap(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        DenseMatrix[] views = {whole.slice(0, 0, 2, 3), whole.slice(1, 0, 2, 3), whole.slice(0, 0, 3, 2)};
        for (DenseMatrix view : views) {
            R064Store theirs = OjAlgoMatrices.toOjAlgoTransposed(view);
            assertThat(OjAlgoMatrices.fromOjAlgoTransposed(theirs)).isEqualTo(view);
            theirs.set(1, 1, -1);
            assertThat(view.get(1, 1)).isPositive();
        }
    }

    @Test
    void whatComesBackTransposedIsShared() {
        R064Store theirs = R064Store.FACTORY.make(3, 2);
        theirs.set(2, 0, 5);
        DenseMatrix ours = OjAlgoMatrices.fromOjAlgoTransposed(theirs);
        assertThat(ours).isEqualTo(DenseMatrix.of(new double[][] {{0, 0, 5}, {0, 0, 0}}));
        ours.set(1, 0, 7);
        assertThat(theirs.doubleValue(0, 1)).isEqualTo(7);
        assertThat(ours.data()).isSameAs(theirs.data);
    }

    @Test
    void anyMatrixCanBeCopied() {
        SparseMatrix sparse = SparseMatrix.ofEntries(2, 3, new int[] {0, 1}, new int[] {2, 0}, new double[] {5, 6});
        R064Store theirs = OjAlgoMatrices.copyToOjAlgo(sparse);
        assertThat(theirs.doubleValue(0, 2)).isEqualTo(5);
        assertThat(OjAlgoMatrices.copyFromOjAlgo(theirs)).isEqualTo(sparse.toDense());
        DenseMatrix ours = DenseMatrix.wrap(1, 1, 1);
        OjAlgoMatrices.copyToOjAlgo(ours).set(0, 0, 2);
        assertThat(ours.get(0, 0)).isEqualTo(1);
    }

    @Test
    void emptyMatricesKeepTheirShape() {
        for (DenseMatrix empty : new DenseMatrix[] {DenseMatrix.zeros(0, 4), DenseMatrix.zeros(4, 0)}) {
            R064Store theirs = OjAlgoMatrices.toOjAlgoTransposed(empty);
            assertThat(theirs.getRowDim()).isEqualTo(empty.columns());
            assertThat(theirs.getColDim()).isEqualTo(empty.rows());
            assertThat(OjAlgoMatrices.fromOjAlgoTransposed(theirs)).isEqualTo(empty);
            assertThat(OjAlgoMatrices.copyFromOjAlgo(OjAlgoMatrices.copyToOjAlgo(empty)))
                    .isEqualTo(empty);
        }
    }
}
