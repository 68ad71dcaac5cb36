package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Test;

class MinimumVolumeTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new MinimumVolume(0.5);
    }

    @Override
    protected Regularizer prototype() {
        return new MinimumVolume();
    }

    private static final double[][] F = {{1, 2, 0.5}, {0.25, 1, 3}};

    /** log det(F·Fᵀ + I/10), its inverse and the bound by the definitions in Javadoc, mpmath 1.2.1 at 50 digits. */
    @Test
    void isTheLogarithmOfTheDeterminant() {
        assertThat(Penalties.value(new MinimumVolume(), F)).isEqualTo(3.6965220499363727586, within(2e-15));
        Surrogate g = Penalties.majorized(new MinimumVolume(), F);
        assertThat(g.quadratic(0)).containsExactly(same(0.76070807293835638), within(1e-15));
        assertThat(g.quadratic(1)).containsExactly(same(0.40047116262929463), within(1e-15));
        assertThat(g.linear(0))
                .containsExactly(
                        new double[] {-0.30296978387476612, -0.69897580536408310, -0.68644325822105055}, within(1e-14));
        assertThat(g.linear(1))
                .containsExactly(
                        new double[] {-0.21982441638804577, -0.50715271509397962, -0.49805953152187932}, within(1e-14));
    }

    private static double[] same(double value) {
        return new double[] {value, value, value};
    }

    /** δ² for the second of two components that are the same: nothing else is left of the determinant. */
    @Test
    void parallelComponentsHaveNoVolumeBesidesDelta() {
        double[] f = {1, 2, 2};
        double value = Penalties.value(new MinimumVolume(1e-3), f, f);
        assertThat(value).isEqualTo(Math.log(1e-3 * (18 + 1e-3)), within(1e-11));
        assertThat(Penalties.value(new MinimumVolume(1e-30), f, f)).isFinite();
    }

    @Test
    void refusesAnImpossibleDelta() {
        assertThatThrownBy(() -> new MinimumVolume(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("minimum-volume: delta and its square must be positive and finite: 0.0");
    }
}
