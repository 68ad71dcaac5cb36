package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CurvesTest {
    /** Half of the last digit of a coordinate on 160 units of height. */
    private static final double ROUNDING = 0.06 / 160;

    private static double[] numbers(int n) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    @Test
    void pointsLieWhereTheDataSay() {
        double[] y = new SplittableRandom(3).doubles(40, 2, 9).toArray();
        List<double[]> points = Drawn.points(
                Curves.of("t", "x", "y").line("", numbers(40), y).build().svg(), "s0 line");
        assertThat(points).hasSize(40);
        double low = Arrays.stream(y).min().orElseThrow();
        double high = Arrays.stream(y).max().orElseThrow();
        double bottom = points.stream().mapToDouble(p -> p[1]).max().orElseThrow();
        double top = points.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        for (int i = 0; i < 40; i++) {
            assertThat((bottom - points.get(i)[1]) / (bottom - top))
                    .isCloseTo((y[i] - low) / (high - low), within(2 * ROUNDING));
        }
    }

    @Test
    void equalRatiosAreEquallyLongOnALogarithmicAxis() {
        Curves curves = Curves.of("t", "x", "y")
                .line("", numbers(4), new double[] {1, 10, 100, 1000})
                .logarithmic()
                .build();
        List<double[]> points = Drawn.points(curves.svg(), "s0 line");
        double step = points.get(0)[1] - points.get(1)[1];
        assertThat(points.get(1)[1] - points.get(2)[1]).isCloseTo(step, within(0.11));
        assertThat(points.get(2)[1] - points.get(3)[1]).isCloseTo(step, within(0.11));
        assertThat(curves.note()).isEqualTo("Logarithmic axis.");
        assertThat(curves.svg()).contains(">1000<", ">100<", ">10<", ">1<");
    }

    @Test
    void negativeValuesAndNarrowRangesHaveALinearAxis() {
        Curves negative = Curves.of("t", "x", "y")
                .line("", numbers(3), new double[] {-1, 10, 1000})
                .logarithmic()
                .build();
        Curves narrow = Curves.of("t", "x", "y")
                .line("", numbers(3), new double[] {9, 10, 11})
                .logarithmic()
                .build();
        assertThat(List.of(negative.note(), narrow.note())).containsOnly("");
    }

    @Test
    void aLongLineIsThinnedWithoutLosingAPeak() {
        double[] y = new double[100_000];
        y[54_321] = 7;
        Curves curves = Curves.of("t", "x", "y").line("", numbers(y.length), y).build();
        List<double[]> points = Drawn.points(curves.svg(), "s0 line");
        assertThat(points.size()).isBetween(300, 602);
        double top = points.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        assertThat(points.stream().filter(p -> p[1] == top)).hasSize(1);
        assertThat(curves.note()).contains("extremes of neighbours");
    }

    @Test
    void aNaNBreaksTheLine() {
        String svg = Curves.of("t", "x", "y")
                .line("", numbers(5), new double[] {1, 2, Double.NaN, 3, 4})
                .build()
                .svg();
        assertThat(Drawn.points(svg, "s0 line")).hasSize(4);
        assertThat(svg).doesNotContain("NaN");
    }

    @Test
    void constantsAndSinglePointsHaveAPlace() {
        for (double value : new double[] {0, 5, -2, 1e300, 1e-300}) {
            String svg = Curves.of("t", "x", "y")
                    .line("", new double[] {0}, new double[] {value})
                    .build()
                    .svg();
            assertThat(svg).doesNotContain("NaN", "Infinity");
            assertThat(Drawn.points(svg, "s0 line")).hasSize(1);
        }
    }

    @Test
    void linesThatCannotBeDrawnAreRefused() {
        Curves.Builder curves = Curves.of("t", "x", "y");
        assertThatThrownBy(curves::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a plot needs at least one line: t");
        assertThatThrownBy(() -> curves.line("a", numbers(2), numbers(3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a line needs as many x as y, at least one: 'a' has 2 and 3");
    }
}
