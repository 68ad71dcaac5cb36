package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes beyond one block of the cache; the contract has the small ones. */
class ProductsTest {
    @ParameterizedTest
    @CsvSource({
        "AB, 5, 70, 2061",
        "AB, 3, 2061, 17",
        "ATB, 6, 70, 1043",
        "ATB, 3, 2061, 17",
        "ABT, 5, 2061, 3",
        "ABT, 1, 1025, 2"
    })
    void blocksAddUp(Product what, int rows, int inner, int columns) {
        SplittableRandom random = new SplittableRandom(7);
        DenseMatrix a = what == Product.ATB ? draw(inner, rows, random) : draw(rows, inner, random);
        DenseMatrix b = what == Product.ABT ? draw(columns, inner, random) : draw(inner, columns, random);
        for (double keep : new double[] {0, 1, -0.5}) {
            DenseMatrix into = draw(rows, columns, random);
            if (keep == 0) {
                into.fill(Double.NaN);
            }
            DenseMatrix before = into.copy();
            Products.multiply(what, a, b, keep, into);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double expected = keep == 0 ? 0 : keep * before.get(i, j);
                    for (int q = 0; q < inner; q++) {
                        expected += (what == Product.ATB ? a.get(q, i) : a.get(i, q))
                                * (what == Product.ABT ? b.get(j, q) : b.get(q, j));
                    }
                    // no term is negative: the products err by less than inner · 1.2e-16 of their sum
                    assertThat(into.get(i, j))
                            .as("%s [%d, %d], keep %s", what, i, j, keep)
                            .isCloseTo(expected, within(1e-15 * inner * Math.max(1, expected)));
                }
            }
        }
    }

    private static DenseMatrix draw(int rows, int columns, SplittableRandom random) {
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.nextDouble());
            }
        }
        return matrix;
    }
}
