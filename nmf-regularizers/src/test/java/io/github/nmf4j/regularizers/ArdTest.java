package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArdTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Ard(Ard.Norm.L1, 0.5);
    }

    @Override
    protected Regularizer prototype() {
        return new Ard();
    }

    private static final double[][] F = {{1, 2, 0.5}, {0.25, 1, 3}};
    private static final double[][] OTHER = {{1, 0.5}, {0, 2}};

    /** log(3.5 + 1.5 + 0.5) + log(4.25 + 2 + 0.5), mpmath 1.2.1. */
    @Test
    void isTheSumOfLogarithmsOfSums() {
        double value = Penalties.value(new Ard(Ard.Norm.L1, 0.5), F, OTHER);
        assertThat(value).isEqualTo(3.61429059712286369, within(1e-15));
        Surrogate g = Penalties.majorized(new Ard(Ard.Norm.L1, 0.5), F, OTHER);
        assertThat(g.linear(0)).containsExactly(1 / 5.5, 1 / 5.5, 1 / 5.5);
        assertThat(g.linear(1)).containsExactly(1 / 6.75, 1 / 6.75, 1 / 6.75);
    }

    @Test
    void isTheSumOfLogarithmsOfHalfSquares() {
        double value = Penalties.value(new Ard(Ard.Norm.L2, 0.5), F, OTHER);
        double first = 0.5 * (1 + 4 + 0.25 + 1 + 0.25) + 0.5;
        double second = 0.5 * (0.0625 + 1 + 9 + 4) + 0.5;
        assertThat(value).isEqualTo(Math.log(first) + Math.log(second), within(1e-15));
        Surrogate g = Penalties.majorized(new Ard(Ard.Norm.L2, 0.5), F, OTHER);
        assertThat(g.quadratic(0)).containsExactly(1 / first, 1 / first, 1 / first);
    }

    @Nested
    class OfSquares extends RegularizerContract {
        @Override
        protected Regularizer regularizer() {
            return new Ard(Ard.Norm.L2, 0.5);
        }

        @Override
        protected Regularizer prototype() {
            return new Ard();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-200, 1e200, Double.NaN})
    void refusesAnImpossibleB(double b) {
        assertThatThrownBy(() -> new Ard(Ard.Norm.L1, b))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ard: b and its square must be positive and finite: " + b);
    }

    @Test
    void refusesAnUnknownNorm() {
        assertThatThrownBy(() -> new Ard().with(Arguments.NONE.and("norm", "max")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ard: norm must be one of l1, l2: 'max'");
    }
}
