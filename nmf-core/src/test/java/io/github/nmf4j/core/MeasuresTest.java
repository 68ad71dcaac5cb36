package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
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

    /** Squares of these numbers are out of the range of doubles. */
    @Test
    void anglesDoNotDependOnTheSizeOfVectors() {
        double expected = Math.toDegrees(Math.acos(24.0 / 25)); // (3, 4) and (4, 3)
        for (double size : new double[] {1, 1e-300, 1e300}) {
            assertThat(Measures.angle(new double[] {3 * size, 4 * size}, new double[] {4, 3}))
                    .isCloseTo(expected, within(1e-13));
        }
    }

    @Test
    void cosinesAreThoseOfTheAngles() {
        assertThat(Measures.cosine(new double[] {3, 4}, new double[] {4, 3})).isCloseTo(0.96, within(1e-15));
        assertThat(Measures.cosine(new double[] {2, 0}, new double[] {5, 0})).isEqualTo(1);
        assertThat(Measures.cosine(new double[] {2, 0}, new double[] {0, 5})).isZero();
        assertThat(Measures.cosine(new double[] {0, 0}, new double[] {0, 0})).isZero();
    }

    /** Computed with mean_squared_error, mean_absolute_error and r2_score of scikit-learn 1.2.1. */
    @Test
    void errorsHaveKnownValues() {
        double[] truth = {3, 0.5, 2, 7};
        double[] estimate = {2.5, 0, 2, 8};
        assertThat(Measures.meanSquaredError(truth, estimate)).isCloseTo(0.375, within(1e-15));
        assertThat(Measures.meanAbsoluteError(truth, estimate)).isCloseTo(0.5, within(1e-15));
        assertThat(Measures.r2(truth, estimate)).isCloseTo(0.9353099730458221, within(1e-15));
        assertThat(Measures.r2(new double[] {1, 2, 3}, new double[] {1, 2, 5})).isCloseTo(-1, within(1e-15));
        assertThatThrownBy(() -> Measures.r2(truth, new double[2]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("vectors to compare must have the same length, at least 1: 4 and 2");
        assertThatThrownBy(() -> Measures.meanSquaredError(new double[0], new double[0]))
                .hasMessage("vectors to compare must have the same length, at least 1: 0 and 0");
    }

    /** The mean of three times 0.1 is not 0.1 in doubles, and the variation around it not 0. */
    @Test
    void aTruthThatDoesNotVaryIsMetOrNot() {
        double[] truth = {0.1, 0.1, 0.1};
        assertThat(Measures.r2(truth, truth.clone())).isEqualTo(1);
        assertThat(Measures.r2(truth, new double[] {0.1, 0.1, 0.2})).isZero();
        assertThat(Measures.r2(new double[] {5}, new double[] {5})).isEqualTo(1);
        assertThat(Measures.r2(new double[] {5}, new double[] {4})).isZero();
    }

    /** By hand: (2 − 2/√2) / (2 − 1) for two equal entries of four; (√3 − 6/√14) / (√3 − 1) for 1, 2, 3. */
    @Test
    void sparsenessIsThatOfHoyer() {
        assertThat(Measures.sparseness(new double[] {1, 1, 0, 0})).isCloseTo(2 - Math.sqrt(2), within(1e-15));
        assertThat(Measures.sparseness(new double[] {1, 2, 3}))
                .isCloseTo((Math.sqrt(3) - 6 / Math.sqrt(14)) / (Math.sqrt(3) - 1), within(1e-15));
        assertThat(Measures.sparseness(new double[] {0, 0, 7e-200, 0})).isEqualTo(1);
        assertThat(Measures.sparseness(new double[] {0.1, 0.1, 0.1})).isZero();
        assertThat(Measures.sparseness(new double[4])).isZero();
        assertThat(Measures.sparseness(new double[] {3})).isZero();
    }

    @Test
    void similarityLooksPastOrderAndScale() {
        DenseMatrix a = DenseMatrix.of(new double[] {3, 0}, new double[] {4, 1});
        DenseMatrix b = DenseMatrix.of(new double[] {0, 6}, new double[] {2, 8});
        assertThat(Measures.similarity(a, b)).isCloseTo(1, within(1e-15));
        DenseMatrix c = DenseMatrix.of(new double[] {0, 4}, new double[] {1, 3});
        assertThat(Measures.similarity(a, c)).isCloseTo((1 + 0.96) / 2, within(1e-15));
        assertThat(Measures.similarity(a.slice(0, 0, 2, 1), b.slice(0, 1, 2, 1)))
                .isCloseTo(1, within(1e-15));
        assertThatThrownBy(() -> Measures.similarity(a, DenseMatrix.zeros(2, 3)))
                .hasMessage("components to compare must be as many: 2 and 3");
    }

    @Test
    void matchingByErrorSeesSizesThatAnglesDoNot() {
        DenseMatrix truth = DenseMatrix.of(new double[] {1, 5}, new double[] {1, 5.5});
        DenseMatrix estimate = DenseMatrix.of(new double[] {5, 1}, new double[] {5, 1.1});
        assertThat(Measures.matchByAngle(truth, estimate)).containsExactly(0, 1);
        assertThat(Measures.matchByError(truth, estimate)).containsExactly(1, 0);
    }

    @Test
    void relativeErrorComparesNorms() {
        DenseMatrix x = DenseMatrix.of(new double[] {3, 0}, new double[] {0, 4});
        DenseMatrix w = DenseMatrix.of(new double[] {1}, new double[] {0});
        DenseMatrix h = DenseMatrix.of(new double[] {3, 0});
        assertThat(Measures.relativeError(x, w, h)).isCloseTo(0.8, within(1e-15));
        assertThat(Measures.explained(x, w, h)).isCloseTo(9.0 / 25, within(1e-15));
    }

    @Test
    void anEmptyMatrixIsExplainedByNoModelAlone() {
        DenseMatrix none = DenseMatrix.zeros(2, 2);
        DenseMatrix w = DenseMatrix.of(new double[] {1}, new double[] {0});
        DenseMatrix h = DenseMatrix.of(new double[] {3, 0});
        assertThat(Measures.relativeError(none, w, DenseMatrix.zeros(1, 2))).isZero();
        assertThat(Measures.explained(none, w, DenseMatrix.zeros(1, 2))).isEqualTo(1);
        assertThat(Measures.relativeError(none, w, h)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Measures.explained(none, w, h)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void missingEntriesAreLeftOut() {
        DenseMatrix x = DenseMatrix.of(new double[] {3, Double.NaN}, new double[] {Double.NaN, 4});
        DenseMatrix w = DenseMatrix.of(new double[] {1}, new double[] {0});
        assertThat(Measures.relativeError(x, w, DenseMatrix.of(new double[] {3, 9})))
                .isCloseTo(0.8, within(1e-15));
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
        Path small = ReferenceFiles.folder().resolve("small");
        Map<String, Double> expected = new HashMap<>();
        for (String line : Files.readAllLines(small.resolve("measures.csv"))) {
            if (line.startsWith(configuration)) {
                String[] cells = line.substring(configuration.length() + 1).split(",");
                expected.put(cells[0], Double.valueOf(cells[1]));
            }
        }
        DenseMatrix w = ReferenceFiles.npy(small.resolve(configuration).resolve("W50.npy"));
        DenseMatrix h = ReferenceFiles.npy(small.resolve(configuration).resolve("H50.npy"));
        DenseMatrix d = configuration.equals("a_kl_noG") ? w : product(ReferenceFiles.npy(small.resolve("G.npy")), w);
        DenseMatrix truthD = ReferenceFiles.npy(small.resolve("truth_GW.npy"));
        DenseMatrix truthH = ReferenceFiles.npy(small.resolve("truth_H.npy"));

        int[] match = Measures.matchByAngle(truthD, d);
        int[] byError = Measures.matchByError(truthH.transposed(), h.transposed());
        for (int j = 0; j < 3; j++) {
            assertThat((double) byError[j]).isEqualTo(expected.get("mse_match_truth_of_estimate[" + j + "]"));
            for (int t = 0; t < 3; t++) {
                String pair = "[" + t + "][" + j + "]";
                near(expected, "angle" + pair, Measures.angle(Measures.column(truthD, t), Measures.column(d, j)));
                near(expected, "mse" + pair, Measures.meanSquaredError(Measures.row(truthH, t), Measures.row(h, j)));
            }
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
}
