package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a run ends: at the first of its conditions to hold. Immutable; each method returns a rule with one more.
 *
 * <pre>{@code StoppingRule.relativeDecreaseBelow(1e-6).orAfterIterations(500)}</pre>
 */
public final class StoppingRule {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final double tolerance;
    private final int iterations;
    private final Duration time;
    private final BooleanSupplier cancelled;

    private StoppingRule(double tolerance, int iterations, Duration time, BooleanSupplier cancelled) {
        this.tolerance = tolerance;
        this.iterations = iterations;
        this.time = time;
        this.cancelled = cancelled;
    }

    /**
     * {@return a rule that stops when an iteration lowers the objective by less than a share of the sum of its absolute terms}
     *
     * @param tolerance that share, ≥ 0; 0 switches the condition off
     */
    public static StoppingRule relativeDecreaseBelow(double tolerance) {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new InvalidInputException("tolerance must be at least 0 and below 1: " + tolerance);
        }
        return new StoppingRule(tolerance, UNLIMITED, null, () -> false);
    }

    /**
     * {@return a rule that stops after so many iterations and not before}
     *
     * @param iterations at least 0
     */
    public static StoppingRule afterIterations(int iterations) {
        return relativeDecreaseBelow(0).orAfterIterations(iterations);
    }

    /**
     * {@return this rule, or after so many iterations}
     *
     * @param limit at least 0
     */
    public StoppingRule orAfterIterations(int limit) {
        if (limit < 0) {
            throw new InvalidInputException("the number of iterations must be at least 0: " + limit);
        }
        return new StoppingRule(tolerance, limit, time, cancelled);
    }

    /**
     * {@return this rule, or after so much time in the loop}
     *
     * @param limit above 0
     */
    public StoppingRule orAfter(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidInputException("the time limit must be above 0: " + limit);
        }
        return new StoppingRule(tolerance, iterations, limit, cancelled);
    }

    /**
     * {@return this rule, or when a condition holds; it is asked once an iteration, on the thread of the fit}
     *
     * @param condition true to end the run
     */
    public StoppingRule orWhen(BooleanSupplier condition) {
        BooleanSupplier before = cancelled;
        return new StoppingRule(tolerance, iterations, time, () -> before.getAsBoolean() || condition.getAsBoolean());
    }

    double tolerance() {
        return tolerance;
    }

    int iterations() {
        return iterations;
    }

    boolean mayEnd() {
        return tolerance > 0 || iterations < UNLIMITED || time != null;
    }

    boolean outOfTime(double seconds) {
        return time != null && seconds * 1e9 >= time.toNanos();
    }

    boolean isCancelled() {
        return cancelled.getAsBoolean();
    }
}
