package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ratios and the sum of x·log y, with every kind of number among the models, in whole vectors and behind the last of them. */
class LogRatioTest {
    @BeforeEach
    void needsTheModule() {
        assumeThat(Machine.availability().usable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 1e-320, Double.MIN_NORMAL, 1e-300, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
    void sumsAreThoseOfOneByOne(double odd) {
        Random random = new Random(3);
        for (int n = 1; n < 70; n++) {
            for (int at = 0; at < 2; at++) {
                double[] x = random.doubles(n + at).map(v -> 5 * v).toArray();
                double[] y = random.doubles(n, 0.01, 40).toArray();
                y[random.nextInt(n)] = odd;
                double[] ratios = new double[n];
                double found = LogRatio.of(n, x, at, y, ratios, new double[Lanes.WIDTH]);
                double sum = 0;
                double size = 0;
                for (int i = 0; i < n; i++) {
                    sum += x[at + i] * Math.log(y[i]);
                    size += Math.abs(x[at + i] * Math.log(y[i]));
                    assertThat(ratios[i]).isEqualTo(x[at + i] / y[i]);
                }
                if (sum < Double.POSITIVE_INFINITY) {
                    assertThat(found).as("%d entries", n).isCloseTo(sum, within(1e-14 * size));
                } else {
                    assertThat(found).as("%d entries", n).isEqualTo(sum);
                }
            }
        }
    }
}
