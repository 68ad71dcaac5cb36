package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

class L1Test extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new L1();
    }

    @Override
    protected boolean exactAlone() {
        return true;
    }

    @Test
    void isTheSumOfTheEntries() {
        assertThat(Penalties.shares(new L1(), new double[] {1, 2}, new double[] {0, 5}))
                .containsExactly(3, 5);
        assertThat(Penalties.value(new L1().times(0.5, 0.0), new double[] {1, 2}, new double[] {0, 5}))
                .isEqualTo(1.5);
    }

    @Test
    void asksForNoCurvature() {
        assertThat(Penalties.majorized(new L1(), new double[] {1, 2}).linear(0)).containsExactly(1, 1);
        assertThat(Penalties.majorized(new L1(), new double[] {1, 2}).straight(0, 1))
                .isTrue();
    }
}
