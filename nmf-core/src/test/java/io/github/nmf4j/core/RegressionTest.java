package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.regularizers.L1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What once went wrong. */
class RegressionTest {
    /** A growth near 0 sent the root of a power surrogate over the range of a double, and it came back as 0. */
    @ParameterizedTest
    @ValueSource(doubles = {1.000001, 1.001, 1.01, 1.9999999, 2.0001})
    void exponentsNearZeroDescendUnderCappedSums(double beta) {
        DenseMatrix x = EquivalenceTest.random(31, 4, 20, 0, 0.01);
        Nmf.builder()
                .rank(5)
                .loss(new BetaDivergence(beta))
                .constrainH(new Box(0, 0.4), new UnitColumns())
                .constrainW(new Box(1e-3, 0.5), new UnitRows())
                .start(new RandomStart())
                .solver(new Descent("beta " + beta))
                .stopWhen(StoppingRule.afterIterations(60))
                .build()
                .fit(x);
    }

    /** Floor and box are both in the scale of the data, whichever of them is higher and whatever the scale. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1, 1e5})
    void boundsAreInTheScaleOfTheDataWhenNormalised(double size) {
        DenseMatrix x = EquivalenceTest.random(32, 12, 20, 0, 0.1);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] *= size;
        }
        for (double[] bounds : new double[][] {{1e-2 * size, 5e-2 * size}, {5e-2 * size, 1e-2 * size}}) {
            Factorization fit = Nmf.builder()
                    .rank(3)
                    .normalized()
                    .constrainW(new Floor(bounds[0]), new Box(bounds[1], size))
                    .penalizeW(new L1().times(10))
                    .stopWhen(StoppingRule.afterIterations(100))
                    .build()
                    .fit(x);
            double least = Double.POSITIVE_INFINITY;
            for (double value : fit.w().toDense().data()) {
                least = Math.min(least, value);
            }
            assertThat(least).isCloseTo(5e-2 * size, within(1e-12 * size));
        }
    }

    /** Near a limit, terms of size 1/(β − limit) must not eat the digits of the value. */
    @ParameterizedTest
    @ValueSource(doubles = {1 + 1e-7, 1 - 1e-7, 1e-7, -1e-7, 1 + 9e-4, -9e-4})
    void valuesNearTheLimitsKeepTheirDigits(double beta) {
        Loss loss = new BetaDivergence(beta);
        Loss limit = new BetaDivergence(Math.rint(beta));
        for (double x : new double[] {0.3, 1, 7}) {
            for (double y : new double[] {0.2, 1, 9}) {
                double expected = value(limit, x, y);
                assertThat(value(loss, x, y))
                        .isCloseTo(expected, within(Math.abs(beta - Math.rint(beta)) * 50 + 1e-14));
            }
            assertThat(value(loss, x, x)).isCloseTo(0, within(1e-14 * (1 + x)));
        }
    }

    private static double value(Loss loss, double x, double y) {
        double[] value = new double[1];
        double[] constant = new double[1];
        loss.value(1, new double[] {x}, new double[] {y}, value, Elementary.PLAIN);
        loss.constant(1, new double[] {x}, constant, Elementary.PLAIN);
        return value[0] + constant[0];
    }

    @Test
    void anObjectiveBeyondDoublePrecisionIsRefused() {
        DenseMatrix x = DenseMatrix.of(new double[] {1e150, 2e150}, new double[] {3e150, 1e150});
        assertThatThrownBy(() -> Nmf.builder()
                        .rank(1)
                        .loss(new BetaDivergence(4))
                        .build()
                        .fit(x))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the objective must be a number within double precision: it is ");
    }
}
