package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BfgsTest {
    @Test
    void findsTheBottomOfACurvedValley() {
        List<Double> course = new ArrayList<>();
        Bfgs.Minimum minimum = Bfgs.minimize(
                (x, gradient) -> {
                    double off = x[1] - x[0] * x[0];
                    gradient[0] = -400 * x[0] * off - 2 * (1 - x[0]);
                    gradient[1] = 200 * off;
                    return 1 + 100 * off * off + (1 - x[0]) * (1 - x[0]);
                },
                new double[] {-1.2, 1},
                1,
                course::add);
        assertThat(minimum.converged()).isTrue();
        assertThat(minimum.value()).isCloseTo(1, within(1e-7));
        assertThat(minimum.x()[0]).isCloseTo(1, within(1e-3));
        assertThat(course.get(0)).isGreaterThan(20);
        for (int i = 1; i < course.size(); i++) {
            assertThat(course.get(i)).isLessThan(course.get(i - 1));
        }
        assertThat(course.get(course.size() - 1)).isEqualTo(minimum.value());
    }

    /** −log x + x is infinite at and below 0, where the first steps lead to. */
    @Test
    void staysWhereTheFunctionIsFinite() {
        Bfgs.Minimum minimum = Bfgs.minimize(
                (x, gradient) -> {
                    gradient[0] = 1 - 1 / x[0];
                    return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.POSITIVE_INFINITY;
                },
                new double[] {40},
                200,
                value -> {});
        assertThat(minimum.x()[0]).isCloseTo(1, within(1e-3));
    }

    @Test
    void aStationaryStartIsTheEnd() {
        Bfgs.Minimum minimum = Bfgs.minimize((x, gradient) -> 3, new double[] {1, 2}, 1, value -> {});
        assertThat(minimum.converged()).isTrue();
        assertThat(minimum.x()).containsExactly(1, 2);
    }
}
