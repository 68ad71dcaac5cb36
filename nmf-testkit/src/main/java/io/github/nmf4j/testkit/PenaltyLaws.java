package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What the laws of a penalty share: points to look at it from, and comparisons. */
abstract class PenaltyLaws extends ExtensionContract<Regularizer> {
    /** Of sums of a few hundred terms. */
    static final double ROUNDING = 1e-12;

    static final int RANK = 3;

    static final int OTHER_VECTORS = 5;

    /** {@return the penalty under test, equal at every call} */
    protected abstract Regularizer regularizer();

    @Override
    protected final Regularizer extension() {
        return regularizer();
    }

    /** {@return a number of vectors that the penalty fits} */
    protected int vectors() {
        return 12;
    }

    /** {@return whether {@link Regularizer.Term#majorizeAlone} equals the penalty, up to a constant, as it does if quadratic} */
    protected boolean exactAlone() {
        return false;
    }

    /** A positive factor; the kind of point goes with the seed. */
    double[][] point(long seed, RandomGenerator random) {
        double[][] at = new double[RANK][vectors()];
        for (double[] row : at) {
            for (int j = 0; j < row.length; j++) {
                row[j] = switch ((int) Math.floorMod(seed, 4L)) {
                    case 0 -> 0.1 + random.nextDouble();
                    case 1 -> Draw.decades(random, -4, 4);
                    case 2 -> 1 + random.nextInt(3);
                    default -> random.nextInt(3) == 0 ? 1e-12 : random.nextDouble();
                };
            }
        }
        return at;
    }

    FactorView other(RandomGenerator random) {
        DenseMatrix values = DenseMatrix.zeros(RANK, OTHER_VECTORS);
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < OTHER_VECTORS; j++) {
                values.set(c, j, 0.1 + random.nextDouble());
            }
        }
        return FactorView.of(values, null);
    }

    PenaltyProbe probe(double[][] at, FactorView other) {
        return new PenaltyProbe(regularizer(), at, other);
    }

    static double[][] copy(double[][] of) {
        return Arrays.stream(of).map(double[]::clone).toArray(double[][]::new);
    }

    static double[][] withVector(double[][] of, int vector, double[][] from) {
        double[][] to = copy(of);
        for (int c = 0; c < of.length; c++) {
            to[c][vector] = from[c][vector];
        }
        return to;
    }

    static void assertSame(Coefficients expected, Coefficients actual, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            for (int c = 0; c < RANK; c++) {
                double[] right = expected.planes()[plane][c];
                assertArrayEquals(
                        right,
                        actual.planes()[plane][c],
                        ROUNDING * (Double.MIN_NORMAL + largest(right)),
                        () -> "coefficients, " + what + seed(seed));
            }
        }
    }

    static void assertSame(double[] expected, double[] actual, String what, long seed) {
        assertArrayEquals(
                expected, actual, ROUNDING * (Double.MIN_NORMAL + largest(expected)), () -> what + seed(seed));
    }

    static void assertSameAt(int j, Coefficients before, Coefficients after, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            for (int c = 0; c < RANK; c++) {
                double right = before.planes()[plane][c][j];
                double got = after.planes()[plane][c][j];
                int component = c;
                assertEquals(
                        right,
                        got,
                        ROUNDING * (Double.MIN_NORMAL + Math.abs(right)),
                        () -> "coefficients must stay: " + what + where(component, j, seed));
            }
        }
    }

    static void assertSameIn(int c, Coefficients before, Coefficients after, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            double[] right = before.planes()[plane][c];
            assertArrayEquals(
                    right,
                    after.planes()[plane][c],
                    ROUNDING * (Double.MIN_NORMAL + largest(right)),
                    () -> "coefficients must stay: " + what + seed(seed));
        }
    }

    static void assertNear(double expected, double actual, double tolerance, String what, int c, int j, long seed) {
        assertTrue(
                Math.abs(actual - expected) <= tolerance,
                () -> what + " must be " + expected + " within " + tolerance + ": " + actual + where(c, j, seed));
    }

    static double largest(double[] of) {
        return Arrays.stream(of).map(Math::abs).max().orElse(0);
    }

    static String where(int c, int j, long seed) {
        return " at component " + c + ", vector " + j + seed(seed);
    }

    static String seed(long seed) {
        return " (seed " + seed + ")";
    }
}
