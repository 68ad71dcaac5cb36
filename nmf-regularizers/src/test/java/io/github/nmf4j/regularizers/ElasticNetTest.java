package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ElasticNetTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new ElasticNet(0.3);
    }

    @Override
    protected Regularizer prototype() {
        return new ElasticNet();
    }

    @Override
    protected boolean exactAlone() {
        return true;
    }

    @Test
    void mixesTheTwo() {
        double[] h = {1, 2};
        assertThat(Penalties.value(new ElasticNet(0.25), h)).isEqualTo(0.25 * 3 + 0.75 * 2.5);
        assertThat(Penalties.value(new ElasticNet(1), h)).isEqualTo(Penalties.value(new L1(), h));
        assertThat(Penalties.value(new ElasticNet(0), h)).isEqualTo(Penalties.value(new Ridge(), h));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAShareThatIsNone(double ratio) {
        assertThatThrownBy(() -> new ElasticNet(ratio))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("elastic-net: ratio must lie between 0 and 1: " + ratio);
    }
}
