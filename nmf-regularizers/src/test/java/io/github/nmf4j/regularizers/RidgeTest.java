package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

class RidgeTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new Ridge();
    }

    @Override
    protected boolean exactAlone() {
        return true;
    }

    @Test
    void isHalfTheSumOfSquares() {
        assertThat(Penalties.value(new Ridge().times(2.0), new double[] {1, 2})).isEqualTo(5);
    }
}
