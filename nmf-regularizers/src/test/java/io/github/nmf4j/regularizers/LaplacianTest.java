package io.github.nmf4j.regularizers;

import static io.github.nmf4j.regularizers.Laplacian.Majorizer.CONDITIONAL;
import static io.github.nmf4j.regularizers.Laplacian.Majorizer.LOG;
import static io.github.nmf4j.regularizers.Laplacian.Majorizer.QUADRATIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Surrogate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known values, and what is refused. The laws are in the tests of each form. */
class LaplacianTest {
    private static final Shape ROW_OF_THREE = new Shape(1, 3);
    private static final double[] H = {1, 4, 2};

    /** ½·((1 − 4)² + (4 − 2)²), with L·h = (−3, 5, −2). */
    @Test
    void isHalfTheSquaredDifferences() {
        assertThat(Penalties.value(new Laplacian(ROW_OF_THREE), H)).isEqualTo(6.5);
        assertThat(Penalties.value(new Laplacian(ROW_OF_THREE).times(2.0), H)).isEqualTo(13);
        assertThat(Penalties.shares(new Laplacian(ROW_OF_THREE), new double[] {5, 5, 5}, H))
                .containsExactly(0, 6.5);
    }

    @Test
    void writesTheFormsOfItsMajorizers() {
        Laplacian penalty = new Laplacian(ROW_OF_THREE);
        assertForm(Penalties.majorized(penalty, H), new double[] {-5, -11, -6}, new double[] {2, 4, 2}, new double[3]);
        assertForm(
                Penalties.majorizedAlone(penalty, H), new double[] {-4, -3, -4}, new double[] {1, 2, 1}, new double[3]);
        assertForm(
                Penalties.majorized(penalty.majorizedBy(QUADRATIC, Step.fixed(8)), H),
                new double[] {-11, -27, -18},
                new double[] {8, 8, 8},
                new double[3]);
        assertForm(
                Penalties.majorized(penalty.majorizedBy(LOG, Step.fixed(8)), H),
                new double[] {29, 37, 30},
                new double[3],
                new double[] {32, 128, 64});
    }

