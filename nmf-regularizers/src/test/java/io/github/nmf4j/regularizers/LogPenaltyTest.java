package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPenaltyTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new LogPenalty(0.1);
    }

    @Override
    protected Regularizer prototype() {
        return new LogPenalty();
    }

    @Test
    void isTheSumOfLogarithms() {
        assertThat(Penalties.value(new LogPenalty(), new double[] {0, 1, 3})).isEqualTo(Math.log(8), within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-3, 1, 1e300})
    void productsOfManyFactorsStayInRange(double epsilon) {
        Random random = new Random(5);
        double[] h = random.doubles(3000, -300, 300)
                .map(power -> random.nextInt(4) == 0 ? 0 : Math.pow(10, power))
                .toArray();
        double expected = Arrays.stream(h).map(x -> Math.log(x + epsilon)).sum();
        double size = Arrays.stream(h).map(x -> Math.abs(Math.log(x + epsilon))).sum();
        assertThat(Penalties.value(new LogPenalty(epsilon), h)).isEqualTo(expected, within(1e-13 * size));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnEpsilonThatIsNotPositive(double epsilon) {
        assertThatThrownBy(() -> new LogPenalty(epsilon))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("log: epsilon must be positive and finite: " + epsilon);
    }
}
