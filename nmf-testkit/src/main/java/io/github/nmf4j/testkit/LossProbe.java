package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What the laws of a loss draw and compute: data, models, parts of the derivative. */
abstract class LossProbe extends ExtensionContract<Loss> {
    static final int ENTRIES = 96;

    /** Of the sum of the absolute terms: values are sums of a few terms and logarithms, each rounded a few times. */
    static final double ROUNDING = 1e-12;

    /** Of P + N: what a difference quotient can tell at the best of several steps, with a factor of a hundred to spare. */
    static final double QUOTIENT = 1e-6;

    /** {@return the loss under test} */
    protected abstract Loss loss();

    @Override
    protected final Loss extension() {
        return loss();
    }

    /**
     * {@return one number of the data}
     *
     * @param random to draw it with
     */
    protected double x(RandomGenerator random) {
        return loss().allowsZero() && Draw.chance(random, 0.15) ? 0.0 : Draw.decades(random, -6, 6);
    }

    /**
     * {@return one number of the model, &gt; 0}
     *
     * @param random to draw it with
     */
    protected double y(RandomGenerator random) {
        return Draw.decades(random, -6, 6);
    }

    /** {@return whether d(x, y) ≥ 0 with d(x, x) = 0; a likelihood without its constant says no} */
    protected boolean isDivergence() {
        return true;
    }

    /**
     * {@return the size of terms that cancel inside {@link Loss#value} and show in neither its result nor y·(P + N); 0 for a
     * value computed with care}
     *
     * @param x data
     * @param y model
     */
    protected double cancels(double x, double y) {
        return 0.0;
    }

    /** Data and model, half of the models within a decade of the data, where d is small. */
    record Sample(double[] x, double[] y) {}

    Sample sample(RandomGenerator random, int n) {
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = x(random);
            y[i] = x[i] > 0 && random.nextBoolean() ? x[i] * Draw.decades(random, -1, 1) : y(random);
        }
        return new Sample(x, y);
    }

    static double[] away(RandomGenerator random, double[] y) {
        double[] other = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double decades = Draw.decades(random, -2, 0.8);
            other[i] = y[i] * Draw.decades(random, -decades, decades);
        }
        return other;
    }

    double[] values(double[] x, double[] y) {
        double[] values = new double[x.length];
        loss().value(x.length, x, y, values, Elementary.PLAIN);
        return values;
    }

    double[] constants(double[] x) {
        double[] constants = new double[x.length];
        loss().constant(x.length, x, constants, Elementary.PLAIN);
        return constants;
    }

    double[] curvatures(double[] x, double[] y) {
        double[] curvatures = new double[x.length];
        loss().curvature(x.length, x, y, curvatures, Elementary.PLAIN);
        return curvatures;
    }

    /** The two parts of the derivative as the core sees them. */
    record Parts(double[] positive, double[] negative) {
        double slope(int i) {
            return positive[i] - negative[i];
        }

        double size(int i) {
            return positive[i] + negative[i];
        }
    }

    Parts parts(double[] x, double[] y) {
        Loss loss = loss();
        double[] negative = new double[x.length];
        double[] positive = new double[x.length];
        loss.split(x.length, x, y, negative, positive, Elementary.PLAIN);
        switch (loss.positive()) {
            case ONE -> Arrays.fill(positive, 1.0);
            case MODEL -> System.arraycopy(y, 0, positive, 0, y.length);
            case COMPUTED -> {}
        }
        return new Parts(positive, negative);
    }

    static String where(long seed, double x, double y) {
        return String.format(Locale.ROOT, " at x = %s, y = %s (seed %d)", x, y, seed);
    }

    static void assertAtMost(double actual, double bound, double slack, String rule, String where) {
        if (!(actual <= bound + slack)) {
            fail(rule + ": " + actual + " > " + bound + ", slack " + slack + where);
        }
    }

    static void assertNear(double expected, double actual, double slack, String rule, String where) {
        if (!(Math.abs(expected - actual) <= slack)) {
            fail(rule + ": " + actual + " where " + expected + " is expected, slack " + slack + where);
        }
    }
}
