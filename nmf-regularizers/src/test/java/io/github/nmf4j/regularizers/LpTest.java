package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LpTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Lp(0.3, 0.01);
    }

    @Override
    protected Regularizer prototype() {
        return new Lp();
    }

    @Test
    void isTheSumOfPowers() {
        assertThat(Penalties.value(new Lp(), new double[] {0, 4, 9})).isEqualTo(5);
        // √0.5^0.6 + 2^0.3 + 3^0.3, mpmath 1.2.1
        assertThat(Penalties.value(new Lp(0.3, 0), new double[] {0.5, 2, 3}))
                .isEqualTo(3.4337859800170611, within(1e-15));
        assertThat(Penalties.majorized(new Lp(), new double[] {4, 0, 0.25}).linear(0))
                .containsExactly(0.25, 0, 1);
        assertThat(Penalties.majorized(new Lp(0.5, 1), new double[] {3, 0, 8}).linear(0))
                .containsExactly(0.25, 0.5, 1 / 6.0);
    }

    @Nested
    class OfRoots extends RegularizerContract {
        @Override
        protected Regularizer regularizer() {
            return new Lp();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1, 2, Double.NaN})
    void refusesOtherPowers(double p) {
        assertThatThrownBy(() -> new Lp(p, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("lp: p must lie above 0 and below 1 (1 is l1, 2 is ridge): " + p);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-3, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnImpossibleEpsilon(double epsilon) {
        assertThatThrownBy(() -> new Lp(0.5, epsilon))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("lp: epsilon must be finite and at least 0: " + epsilon);
    }
}
