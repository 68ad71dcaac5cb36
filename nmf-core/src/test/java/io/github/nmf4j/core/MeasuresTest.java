package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {
    @Test
    void anglesAreInDegreesAndKeepSmallOnes() {
        assertThat(Measures.angle(new double[] {1, 0}, new double[] {0, 2})).isCloseTo(90, within(1e-12));
        assertThat(Measures.angle(new double[] {1, 1}, new double[] {3, 3})).isCloseTo(0, within(1e-12));
        assertThat(Measures.angle(new double[] {1, 0}, new double[] {1, 1e-10}))
                .isCloseTo(Math.toDegrees(1e-10), within(1e-16));
        assertThat(Measures.angle(new double[] {0, 0}, new double[] {1, 1})).isEqualTo(90);
    }

    @Test
    void errorsHaveKnownValues() {
        double[] truth = {1, 2, 3};
        double[] estimate = {1, 2, 5};
        assertThat(Measures.meanSquaredError(truth, estimate)).isCloseTo(4.0 / 3, within(1e-15));
        assertThat(Measures.meanAbsoluteError(truth, estimate)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(Measures.r2(truth, estimate)).isCloseTo(-1, within(1e-15));
        assertThatThrownBy(() -> Measures.r2(truth, new double[2]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("vectors to compare must have the same length, at least 1: 3 and 2");
    }

    @Test
    void relativeErrorComparesNorms() {
        DenseMatrix x = DenseMatrix.of(new double[] {3, 0}, new double[] {0, 4});
        DenseMatrix w = DenseMatrix.of(new double[] {1}, new double[] {0});
        assertThat(Measures.relativeError(x, w, DenseMatrix.of(new double[] {3, 0})))
                .isCloseTo(0.8, within(1e-15));
    }

    @Test
    void purityWeighsComponentsByWhatTheyContribute() {
        DenseMatrix w = DenseMatrix.of(new double[] {1, 5}, new double[] {1, 5}, new double[] {1, 50});
        DenseMatrix h = DenseMatrix.of(new double[] {10, 0}, new double[] {0, 1});
        assertThat(Measures.purity(new int[] {0, 0, 1}, w, h)).isEqualTo(1);
        assertThat(Measures.purity(new int[] {0, 1, 1}, w, h)).isCloseTo(2.0 / 3, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void assignmentIsTheBestOfAll(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 1 + random.nextInt(6);
        int columns = rows + random.nextInt(3);
        double[][] cost = new double[rows][columns];
        for (double[] row : cost) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(10) - 3;
            }
        }
        int[] found = Assignment.minimizing(cost);
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += cost[i][found[i]];
        }
        assertThat(Arrays.stream(found).distinct().count()).isEqualTo(rows);
        assertThat(sum).isCloseTo(best(cost, 0, new boolean[columns]), within(1e-12));
    }

    private static double best(double[][] cost, int row, boolean[] taken) {
        if (row == cost.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                least = Math.min(least, cost[row][j] + best(cost, row + 1, taken));
                taken[j] = false;
            }
        }
        return least;
    }

    @Test
    void assignmentNamesWhatItCannotUse() {
        assertThatThrownBy(() -> Assignment.minimizing(new double[][] {{1, Double.NaN}, {1, 2}}))
                .hasMessage("costs must be finite: cost[0, 1] = NaN");
        assertThatThrownBy(() -> Assignment.minimizing(new double[][] {{1}, {2}}))
                .hasMessage("costs must have at least as many columns as rows, 2: row 0 has 1");
    }

    /** Measures of ESPM 1.1.3 for the final pairs of three runs; two of them are read through a dictionary. */
    @ParameterizedTest
    @ValueSource(strings = {"i0_full", "c_kl_G_simplexH", "a_kl_noG"})
    void agreesWithTheReference(String configuration) throws IOException {
        String reference = System.getProperty("nmf4j.reference", "");
        assumeTrue(!reference.isEmpty(), "nmf4j.reference names no folder of reference numbers");
        Path small = Path.of(reference, "small");
        Map<String, Double> expected = new HashMap<>();
        for (String line : Files.readAllLines(small.resolve("measures.csv"))) {
            if (line.startsWith(configuration)) {
                String[] cells = line.substring(configuration.length() + 1).split(",");
                expected.put(cells[0], Double.valueOf(cells[1]));
            }
        }
        DenseMatrix w = npy(small.resolve(configuration).resolve("W50.npy"));
        DenseMatrix h = npy(small.resolve(configuration).resolve("H50.npy"));
        DenseMatrix d = configuration.equals("a_kl_noG") ? w : product(npy(small.resolve("G.npy")), w);
        DenseMatrix truthD = npy(small.resolve("truth_GW.npy"));
        DenseMatrix truthH = npy(small.resolve("truth_H.npy"));

        int[] match = Measures.matchByAngle(truthD, d);
        for (int j = 0; j < 3; j++) {
            double[] truth = Measures.row(truthH, match[j]);
            double[] map = Measures.row(h, j);
            assertThat((double) match[j]).isEqualTo(expected.get("match_truth_of_estimate[" + j + "]"));
            near(
                    expected,
                    "matched_angle[" + j + "]",
                    Measures.angle(Measures.column(truthD, match[j]), Measures.column(d, j)));
            near(expected, "matched_mse[" + j + "]", Measures.meanSquaredError(truth, map));
            near(expected, "matched_mae[" + j + "]", Measures.meanAbsoluteError(truth, map));
            near(expected, "matched_r2[" + j + "]", Measures.r2(truth, map));
        }
    }

    private static void near(Map<String, Double> expected, String name, double value) {
        double wanted = expected.get(name);
        // 1e-9: the factors agree with the numbers' own run in every digit written
        assertThat(value).as(name).isCloseTo(wanted, within(1e-9 * Math.max(1, Math.abs(wanted))));
    }

    private static DenseMatrix product(DenseMatrix a, DenseMatrix b) {
        DenseMatrix product = DenseMatrix.zeros(a.rows(), b.columns());
        new PortableBackend().multiply(Product.AB, a, b, 0, product);
        return product;
    }

    private static DenseMatrix npy(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getShort(8);
        Matcher shape = Pattern.compile("\\((\\d+), (\\d+)\\)")
                .matcher(new String(bytes, 10, length, StandardCharsets.US_ASCII));
        assertThat(shape.find()).isTrue();
        DenseMatrix matrix = DenseMatrix.zeros(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
        buffer.position(10 + length);
        buffer.asDoubleBuffer().get(matrix.data());
        return matrix;
    }
}
