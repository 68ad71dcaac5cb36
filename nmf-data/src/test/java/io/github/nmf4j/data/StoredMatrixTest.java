package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredMatrixTest {
    private static final int ROWS = 37;
    private static final int COLUMNS = 53;
    private static final double UNTOUCHED = -77.25;

    /** Random bits hold the extremes of every type: 255, 65535, negative numbers. */
    private static Storage random(NpyType type, long seed) {
        byte[] bytes = new byte[ROWS * COLUMNS * type.bytes()];
        new Random(seed).nextBytes(bytes);
        Arrays.fill(bytes, 0, 2 * type.bytes(), (byte) 0xFF);
        HeapStorage storage = type.storage(ROWS * COLUMNS);
        storage.load(storage.view(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)), 0, 0, ROWS * COLUMNS);
        storage.settle(0, ROWS * COLUMNS);
        return storage;
    }

    private static DenseMatrix wide(StoredMatrix narrow) {
        DenseMatrix wide = DenseMatrix.zeros(narrow.rows(), narrow.columns());
        for (int i = 0; i < narrow.rows(); i++) {
            for (int j = 0; j < narrow.columns(); j++) {
                wide.set(i, j, narrow.get(i, j));
            }
        }
        return wide;
    }

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void tilesEqualThoseOfTheDenseMatrix(NpyType type) {
        Storage storage = random(type, 3);
        for (StoredMatrix narrow : new StoredMatrix[] {
            StoredMatrix.byRows(ROWS, COLUMNS, storage),
            StoredMatrix.byColumns(ROWS, COLUMNS, storage),
            StoredMatrix.byRows(COLUMNS, ROWS, storage).transposed(),
            StoredMatrix.byRows(ROWS * COLUMNS, 1, storage),
            StoredMatrix.byColumns(ROWS * COLUMNS, 1, storage),
            StoredMatrix.byRows(1, ROWS * COLUMNS, storage).transposed(),
        }) {
            DenseMatrix wide = wide(narrow);
            assertThat(narrow.toDense()).isEqualTo(wide);
            assertThat(narrow.transposed().toDense()).isEqualTo(wide.transposed());
            assertThat(narrow.stored()).isEqualTo(ROWS * COLUMNS);
            assertThat(narrow.heapBytes()).isEqualTo((long) ROWS * COLUMNS * type.held());
            Random random = new Random(11);
            for (int trial = 0; trial < 60; trial++) {
                int row = random.nextInt(wide.rows());
                int column = random.nextInt(wide.columns());
                int height = random.nextInt(wide.rows() - row + 1);
                int width = random.nextInt(wide.columns() - column + 1);
                int gap = random.nextInt(3);
                int offset = random.nextInt(5);
                double[] expected = new double[offset + (height + gap + 1) * (width + gap + 1)];
                Arrays.fill(expected, UNTOUCHED);
                double[] found = expected.clone();
                wide.read(row, column, height, width, expected, offset, width + gap);
                narrow.read(row, column, height, width, found, offset, width + gap);
                assertThat(found).as("%s, trial %d", type, trial).isEqualTo(expected);
                wide.readTransposed(row, column, height, width, expected, offset, height + gap);
                narrow.readTransposed(row, column, height, width, found, offset, height + gap);
                assertThat(found).as("%s transposed, trial %d", type, trial).isEqualTo(expected);
            }
        }
    }

    @Test
    void unsignedTypesReachTheirTops() {
        assertThat(StoredMatrix.byRows(ROWS, COLUMNS, random(NpyType.U1, 1)).get(0, 0))
                .isEqualTo(255);
        assertThat(StoredMatrix.byRows(ROWS, COLUMNS, random(NpyType.U2, 1)).get(0, 0))
                .isEqualTo(65535);
        assertThat(StoredMatrix.byRows(ROWS, COLUMNS, random(NpyType.U4, 1)).get(0, 0))
                .isEqualTo(4294967295.0);
        assertThat(StoredMatrix.byRows(ROWS, COLUMNS, random(NpyType.I1, 1)).get(0, 0))
                .isEqualTo(-1);
    }

    @Test
    void refusesWhatLiesOutside() {
        StoredMatrix m = StoredMatrix.byColumns(ROWS, COLUMNS, random(NpyType.U1, 1));
        double[] into = new double[ROWS * COLUMNS];
        assertThatThrownBy(() -> m.get(ROWS, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> m.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> m.read(1, 0, ROWS, 1, into, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> m.readTransposed(0, 1, 1, COLUMNS, into, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
