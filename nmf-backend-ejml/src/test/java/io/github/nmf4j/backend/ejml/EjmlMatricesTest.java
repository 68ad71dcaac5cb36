package io.github.nmf4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SparseMatrix;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EjmlMatricesTest {
    @Test
    void aMatrixThatFillsItsArrayIsShared() {
        DenseMatrix ours = DenseMatrix.wrap(2, 3, 1, 2, 3, 4, 5, 6);
        DMatrixRMaj theirs = EjmlMatrices.toEjml(ours);
        assertThat(theirs.get(1, 0)).isEqualTo(4);
        theirs.set(1, 2, 60);
        ours.set(0, 1, 20);
        assertThat(ours.get(1, 2)).isEqualTo(60);
        assertThat(theirs.get(0, 1)).isEqualTo(20);
    }

    @Test
    void viewsAreCopied() {
        DenseMatrix whole = DenseMatrix.wrap(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        DenseMatrix[] views = {whole.slice(0, 0, 2, 3), whole.slice(1, 0, 2, 3), whole.slice(0, 0, 3, 2)};
        for (DenseMatrix view : views) {
            DMatrixRMaj theirs = EjmlMatrices.toEjml(view);
            assertThat(theirs.data).hasSize(6);
            assertThat(EjmlMatrices.fromEjml(theirs)).isEqualTo(view);
            theirs.set(1, 1, -1);
            assertThat(view.get(1, 1)).isPositive();
        }
    }

    @Test
    void whatComesBackIsShared() {
        DMatrixRMaj theirs = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        DenseMatrix ours = EjmlMatrices.fromEjml(theirs);
        assertThat(ours).isEqualTo(DenseMatrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        ours.set(2, 0, 50);
        assertThat(theirs.get(2, 0)).isEqualTo(50);
        assertThat(ours.data()).isSameAs(theirs.data);
    }

    @Test
    void whatEjmlShrankIsSharedWithoutItsRest() {
        DMatrixRMaj theirs = new DMatrixRMaj(3, 3);
        theirs.reshape(1, 2);
        theirs.set(0, 1, 7);
        DenseMatrix ours = EjmlMatrices.fromEjml(theirs);
        assertThat(ours).isEqualTo(DenseMatrix.wrap(1, 2, 0, 7));
        assertThat(ours.data()).isSameAs(theirs.data);
    }

    @Test
    void anyMatrixCanBeCopied() {
        SparseMatrix sparse = SparseMatrix.ofEntries(2, 3, new int[] {0, 1}, new int[] {2, 0}, new double[] {5, 6});
        assertThat(EjmlMatrices.fromEjml(EjmlMatrices.copyToEjml(sparse))).isEqualTo(DenseMatrix.of(new double[][] {
            {0, 0, 5}, {6, 0, 0}
        }));
        DenseMatrix ours = DenseMatrix.wrap(1, 1, 1);
        EjmlMatrices.copyToEjml(ours).set(0, 0, 2);
        assertThat(ours.get(0, 0)).isEqualTo(1);
        assertThat(EjmlMatrices.copyToEjml(DenseMatrix.zeros(5, 0)).numRows).isEqualTo(5);
    }
}
