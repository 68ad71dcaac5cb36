package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.unmix.NonNegativeQuadratic.Sum;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NonNegativeQuadraticTest {
    /** Optimality conditions, from cold and warm starts; every third problem has a column twice. */
    @ParameterizedTest
    @EnumSource(Sum.class)
    void theMinimiserMeetsTheOptimalityConditions(Sum sum) {
        SplittableRandom random = new SplittableRandom(5);
        for (int problem = 0; problem < 300; problem++) {
            int n = 1 + random.nextInt(7);
            double[][] columns = new double[n][9];
            for (int i = 0; i < n; i++) {
                for (int r = 0; r < 9; r++) {
                    columns[i][r] = problem % 3 == 0 && i == n - 1 && n > 1 ? columns[0][r] : random.nextGaussian() + 1;
                }
            }
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] = dot(columns[i], columns[j]);
                }
            }
            NonNegativeQuadratic quadratic = new NonNegativeQuadratic(a, sum);
            double[] h = new double[n];
            h[0] = sum == Sum.ONE ? 1 : 0;
            for (int right = 0; right < 4; right++) {
                double[] target = new double[9];
                for (int r = 0; r < 9; r++) {
                    target[r] = random.nextGaussian() * 3;
                }
                double[] b = new double[n];
                for (int i = 0; i < n; i++) {
                    b[i] = dot(columns[i], target);
                }
                quadratic.minimize(b, h);
                assertOptimal(a, b, h, sum, "problem " + problem);
            }
        }
    }

    private static void assertOptimal(double[][] a, double[] b, double[] h, Sum sum, String name) {
        double[] slope = new double[h.length];
        double multiplier = 0;
        double total = 0;
        for (int i = 0; i < h.length; i++) {
            assertThat(h[i]).as(name).isNotNegative();
            slope[i] = dot(a[i], h) - b[i];
            multiplier -= h[i] * slope[i];
            total += h[i];
        }
        if (sum == Sum.ONE) {
            assertThat(total).as(name).isCloseTo(1, within(1e-12));
        } else {
            multiplier = 0;
        }
        for (int i = 0; i < h.length; i++) {
            double reduced = slope[i] + multiplier;
            assertThat(reduced).as(name).isGreaterThan(-1e-8);
            assertThat(reduced * Math.min(1, h[i])).as(name).isCloseTo(0, within(1e-8));
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
