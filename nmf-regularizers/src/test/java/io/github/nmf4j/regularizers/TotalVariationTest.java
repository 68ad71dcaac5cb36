package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotalVariationTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new TotalVariation(new Shape(3, 4), 0.02);
    }

    @Override
    protected Regularizer prototype() {
        return new TotalVariation();
    }

    @Test
    void aFlatImageCostsNothingAndAnEdgeItsHeight() {
        Regularizer penalty = new TotalVariation(new Shape(2, 2), 1e-9);
        assertThat(Penalties.value(penalty, new double[] {7, 7, 7, 7})).isZero();
        assertThat(Penalties.value(penalty, new double[] {1, 4, 1, 4})).isEqualTo(6, within(1e-8));
    }

    @Test
    void isTheSumOverEdgesOfASmoothedDifference() {
        Regularizer penalty = new TotalVariation(new Shape(1, 3), 4);
        assertThat(Penalties.value(penalty, new double[] {1, 4, 4})).isEqualTo(1, within(1e-15)); // 5 - 4
        Surrogate g = Penalties.majorizedAlone(penalty, new double[] {1, 4, 4});
        assertThat(g.quadratic(0)).containsExactly(0.2, 0.45, 0.25);
        assertThat(g.linear(0)).containsExactly(new double[] {-0.8, -1.2, -1}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-200, 1e200, Double.NaN})
    void refusesAnImpossibleDelta(double delta) {
        assertThatThrownBy(() -> new TotalVariation(new Shape(1, 3), delta))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("total-variation: delta and its square must be positive and finite: " + delta);
    }

    @Test
    void refusesAFactorOfAnotherSizeAndAMissingShape() {
        assertThatThrownBy(() -> regularizer().check(3, 13))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "total-variation: shape must have as many pixels as the factor has vectors, 13: 3x4 has 12");
        assertThatThrownBy(() -> prototype().check(3, 13))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("total-variation needs a shape, as in shape=100x80: none is given");
    }
}
