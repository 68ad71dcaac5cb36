package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void numbersAreInsideInOrderAndWrittenTrue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            double low = random.nextDouble(-10, 10) * Math.pow(10, random.nextInt(-6, 7));
            double high = low + random.nextDouble(0.01, 10) * Math.pow(10, random.nextInt(-2, 3)) * Math.abs(low);
            check(Axis.linear("x", low, high), low, high);
            if (low > 0) {
                check(Axis.logarithmic("x", low, high), low, high);
            }
        }
    }

    private static void check(Axis axis, double low, double high) {
        List<Axis.Tick> ticks = axis.ticks();
        assertThat(ticks.size()).as("%s", axis).isBetween(2, 16);
        double before = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : ticks) {
            assertThat(tick.value()).isGreaterThan(before);
            assertThat(axis.at(tick.value())).isBetween(-1e-6, 1 + 1e-6);
            double written = Double.parseDouble(tick.text().replace('−', '-'));
            assertThat(written)
                    .as("%s of %s", tick, axis)
                    .isCloseTo(tick.value(), within(1e-6 * Math.max(Math.abs(low), Math.abs(high))));
            before = tick.value();
        }
    }
}
