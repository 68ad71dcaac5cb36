package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Loss;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed form against the general road, which any constraint leads to, also one that bounds nothing. */
class RatioUpdateTest {
    /** More vectors than one task updates. */
    private static final int VECTORS = 4300;

    private static final Constraint NOTHING = () -> "nothing";

    static List<Loss> losses() {
        return List.of(
                new KullbackLeibler(),
                new Euclidean(),
                new BetaDivergence(1.5),
                new AlphaDivergence(-1),
                new Huber(1.0));
    }

    private static Nmf.Builder sweeps(Loss loss, int threads) {
        return Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(3)
                .loss(loss)
                .startW(EquivalenceTest.random(1, 12, 3, 0, 0.1))
                .startH(EquivalenceTest.random(2, 3, VECTORS, 0, 0.1))
                .threads(threads)
                .stopWhen(StoppingRule.afterIterations(2));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itIsTheMinimizerOfTheSurrogate(Loss loss) {
        DenseMatrix x = EquivalenceTest.random(4, 12, VECTORS, 0, 0.1);
        Factorization closed = sweeps(loss, 1).build().fit(x);
        Factorization general =
                sweeps(loss, 1).constrainH(NOTHING).constrainW(NOTHING).build().fit(x);
        close(closed.h().toDense(), general.h().toDense());
        close(closed.w().toDense(), general.w().toDense());
        Factorization shared = sweeps(loss, 3).build().fit(x);
        assertThat(shared.h().toDense()).isEqualTo(closed.h().toDense());
        assertThat(shared.w().toDense()).isEqualTo(closed.w().toDense());
    }

    /** Columns and rows of zeros end at the floor, whose scale is that of the data; the smallest data have the smallest products. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-3, 1e5})
    void floorsAndProductsAreThoseOfAnyScale(double scale) {
        DenseMatrix x = EquivalenceTest.random(4, 12, VECTORS, 0, 0.1);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < VECTORS; j++) {
                x.set(i, j, j % 7 == 0 || i == 5 ? 0.0 : scale * x.get(i, j));
            }
        }
        for (Loss loss : List.of(new Euclidean(), new KullbackLeibler())) {
            Factorization closed = sweeps(loss, 1).normalized().build().fit(x);
            Factorization general = sweeps(loss, 1)
                    .normalized()
                    .constrainH(NOTHING)
                    .constrainW(NOTHING)
                    .build()
                    .fit(x);
            for (int c = 0; c < 3; c++) {
                for (int j = 0; j < VECTORS; j++) {
                    double value = general.h().get(c, j);
                    assertThat(closed.h().get(c, j)).as("h[%d, %d]", c, j).isCloseTo(value, within(1e-10 * value));
                }
                for (int i = 0; i < 12; i++) {
                    double value = general.w().get(i, c);
                    assertThat(closed.w().get(i, c)).as("w[%d, %d]", i, c).isCloseTo(value, within(1e-10 * value));
                }
            }
        }
    }

    /** Its ratios are 0/0 in the columns that X leaves open, which the general road lets stay. */
    @ParameterizedTest
    @MethodSource("losses")
    void aComponentThatNothingPullsAtStays(Loss loss) {
        DenseMatrix x = EquivalenceTest.random(4, 12, VECTORS, 0, 0.1);
        DenseMatrix mask = DenseMatrix.zeros(12, VECTORS);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < VECTORS; j++) {
                mask.set(i, j, j == 3000 ? 0.0 : 1.0);
            }
        }
        Factorization closed = sweeps(loss, 1).weights(mask).build().fit(x);
        Factorization general = sweeps(loss, 1)
                .weights(mask)
                .constrainH(NOTHING)
                .constrainW(NOTHING)
                .build()
                .fit(x);
        close(closed.h().toDense(), general.h().toDense());
    }

    private static void close(DenseMatrix actual, DenseMatrix expected) {
        for (int c = 0; c < expected.rows(); c++) {
            for (int j = 0; j < expected.columns(); j++) {
                double value = expected.get(c, j);
                assertThat(actual.get(c, j)).as("[%d, %d]", c, j).isCloseTo(value, within(1e-11 * (1e-3 + value)));
            }
        }
    }
}
