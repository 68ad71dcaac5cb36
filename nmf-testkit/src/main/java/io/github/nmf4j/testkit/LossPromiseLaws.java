package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.Loss;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a loss says of itself is true. */
abstract class LossPromiseLaws extends LossMajorizerLaws {
    /** d(x, x) = 0 and d(x, y) ≥ 0, once the constant is added. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void divergenceIsZeroAtTheDataAndNeverNegative(long seed) {
        if (!isDivergence()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        double[] here = at.x().clone();
        for (int i = 0; i < ENTRIES; i++) {
            here[i] = here[i] == 0 ? at.y()[i] : here[i];
        }
        double[] constants = constants(at.x());
        double[] touching = values(at.x(), here);
        double[] values = values(at.x(), at.y());
        Parts parts = parts(at.x(), here);
        for (int i = 0; i < ENTRIES; i++) {
            double slack = ROUNDING
                    * (Math.abs(constants[i])
                            + Math.abs(touching[i])
                            + here[i] * parts.size(i)
                            + cancels(at.x()[i], here[i]));
            if (at.x()[i] > 0) {
                double d = touching[i] + constants[i];
                assertNear(0.0, d, slack, "d(x, x) must be 0", where(seed, at.x()[i], here[i]));
            }
            double more = ROUNDING * (Math.abs(values[i]) + cancels(at.x()[i], at.y()[i]));
            double d = values[i] + constants[i];
            assertAtMost(-d, 0.0, slack + more, "−d(x, y) must not be positive", where(seed, at.x()[i], at.y()[i]));
        }
    }

    /** What depends on the data alone is a number wherever data are allowed, zeros included. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void constantIsFinite(long seed) {
        Sample at = sample(Draw.from(seed), ENTRIES);
        double[] constants = constants(at.x());
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x()[i], at.y()[i]);
            double constant = constants[i];
            assertTrue(Double.isFinite(constant), () -> "the constant must be finite: " + constant + where);
        }
    }

    /** What is promised of N holds for what split writes. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfTheNegativePartIsKept(long seed) {
        Loss loss = loss();
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x(), at.y());
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x()[i], at.y()[i]);
            double n = parts.negative()[i];
            switch (loss.negative()) {
                case DATA -> assertNear(at.x()[i], n, 0, "N must be x, as promised", where);
                case RATIO -> {
                    double ratio = at.x()[i] / at.y()[i];
                    assertNear(ratio, n, 4 * Math.ulp(ratio), "N must be x/y, as promised", where);
                }
                case ZERO_AT_ZERO, COMPUTED -> {}
            }
        }
        if (loss.allowsZero() && loss.negative() != Loss.Negative.COMPUTED) {
            double[] zeros = new double[ENTRIES];
            double[] negative = parts(zeros, at.y()).negative();
            for (int i = 0; i < ENTRIES; i++) {
                assertNear(0.0, negative[i], 0, "N(0, y) must be 0, as promised", where(seed, 0, at.y()[i]));
            }
        }
    }

    /** Parts that are promised to be powers are. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfPowersIsKept(long seed) {
        Loss loss = loss();
        if (!loss.powers()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x(), at.y());
        double a = loss.decay();
        double b = loss.growth();
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x()[i], at.y()[i]);
            double p = Math.pow(at.y()[i], b);
            double n = Math.pow(at.x()[i], a + b) * Math.pow(at.y()[i], -a);
            assertNear(p, parts.positive()[i], 1e-12 * p, "P must be y^b, as promised", where);
            assertNear(n, parts.negative()[i], 1e-12 * n, "N must be x^(a+b) y^-a, as promised", where);
        }
    }

    /** What is promised of the value at zeros holds. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void promiseOfTheValueAtZerosIsKept(long seed) {
        Loss loss = loss();
        if (loss.onZeros() == Loss.OnZeros.COMPUTED) {
            return;
        }
        assertTrue(loss.allowsZero(), "a promise about x = 0 needs x = 0 in the domain");
        double[] zeros = new double[ENTRIES];
        double[] y = sample(Draw.from(seed), ENTRIES).y();
        double[] values = values(zeros, y);
        for (int i = 0; i < ENTRIES; i++) {
            double promised = loss.onZeros() == Loss.OnZeros.LINEAR ? y[i] : 0.5 * y[i] * y[i];
            String rule = "the value at x = 0 must be as promised, " + loss.onZeros();
            assertNear(promised, values[i], 4 * Math.ulp(promised), rule, where(seed, 0, y[i]));
        }
    }

    /** A loss that says it is convex has no chord below it. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void convexLossLiesBelowItsChords(long seed) {
        if (!loss().convex()) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        double[] other = away(random, at.y());
        double[] middle = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            middle[i] = 0.5 * (at.y()[i] + other[i]);
        }
        double[] a = values(at.x(), at.y());
        double[] b = values(at.x(), other);
        double[] m = values(at.x(), middle);
        Parts parts = parts(at.x(), middle);
        for (int i = 0; i < ENTRIES; i++) {
            double slack = ROUNDING
                    * (Math.abs(a[i]) + Math.abs(b[i]) + middle[i] * parts.size(i) + cancels(at.x()[i], middle[i]));
            String rule = "a convex loss must lie below the chord to y = " + other[i];
            assertAtMost(m[i], 0.5 * (a[i] + b[i]), slack, rule, where(seed, at.x()[i], at.y()[i]));
        }
    }
}
