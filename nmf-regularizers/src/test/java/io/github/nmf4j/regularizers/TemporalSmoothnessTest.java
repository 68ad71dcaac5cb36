package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

class TemporalSmoothnessTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new TemporalSmoothness();
    }

    @Override
    protected boolean exactAlone() {
        return true;
    }

    @Test
    void isTheLaplacianOfAPath() {
        double[][] f = {{1, 4, 2, 2}, {0, 1, 0, 3}};
        Regularizer path = new Laplacian(new Shape(1, 4));
        assertThat(Penalties.shares(new TemporalSmoothness(), f)).containsExactly(6.5, 5.5);
        assertThat(Penalties.shares(path, f)).containsExactly(6.5, 5.5);
        for (int c = 0; c < 2; c++) {
            assertThat(Penalties.majorizedAlone(new TemporalSmoothness(), f).linear(c))
                    .containsExactly(Penalties.majorizedAlone(path, f).linear(c));
            assertThat(Penalties.majorized(new TemporalSmoothness(), f).quadratic(c))
                    .containsExactly(2, 4, 4, 2);
        }
    }

    @Test
    void aSingleVectorIsSmooth() {
        assertThat(Penalties.value(new TemporalSmoothness(), new double[] {3})).isZero();
    }
}
