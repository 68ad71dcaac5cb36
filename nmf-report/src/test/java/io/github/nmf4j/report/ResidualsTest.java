package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.core.Measures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResidualsTest {
    private final DenseMatrix x = random(12, 9, 1);
    private final DenseMatrix w = random(12, 2, 2);
    private final DenseMatrix h = random(2, 9, 3);

    private static DenseMatrix random(int rows, int columns, long seed) {
        return DenseMatrix.wrap(
                rows,
                columns,
                new SplittableRandom(seed).doubles(rows * columns).toArray());
    }

    private double residual(int i, int j) {
        return x.get(i, j) - w.get(i, 0) * h.get(0, j) - w.get(i, 1) * h.get(1, j);
    }

    @Test
    void sumsAreThoseOfTheEntries() {
        Residuals residuals = Residuals.of(x, w, h, null, null);
        assertThat(residuals.relativeError()).isCloseTo(Measures.relativeError(x, w, h), within(1e-14));
        for (int j = 0; j < 9; j++) {
            double square = 0;
            double sum = 0;
            for (int i = 0; i < 12; i++) {
                square += residual(i, j) * residual(i, j);
                sum += residual(i, j);
                assertThat(residuals.blocks().get(i, j)).isCloseTo(residual(i, j), within(1e-14));
            }
            assertThat(residuals.byColumn()[j]).isCloseTo(Math.sqrt(square / 12), within(1e-14));
            assertThat(residuals.meanOfColumn()[j]).isCloseTo(sum / 12, within(1e-14));
        }
    }

    @Test
    void entriesThatAreUnknownDoNotCount() {
        DenseMatrix weights = DenseMatrix.zeros(12, 9);
        weights.fill(1);
        weights.set(3, 4, 0);
        DenseMatrix absurd = x.copy();
        absurd.set(3, 4, 1e9);
        DenseMatrix holed = x.copy();
        holed.set(3, 4, Double.NaN);
        assertThat(Residuals.of(absurd, w, h, weights, null).byRow())
                .isEqualTo(Residuals.of(holed, w, h, null, null).byRow());
        assertThat(Residuals.of(holed, w, h, null, null).byRow()[3]).isLessThan(10);
    }

    @Test
    void aBackgroundIsPartOfTheModel() {
        DenseMatrix row = random(1, 9, 5);
        DenseMatrix whole = DenseMatrix.zeros(12, 9);
        DenseMatrix less = x.copy();
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 9; j++) {
                whole.set(i, j, row.get(0, j));
                less.set(i, j, x.get(i, j) - row.get(0, j));
            }
        }
        double[] expected = Residuals.of(less, w, h, null, null).byColumn();
        for (DenseMatrix background : new DenseMatrix[] {row, whole}) {
            double[] found = Residuals.of(x, w, h, null, background).byColumn();
            for (int j = 0; j < 9; j++) {
                assertThat(found[j]).isCloseTo(expected[j], within(1e-14));
            }
        }
    }

    @Test
    void anotherShapeIsRefused() {
        assertThatThrownBy(() -> Residuals.of(x, w, random(2, 8, 3), null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the data must have the shape of the model, 12 x 8: 12 x 9");
    }
}
