package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.nmf4j.api.Elementary;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logarithm, exponential and power over spans are accurate and stay within them. */
abstract class ElementaryLaws extends StepsLaws {
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 100, 1000};

    /** {@link Elementary#log} promises 4 ulp, or 4e-16 absolute near 1. */
    @Test
    protected final void logarithmsAreWithinFourUlp() {
        double[] odd = {
            0.0, Double.POSITIVE_INFINITY, Double.NaN, 1, Double.MIN_NORMAL, Double.MAX_VALUE, Math.E, 2, 0.5
        };
        double[] x = points(odd, 4000, random -> switch (random.nextInt(3)) {
            case 0 -> Math.exp(700 * (2 * random.nextDouble() - 1));
            case 1 -> 1 + random.nextGaussian() * 1e-3;
            default -> 1 + (random.nextInt(2001) - 1000) * EPS;
        });
        checkElementary(
                "log",
                x,
                Math::log,
                expected -> Math.max(4 * Math.ulp(expected), 4e-16),
                (n, from, to) -> backend().elementary().log(n, from, to));
    }

    @Test
    protected final void exponentialsAreAccurate() {
        double[] odd = {
            0,
            -0.0,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NaN,
            1,
            -1,
            710,
            1e4,
            1e300,
            -750,
            -1e4,
            -1e300,
            709.7,
            -708.3,
            1e-320,
            1e-20,
            -1e-20
        };
        double[] x = points(
                odd,
                4000,
                random -> random.nextBoolean() ? 708 * (2 * random.nextDouble() - 1) : random.nextGaussian());
        checkElementary(
                "exp",
                x,
                Math::exp,
                expected -> 1e-14 * expected + Double.MIN_NORMAL,
                (n, from, to) -> backend().elementary().exp(n, from, to));
    }

    /** Relative 1e-14, and as much more as s·log x, whose rounding is magnified by the exponential, exceeds 8. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.5, 1.0 / 3, -2.3, 0.01})
    protected final void powersAreAccurate(double s) {
        double[] odd = {0, Double.POSITIVE_INFINITY, Double.NaN, 1, 2, 0.5, 10, 1e-14, 1e-40, 1e40};
        double[] x = points(odd, 2000, random -> Math.exp(30 * (2 * random.nextDouble() - 1)));
        // The greatest |log of a result| here is 3 · 92.
        checkElementary(
                "x^" + s,
                x,
                v -> Math.pow(v, s),
                expected -> expected == 0 || Double.isInfinite(expected)
                        ? 0
                        : 1e-14 * expected * Math.max(1, Math.abs(Math.log(expected)) / 8),
                (n, from, to) -> backend().elementary().pow(n, from, s, to));
    }

    private interface Function {
        double of(double x);
    }

    private interface Span {
        void compute(int n, double[] from, double[] to);
    }

    private interface Draw {
        double next(Random random);
    }

    private static double[] points(double[] odd, int count, Draw draw) {
        Random random = new Random(5);
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            // odd ones come up at every position of a vector register, among ordinary ones
            x[i] = random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : draw.next(random);
        }
        System.arraycopy(odd, 0, x, 0, odd.length);
        return x;
    }

    private static void checkElementary(String label, double[] points, Function exact, Function tolerance, Span span) {
        int from = 0;
        for (int n : LENGTHS) {
            double[] x = new double[n + 3];
            Arrays.fill(x, MARK);
            for (int i = 0; i < n; i++) {
                x[i] = points[from++ % points.length];
            }
            double[] separate = new double[n + 3];
            Arrays.fill(separate, MARK);
            double[] before = x.clone();
            span.compute(n, x, separate);
            assertArrayEquals(before, x, label + ": the argument is only read");
            double[] inPlace = x.clone();
            span.compute(n, inPlace, inPlace);
            for (int i = 0; i < n; i++) {
                double expected = exact.of(x[i]);
                double allowed = tolerance.of(expected);
                assertNear(expected, separate[i], allowed, label + "(" + x[i] + "), " + n + " entries", i, 0);
                assertNear(expected, inPlace[i], allowed, label + "(" + x[i] + ") in place, " + n + " entries", i, 0);
            }
            for (int i = n; i < n + 3; i++) {
                assertEquals(MARK, separate[i], label + " of " + n + " wrote entry " + i);
                assertEquals(MARK, inPlace[i], label + " of " + n + " in place wrote entry " + i);
            }
        }
    }
}
