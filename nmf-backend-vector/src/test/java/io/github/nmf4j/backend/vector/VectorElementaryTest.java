package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Elementary;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract leaves open: every length, every place in a vector, denormal numbers. */
class VectorElementaryTest {
    private static final Elementary MATH = VectorElementary.INSTANCE;
    private static final double MARK = -9876.5;
    private static final int LONGEST = 40;
    private static final double[] NOT_NEGATIVE = {
        0, Double.MIN_VALUE, 1e-310, Double.MIN_NORMAL, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN
    };
    private static final double[] ANY = {
        0,
        -0.0,
        Double.MIN_VALUE,
        1e-310,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN,
        -1,
        -1e-310,
        Double.NEGATIVE_INFINITY
    };

    private interface Span {
        void compute(int n, double[] x, double[] into);
    }

    /** An odd number at each place of each length, and nothing behind the end touched. */
    private static void check(Span span, DoubleUnaryOperator exact, double[] odd, double relative) {
        SplittableRandom random = new SplittableRandom(3);
        for (int n = 0; n <= LONGEST; n++) {
            for (int place = -1; place < n; place++) {
                double[] x = new double[LONGEST + 8];
                Arrays.fill(x, MARK);
                for (int i = 0; i < n; i++) {
                    x[i] = random.nextDouble() * 10;
                }
                if (place >= 0) {
                    x[place] = odd[random.nextInt(odd.length)];
                }
                double[] into = x.clone();
                span.compute(n, into, into);
                for (int i = 0; i < into.length; i++) {
                    double expected = i < n ? exact.applyAsDouble(x[i]) : MARK;
                    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
                        assertThat((Double) into[i])
                                .as("of %s at %d of %d", x[i], i, n)
                                .isEqualTo((Double) expected);
                    } else {
                        assertThat(into[i])
                                .as("of %s at %d of %d", x[i], i, n)
                                .isCloseTo(expected, within(relative * Math.abs(expected) + Double.MIN_VALUE));
                    }
                }
            }
        }
    }

    @Test
    void logarithmsAreRightAtEveryPlace() {
        check(MATH::log, Math::log, ANY, 1e-15);
    }

    @Test
    void exponentialsAreRightAtEveryPlace() {
        check(MATH::exp, Math::exp, ANY, 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, -1.5, 4, 0.3, -0.7})
    void powersAreRightAtEveryPlace(double s) {
        // |log x| is 745 at most; it and its product with s are rounded once each
        check((n, x, into) -> MATH.pow(n, x, s, into), x -> Math.pow(x, s), NOT_NEGATIVE, 4e-13);
    }

    /** What is below the normal numbers is rounded twice, not dropped. */
    @Test
    void exponentialsReachTheSmallestNumbers() {
        int n = 64;
        double[] x = new double[n];
        double[] into = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = -744 + i / 2.0;
        }
        MATH.exp(n, x, into);
        for (int i = 0; i < n; i++) {
            assertThat(into[i]).as("e^%s", x[i]).isCloseTo(Math.exp(x[i]), within(2e-15 * into[i] + Double.MIN_VALUE));
        }
    }

    @Test
    void anExponentThatIsNoNumberIsLeftToMath() {
        double[] x = {0.5, 1, 2, 0.5, 1, 2, 0.5, 1, 2};
        for (double s : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] into = new double[x.length];
            MATH.pow(x.length, x, s, into);
            assertThat(into)
                    .containsExactly(Arrays.stream(x).map(v -> Math.pow(v, s)).toArray());
        }
    }
}
