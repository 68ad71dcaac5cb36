package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleInvariantSparsityTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new ScaleInvariantSparsity();
    }

    @Override
    protected Regularizer prototype() {
        return new ScaleInvariantSparsity();
    }

    @Test
    void isTheSumOfContributions() {
        double[][] h = {{1, 2, 0.5}};
        double[][] w = {{4, 1}};
        assertThat(Penalties.value(new ScaleInvariantSparsity(), h, w)).isEqualTo(17.5);
        assertThat(Penalties.majorized(new ScaleInvariantSparsity(), h, w).linear(0))
                .containsExactly(5, 5, 5);
        // log(1 + 5·1/2) + log(1 + 5·2/2) + log(1 + 5·½/2), mpmath 1.2.1
        Regularizer log = new ScaleInvariantSparsity(ScaleInvariantSparsity.Form.LOG, 2);
        assertThat(Penalties.value(log, h, w)).isEqualTo(3.8554526539397518, within(1e-15));
        assertThat(Penalties.majorized(log, h, w).linear(0)).containsExactly(5 / 7.0, 5 / 12.0, 5 / 4.5);
    }

    @Test
    void doesNotChangeWithTheScaleOfAComponent() {
        for (ScaleInvariantSparsity.Form form : ScaleInvariantSparsity.Form.values()) {
            Regularizer penalty = new ScaleInvariantSparsity(form, 2);
            double value = Penalties.value(penalty, new double[][] {{1, 2, 0.5}}, new double[][] {{4, 1}});
            double scaled = Penalties.value(penalty, new double[][] {{8, 16, 4}}, new double[][] {{0.5, 0.125}});
            assertThat(scaled).isEqualTo(value);
        }
    }

    @Nested
    class OfLogarithms extends RegularizerContract {
        @Override
        protected Regularizer regularizer() {
            return new ScaleInvariantSparsity(ScaleInvariantSparsity.Form.LOG, 0.3);
        }

        @Override
        protected Regularizer prototype() {
            return new ScaleInvariantSparsity();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnImpossibleEpsilon(double epsilon) {
        assertThatThrownBy(() -> new ScaleInvariantSparsity(ScaleInvariantSparsity.Form.LOG, epsilon))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("scale-invariant-sparsity: epsilon and its square must be positive and finite: " + epsilon);
    }

    @Test
    void refusesAnUnknownForm() {
        assertThatThrownBy(() -> new ScaleInvariantSparsity().with(Arguments.NONE.and("form", "l0")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("scale-invariant-sparsity: form must be one of l1, log: 'l0'");
    }
}
