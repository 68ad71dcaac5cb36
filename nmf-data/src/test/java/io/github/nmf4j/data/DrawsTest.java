package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments within five standard errors of theirs; the seeds are fixed, so a test that passes once passes always. */
class DrawsTest {
    private static final int MANY = 200_000;
    private static final double ERRORS = 5;

    /** The probabilities of small numbers are compared too: moments alone would forgive much. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 3, 9.99, 10, 10.01, 30, 45.5, 300, 12_345.6, 1e6})
    void poissonHasItsMomentsAndProbabilities(double mean) {
        Draws draws = new Draws(4);
        int[] seen = new int[400];
        double sum = 0;
        double squares = 0;
        for (int trial = 0; trial < MANY; trial++) {
            int k = draws.poisson(mean);
            assertThat(k).isNotNegative();
            sum += k - mean;
            squares += (k - mean) * (k - mean);
            if (k < seen.length) {
                seen[k]++;
            }
        }
        assertThat(sum / MANY).isBetween(-ERRORS * Math.sqrt(mean / MANY), ERRORS * Math.sqrt(mean / MANY));
        // Var((k − mean)²) of a Poisson number is mean + 2 mean².
        double error = ERRORS * Math.sqrt((mean + 2 * mean * mean) / MANY);
        assertThat(squares / MANY).isBetween(mean - error, mean + error);
        double p = Math.exp(-mean);
        for (int k = 0; k < seen.length && mean < 300; p *= mean / ++k) {
            double slack = ERRORS * Math.sqrt(MANY * p * (1 - p)) + 1;
            assertThat((double) seen[k]).as("mean %s, k = %d", mean, k).isBetween(MANY * p - slack, MANY * p + slack);
        }
    }

    @Test
    void poissonOfNothingIsNothing() {
        Draws draws = new Draws(1);
        for (int trial = 0; trial < 1000; trial++) {
            assertThat(draws.poisson(0)).isZero();
            assertThat(draws.poisson(Double.MIN_VALUE)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 2.5, 40})
    void gammaHasItsMoments(double shape) {
        Draws draws = new Draws(6);
        // Mean and variance are the shape; the fourth central moment is 3 shape² + 6 shape.
        moments(() -> draws.gamma(shape), shape, shape, 3 * shape * shape + 6 * shape);
    }

    @Test
    void gaussianAndUniformHaveTheirMoments() {
        Draws draws = new Draws(9);
        moments(draws::gaussian, 0, 1, 3);
        moments(draws::uniform, 0.5, 1.0 / 12, 1.0 / 80);
        int[] seen = new int[7];
        for (int trial = 0; trial < 70_000; trial++) {
            seen[draws.below(7)]++;
        }
        for (int count : seen) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    private static void moments(DoubleSupplier draw, double mean, double variance, double fourth) {
        double sum = 0;
        double squares = 0;
        for (int trial = 0; trial < MANY; trial++) {
            double d = draw.getAsDouble() - mean;
            sum += d;
            squares += d * d;
        }
        double ofMean = ERRORS * Math.sqrt(variance / MANY);
        double ofVariance = ERRORS * Math.sqrt((fourth - variance * variance) / MANY);
        assertThat(sum / MANY).isBetween(-ofMean, ofMean);
        assertThat(squares / MANY).isBetween(variance - ofVariance, variance + ofVariance);
    }

    @Test
    void dirichletSumsToOneHoweverSmallItsConcentration() {
        Draws draws = new Draws(2);
        double[] parts = new double[5];
        for (double concentration : new double[] {1e-3, 0.1, 1, 100}) {
            for (int trial = 0; trial < 200; trial++) {
                draws.dirichlet(concentration, parts, 1, 3);
                assertThat(parts[1] + parts[2] + parts[3]).isBetween(1 - 1e-15, 1 + 1e-15);
                assertThat(parts[0] + parts[4]).isZero();
            }
        }
    }
}
