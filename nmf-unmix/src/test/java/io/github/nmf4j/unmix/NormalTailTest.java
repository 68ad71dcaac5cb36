package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTailTest {
    /** By SciPy 1.10.1, {@code log_ndtr} and what follows from it. */
    @ParameterizedTest
    @CsvSource({
        "-40, -804.6084420137539, 40.024968847212364",
        "-5, -15.064998393988727, 5.18650396712585",
        "-0.5, -1.175911761593619, 1.1410777703680652",
        "0, -0.6931471805599453, 0.7978845608028654",
        "3, -0.001350809964748193, 0.004437839042125665",
        "8.5, -9.479534822203251e-18, 8.166235631669551e-17"
    })
    void logarithmAndRatioAreRightInBothTails(double d, double logarithm, double ratio) {
        NormalTail tail = new NormalTail();
        tail.at(d);
        assertThat(tail.logarithm()).isCloseTo(logarithm, within(1e-13 * Math.abs(logarithm)));
        assertThat(tail.ratio()).isCloseTo(ratio, within(1e-12 * ratio));
    }

    /** Far below, φ/Φ is −d + 1/−d − …, and log Φ its integral. */
    @ParameterizedTest
    @CsvSource({"-1e4", "-1e8"})
    void nothingUnderflows(double d) {
        NormalTail tail = new NormalTail();
        tail.at(d);
        assertThat(tail.ratio()).isCloseTo(-d - 1 / d, within(1e-12 * -d));
        assertThat(tail.logarithm()).isCloseTo(-0.5 * d * d, within(1e-6 * d * d));
    }
}