    private static void assertForm(Surrogate g, double[] linear, double[] quadratic, double[] log) {
        assertThat(g.linear(0)).containsExactly(linear);
        assertThat(g.quadratic(0)).containsExactly(quadratic);
        assertThat(g.log(0)).containsExactly(log);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 5", "3, 4", "5, 2"})
    void agreesWithTheReferenceMatrices(int height, int width) throws IOException {
        String folder = System.getProperty("nmf4j.reference", "");
        Path file = Path.of(folder, "small", "laplacian", "L_" + height + "x" + width + ".csv");
        Assumptions.assumeTrue(
                !folder.isEmpty() && Files.exists(file),
                () -> "no reference matrices: set nmf4j.reference to their folder");
        List<double[]> rows = Files.readAllLines(file).stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        int n = height * width;
        assertThat(rows).hasSize(n);
        Laplacian image = new Laplacian(new Shape(height, width));
        DenseMatrix adjacency = DenseMatrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                adjacency.set(i, j, i == j ? 0 : -rows.get(i)[j]);
            }
        }
        double[] h = new Random(3).doubles(n).toArray();
        double[] slope = new double[n];
        for (Laplacian penalty : List.of(image, new Laplacian(adjacency))) {
            Penalties.majorized(penalty, h).slope(0, slope);
            double value = 0;
            for (int i = 0; i < n; i++) {
                double expected = 0;
                for (int j = 0; j < n; j++) {
                    expected += rows.get(i)[j] * h[j];
                }
                assertThat(slope[i]).isEqualTo(expected, within(1e-14));
                value += 0.5 * h[i] * expected;
                assertThat(Penalties.majorizedAlone(penalty, h).quadratic(0)[i]).isEqualTo(rows.get(i)[i]);
            }
            assertThat(Penalties.value(penalty, h)).isEqualTo(value, within(1e-14));
        }
    }

    @Test
    void anImageIsTheGraphOfItsPixels() {
        SparseMatrix path =
                SparseMatrix.ofEntries(3, 3, new int[] {0, 1, 1, 2}, new int[] {1, 0, 2, 1}, new double[] {1, 1, 1, 1});
        assertThat(Penalties.value(new Laplacian(path), H)).isEqualTo(6.5);
        assertThat(new Laplacian(path).colours(3)).hasValue(new int[] {0, 1, 0});
        assertThat(new Laplacian(path)).isEqualTo(new Laplacian(path.toDense()));
        assertThat(new Laplacian(path)).isNotEqualTo(new Laplacian(ROW_OF_THREE));
    }

    @Test
    void coloursAnImageAsACheckerboardWhereColoursAreOfUse() {
        Laplacian penalty = new Laplacian(new Shape(2, 3));
        assertThat(penalty.colours(6)).hasValue(new int[] {0, 1, 0, 1, 0, 1});
        assertThat(penalty.majorizedBy(QUADRATIC, Step.fixed(8)).colours(6)).isEmpty();
        assertThat(penalty.majorizedBy(LOG, Step.fixed(8)).colours(6)).isEmpty();
    }

    @Test
    void promisesABoundOnlyWhereThereIsOne() {
        Laplacian image = new Laplacian(new Shape(3, 3));
        assertThat(image.majorizes()).isTrue();
        assertThat(image.majorizedBy(QUADRATIC, Step.fixed(8)).majorizes()).isTrue();
        assertThat(image.majorizedBy(QUADRATIC, Step.fixed(7.9)).majorizes()).isFalse();
        assertThat(image.majorizedBy(QUADRATIC, Step.adaptive()).majorizes()).isFalse();
        assertThat(image.majorizedBy(LOG, Step.fixed(8)).majorizes()).isFalse();
        assertThat(new Laplacian(ROW_OF_THREE)
                        .majorizedBy(QUADRATIC, Step.fixed(4))
                        .majorizes())
                .isTrue();
        // Degrees 0.75, 0.5 and 0.25.
        Laplacian weighted = new Laplacian(DenseMatrix.of(new double[][] {{0, 0.5, 0.25}, {0.5, 0, 0}, {0.25, 0, 0}}));
        assertThat(weighted.majorizedBy(QUADRATIC, Step.fixed(1.5)).majorizes()).isTrue();
        assertThat(weighted.majorizedBy(QUADRATIC, Step.fixed(1.49)).majorizes())
                .isFalse();
    }

    /** Change d = (1, 0, 0): dLd = 1, so the quadratic step is short exactly where it is below 1. */
    @Test
    void adaptsTheQuadraticStep() {
        double[] to = {2, 4, 2};
        assertThat(stepAfter(QUADRATIC, 8, H, to)).isEqualTo(8 / 1.05);
        assertThat(stepAfter(QUADRATIC, 1.001, H, to)).isEqualTo(1.001 / 1.05);
        assertThat(stepAfter(QUADRATIC, 0.999, H, to)).isEqualTo(1.5 * 0.999);
        assertThat(stepAfter(QUADRATIC, 1, H, H)).as("nothing gained").isEqualTo(1.5);
    }

    /** Q = 4·(log ½ − 1 + 2) = 4·(1 − log 2), so γ = 1/Q is where the step is just enough. */
    @Test
    void adaptsTheLogStep() {
        double enough = 1 / (4 * (1 - Math.log(2)));
        double[] to = {2, 4, 2};
        assertThat(stepAfter(LOG, 1.001 * enough, H, to)).isEqualTo(1.001 * enough / 1.05);
        assertThat(stepAfter(LOG, 0.999 * enough, H, to)).isEqualTo(1.5 * 0.999 * enough);
    }

    /** The rule as ESPM writes it, on random factors, where nothing is simplified. */
    @Test
    void adaptsAsTheRuleSays() {
        Shape shape = new Shape(3, 4);
        Random random = new Random(21);
        int grown = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] h = random.doubles(12).toArray();
            double[] to =
                    Arrays.stream(h).map(x -> x * (0.5 + random.nextDouble())).toArray();
            double[] slope = new double[12];
            double[] slopeTo = new double[12];
            Penalties.majorized(new Laplacian(shape), h).slope(0, slope);
            Penalties.majorized(new Laplacian(shape), to).slope(0, slopeTo);
            double tangent = 0;
            double squares = 0;
            double divergence = 0;
            for (int j = 0; j < 12; j++) {
                tangent += slope[j] * to[j] - 0.5 * slope[j] * h[j] - 0.5 * slopeTo[j] * to[j];
                squares += (to[j] - h[j]) * (to[j] - h[j]);
                divergence += h[j] * Math.log(h[j] / to[j]) - h[j] + to[j];
            }
            divergence *= Arrays.stream(to).max().orElseThrow();
            double step = 6 * random.nextDouble();
            for (Laplacian.Majorizer form : List.of(QUADRATIC, LOG)) {
                double q = tangent + 0.5 * step * (form == LOG ? divergence : squares);
                grown += q > 0 ? 0 : 1;
                assertThat(stepAfter(form, step, h, to)).isEqualTo(q > 0 ? step / 1.05 : 1.5 * step);
            }
        }
        assertThat(grown).isBetween(50, 350);
    }

    private static double stepAfter(Laplacian.Majorizer form, double step, double[] before, double[] now) {
        Shape shape = before.length == 3 ? ROW_OF_THREE : new Shape(3, before.length / 3);
        Laplacian penalty = new Laplacian(shape).majorizedBy(form, Step.adaptiveFrom(step));
        Regularizer next = penalty.after(Penalties.view(before), Penalties.view(now));
        return ((Laplacian) next).step().size();
    }

    @Test
    void keepsAFixedStep() {
        Laplacian penalty = new Laplacian(ROW_OF_THREE).majorizedBy(QUADRATIC, Step.fixed(2));
        assertThat(penalty.after(Penalties.view(H), Penalties.view(H))).isSameAs(penalty);
    }

    @Test
    void anAdaptiveStepCanBeFollowedThroughAWeight() {
        Regularizer penalty = new Laplacian(ROW_OF_THREE)
                .majorizedBy(LOG, Step.adaptive())
                .times(3.0)
                .after(Penalties.view(H), Penalties.view(new double[] {2, 4, 2}));
        assertThat(penalty.arguments().choice("step", "")).isEqualTo("adaptive/" + 8 / 1.05);
    }

    @Test
    void readsStepsAsUsersWriteThem() {
        Arguments shaped = Arguments.NONE.and("shape", ROW_OF_THREE).and("majorizer", "quadratic");
        assertThat(new Laplacian().with(shaped.and("step", "4")).step()).isEqualTo(Step.fixed(4));
        assertThat(new Laplacian().with(shaped.and("step", "adaptive")).step()).isEqualTo(Step.adaptiveFrom(8));
        assertThat(new Laplacian().with(shaped.and("step", "adaptive/3")).step())
                .isEqualTo(Step.adaptiveFrom(3));
        assertThat(new Laplacian().with(shaped).step()).isEqualTo(Step.fixed(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "", "adaptive/", "adaptively"})
    void refusesAStepThatIsNone(String text) {
        assertThatThrownBy(() -> new Laplacian().with(Arguments.NONE.and("step", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian: step must be a number, 'adaptive' or 'adaptive/START': '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "adaptive/0"})
    void refusesAStepThatIsNotPositive(String text) {
        assertThatThrownBy(() -> new Laplacian().with(Arguments.NONE.and("step", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("laplacian: step must be positive and finite: ");
    }

    @Test
    void refusesASizeThatDoesNotFitAndMissingOrTwofoldNeighbours() {
        assertThatThrownBy(() -> new Laplacian(new Shape(100, 100)).check(3, 320))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian: shape must have as many pixels as the factor has vectors, 320: "
                        + "100x100 has 10000");
        assertThatThrownBy(() -> new Laplacian(LaplacianOfAGraphTest.graph()).check(3, 320))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian: graph must have a row and a column for each vector of the factor, 320: 9 x 9");
        assertThatThrownBy(() -> new Laplacian().check(3, 320))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian needs a shape or a graph, as in shape=100x80 or graph=FILE: neither is given");
        assertThatThrownBy(() -> new Laplacian()
                        .with(Arguments.NONE.and("shape", ROW_OF_THREE).and("graph", DenseMatrix.zeros(3, 3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian takes a shape or a graph, not both: shape=1x3, graph of 3 x 3");
    }

    @Test
    void refusesWhatIsNoGraph() {
        assertRefused("laplacian: graph must be square: 1 x 2", new double[] {0, 1});
        assertRefused(
                "laplacian: graph must be symmetric: graph[0, 1] = 1.0 but graph[1, 0] = 2.0",
                new double[] {0, 1},
                new double[] {2, 0});
        assertRefused(
                "laplacian: graph must be symmetric: graph[1, 0] = 2.0 but graph[0, 1] = 0.0",
                new double[] {0, 0},
                new double[] {2, 0});
        assertRefused(
                "laplacian: graph must be finite and non-negative: graph[0, 1] = -1.0",
                new double[] {0, -1},
                new double[] {-1, 0});
        assertRefused(
                "laplacian: graph must be finite and non-negative: graph[1, 1] = NaN",
                new double[] {0, 1},
                new double[] {1, Double.NaN});
    }

    private static void assertRefused(String message, double[]... graph) {
        assertThatThrownBy(() -> new Laplacian(DenseMatrix.of(graph)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAFormItDoesNotHaveAndAStepThatWouldBeIgnored() {
        assertThatThrownBy(() -> new Laplacian().with(Arguments.NONE.and("majorizer", "cubic")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian: majorizer must be one of conditional, quadratic, log: 'cubic'");
        assertThatThrownBy(() -> new Laplacian(ROW_OF_THREE).majorizedBy(CONDITIONAL, Step.fixed(4)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("laplacian: step needs majorizer quadratic or log, conditional takes none: 4.0");
    }

    @Test
    void aSinglePixelHasNothingToSmooth() {
        assertThat(Penalties.value(new Laplacian(new Shape(1, 1)), new double[] {3}))
                .isZero();
        assertThat(Penalties.majorized(new Laplacian(new Shape(1, 1)), new double[] {3})
                        .quadratic(0))
                .containsExactly(0);
    }
}
