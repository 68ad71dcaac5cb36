package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.core.Euclidean;
import io.github.nmf4j.core.ItakuraSaito;
import io.github.nmf4j.core.KullbackLeibler;
import org.junit.jupiter.api.Test;

class StorageTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 2100;

    /** Every n-th entry is not zero, in more tiles than one. */
    private static DenseMatrix every(int n) {
        DenseMatrix x = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < x.data().length; e += n) {
            x.data()[e] = 1 + e % 7;
        }
        return x;
    }

    private static Storage stored(Matrix x, long heap) {
        return Storage.of(x, new KullbackLeibler(), new DataOptions(), heap);
    }

    @Test
    void emptyDataBecomeSparseWhereTheHeapHasRoom() {
        DenseMatrix x = every(10);
        long data = 8L * ROWS * COLUMNS;
        long sparse = 24L * (ROWS * COLUMNS / 10);
        long enough = (data + sparse) * 4 / 3;
        Storage roomy = stored(x, enough);
        assertThat(roomy.x()).isInstanceOf(SparseMatrix.class);
        assertThat(roomy.x().toDense()).isEqualTo(x);
        assertThat(roomy.describe()).isEqualTo("held sparse, 10.0 % filled");
        Storage tight = stored(x, enough - 4);
        assertThat(tight.x()).isSameAs(x);
        assertThat(tight.describe()).isEqualTo("held dense, 10.0 % filled, the heap has no room for it sparse");
    }

    @Test
    void fullDataBecomeDenseWhereTheHeapHasRoom() {
        SparseMatrix x = SparseMatrix.of(every(2));
        assertThat(stored(x, 1L << 30).x()).isInstanceOf(DenseMatrix.class);
        assertThat(stored(x, 1L << 30).describe()).isEqualTo("held dense, 50.0 % filled");
        Storage tight = stored(x, 8L * ROWS * COLUMNS);
        assertThat(tight.x()).isSameAs(x);
        assertThat(tight.describe()).isEqualTo("held sparse, 50.0 % filled, the heap has no room for it dense");
    }

    @Test
    void dataStayAsTheyAreWhereThatIsFaster() {
        DenseMatrix full = every(2);
        assertThat(stored(full, 1).x()).isSameAs(full);
        assertThat(stored(full, 1).describe()).isEqualTo("held dense, 50.0 % filled");
        SparseMatrix empty = SparseMatrix.of(every(10));
        assertThat(stored(empty, 1).x()).isSameAs(empty);
        DenseMatrix visited = every(10);
        Storage storage = Storage.of(visited, new ItakuraSaito(), new DataOptions(), 1L << 30);
        assertThat(storage.x()).isSameAs(visited);
        assertThat(storage.describe()).isEqualTo("held dense");
        assertThat(Storage.of(visited, new Euclidean(), new DataOptions(), 1L << 30)
                        .x())
                .isInstanceOf(SparseMatrix.class);
    }
}
