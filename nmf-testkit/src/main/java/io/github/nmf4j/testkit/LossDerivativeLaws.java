package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two parts of the derivative and the curvature agree with the value. */
abstract class LossDerivativeLaws extends LossProbe {
    /** Relative steps of difference quotients; small ones where the loss bends sharply, large ones where it cancels. */
    private static final double[] STEPS = {1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6};

    /** Growth and decay are powers that make a majorizer. */
    @Test
    protected final void growthAndDecayAreNotNegativeAndNotBothZero() {
        double growth = loss().growth();
        double decay = loss().decay();
        assertTrue(growth >= 0 && growth < Double.POSITIVE_INFINITY, () -> "growth must be ≥ 0: " + growth);
        assertTrue(decay >= 0 && decay < Double.POSITIVE_INFINITY, () -> "decay must be ≥ 0: " + decay);
        assertTrue(growth + decay > 0, "growth + decay must be > 0");
    }

    /** P and N are statistics with a sign. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void bothPartsOfTheDerivativeAreFiniteAndNotNegative(long seed) {
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x(), at.y());
        for (int i = 0; i < ENTRIES; i++) {
            String where = where(seed, at.x()[i], at.y()[i]);
            double p = parts.positive()[i];
            double n = parts.negative()[i];
            assertTrue(p >= 0 && p < Double.POSITIVE_INFINITY, () -> "P must be finite and ≥ 0: " + p + where);
            assertTrue(n >= 0 && n < Double.POSITIVE_INFINITY, () -> "N must be finite and ≥ 0: " + n + where);
        }
    }

    /** P − N is the derivative of the value: the majorizer has the slope of the loss where they touch. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void slopeAgreesWithTheDifferenceQuotientOfTheValue(long seed) {
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x(), at.y());
        double[] miss = new double[ENTRIES];
        double[] quotient = new double[ENTRIES];
        Arrays.fill(miss, Double.POSITIVE_INFINITY);
        for (double step : STEPS) {
            double[] wide = quotients(at, step, seed);
            double[] narrow = quotients(at, step / 2, seed);
            double[] values = values(at.x(), at.y());
            for (int i = 0; i < ENTRIES; i++) {
                double refined = (4 * narrow[i] - wide[i]) / 3;
                double lost = (Math.abs(values[i]) + cancels(at.x()[i], at.y()[i])) * 0x1p-50 / (step * at.y()[i]);
                double relative = Math.max(0, Math.abs(refined - parts.slope(i)) - lost) / parts.size(i);
                if (relative < miss[i]) {
                    miss[i] = relative;
                    quotient[i] = refined;
                }
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            double slack = QUOTIENT * parts.size(i);
            if (!(miss[i] <= QUOTIENT)) {
                assertNear(quotient[i], parts.slope(i), slack, "P − N must be d′", where(seed, at.x()[i], at.y()[i]));
            }
        }
    }

    private double[] quotients(Sample at, double step, long seed) {
        double[] up = new double[ENTRIES];
        double[] down = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            up[i] = at.y()[i] * (1 + step);
            down[i] = at.y()[i] * (1 - step);
        }
        double[] high = values(at.x(), up);
        double[] low = values(at.x(), down);
        double[] quotients = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            quotients[i] = (high[i] - low[i]) / (up[i] - down[i]);
            String where = where(seed, at.x()[i], at.y()[i]);
            assertTrue(Double.isFinite(quotients[i]), () -> "the value must be finite" + where);
        }
        return quotients;
    }

    /** The curvature lies between the difference quotients of the slope from the left and from the right. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void curvatureAgreesWithTheDifferenceQuotientOfTheSlope(long seed) {
        if (!loss().hasCurvature()) {
            return;
        }
        Sample at = sample(Draw.from(seed), ENTRIES);
        Parts parts = parts(at.x(), at.y());
        double[] curvatures = curvatures(at.x(), at.y());
        double[] miss = new double[ENTRIES];
        Arrays.fill(miss, Double.POSITIVE_INFINITY);
        for (double step : STEPS) {
            double[] left = slopeQuotients(at, parts, -step);
            double[] right = slopeQuotients(at, parts, step);
            for (int i = 0; i < ENTRIES; i++) {
                double low = Math.min(left[i], right[i]);
                double high = Math.max(left[i], right[i]);
                double outside = Math.max(Math.max(low - curvatures[i], curvatures[i] - high), 0.0);
                double centre = Math.abs(0.5 * (low + high) - curvatures[i]);
                miss[i] = Math.min(miss[i], Math.min(centre, outside + 0.1 * (high - low)));
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            double slack = 10 * QUOTIENT * parts.size(i) / at.y()[i];
            String where = where(seed, at.x()[i], at.y()[i]);
            assertNear(0, miss[i], slack, "curvature " + curvatures[i] + " must be d″; it is off by", where);
        }
    }

    private double[] slopeQuotients(Sample at, Parts parts, double step) {
        double[] y = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            y[i] = at.y()[i] * (1 + step);
        }
        Parts there = parts(at.x(), y);
        double[] quotients = new double[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            double rise = there.positive()[i] - parts.positive()[i];
            double fall = there.negative()[i] - parts.negative()[i];
            quotients[i] = (rise - fall) / (y[i] - at.y()[i]);
        }
        return quotients;
    }
}
