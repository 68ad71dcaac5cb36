package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

class DecorrelationTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Decorrelation();
    }

    @Test
    void isTheSumOfProductsOfPairs() {
        double[][] f = {{1, 2}, {3, 0}, {0.5, 4}};
        assertThat(Penalties.value(new Decorrelation(), f)).isEqualTo(1 * 3 + 1 * 0.5 + 3 * 0.5 + 2 * 4);
        Surrogate g = Penalties.majorized(new Decorrelation(), f);
        assertThat(g.quadratic(1)).containsExactly(2, 2);
        assertThat(g.linear(0)).containsExactly(4.5 - 3, 6 - 6);
        assertThat(g.linear(2)).containsExactly(4.5 - 1.5, 6 - 12);
    }

    @Test
    void costsNothingWhereComponentsDoNotMeet() {
        assertThat(Penalties.value(new Decorrelation(), new double[] {1, 0, 2}, new double[] {0, 5, 0}))
                .isZero();
    }
}
