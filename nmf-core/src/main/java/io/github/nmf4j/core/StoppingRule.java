package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a run ends: at the first of its conditions to hold. Immutable; each method returns a rule with one more.
 *
 * <pre>{@code StoppingRule.gapBelow(1e-4).orAfterIterations(500)}</pre>
 */
public final class StoppingRule {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final StoppingRule NEVER = new StoppingRule(0, 0, 1, 0, UNLIMITED, null, () -> false);

    private final double gap;
    private final double decrease;
    private final int window;
    private final double change;
    private final int iterations;
    private final Duration time;
    private final BooleanSupplier cancelled;

    private StoppingRule(
            double gap,
            double decrease,
            int window,
            double change,
            int iterations,
            Duration time,
            BooleanSupplier cancelled) {
        this.gap = gap;
        this.decrease = decrease;
        this.window = window;
        this.change = change;
        this.iterations = iterations;
        this.time = time;
        this.cancelled = cancelled;
    }

    /**
     * {@return a rule that stops where neither factor could lower the objective, the other being held, by more than a share of
     * the data term: {@link Optimality#relative}}
     *
     * <p>It means the same for all data, starts and solvers. It is looked at once an iteration lowers the objective by less
     * than that share, then again and again, a tenth of the iterations done apart: a look costs as much as an iteration. Where
     * entries that multiplicative updates hold near 0 are what keeps the gap open, a look lets them go, and the run goes on from
     * there if the objective is lower.
     *
     * @param tolerance that share, ≥ 0; 0 switches the condition off
     */
    public static StoppingRule gapBelow(double tolerance) {
        require(tolerance);
        return new StoppingRule(tolerance, 0, 1, 0, UNLIMITED, null, () -> false);
    }

    /**
     * {@return a rule that stops when an iteration lowers the objective by less than a share of the sum of its absolute terms}
     *
     * @param tolerance that share, ≥ 0; 0 switches the condition off
     */
    public static StoppingRule relativeDecreaseBelow(double tolerance) {
        return NEVER.orRelativeDecreaseBelow(tolerance, 1);
    }

    /**
     * {@return a rule that stops after so many iterations and not before}
     *
     * @param iterations at least 0
     */
    public static StoppingRule afterIterations(int iterations) {
        return NEVER.orAfterIterations(iterations);
    }

    private static void require(double tolerance) {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new InvalidInputException("tolerance must be at least 0 and below 1: " + tolerance);
        }
    }

    /**
     * {@return this rule, or when several iterations together lower the objective by less than a share of the sum of its
     * absolute terms}
     *
     * @param tolerance that share, ≥ 0; 0 switches the condition off
     * @param iterations how many, at least 1
     */
    public StoppingRule orRelativeDecreaseBelow(double tolerance, int iterations) {
        require(tolerance);
        if (iterations < 1) {
            throw new InvalidInputException("the decrease is taken over at least 1 iteration: " + iterations);
        }
        return new StoppingRule(gap, tolerance, iterations, change, this.iterations, time, cancelled);
    }

    /**
     * {@return this rule, or when the factors hardly change, as ESPM stops: when no entry a of W or H changed by more than a
     * share of a + share · mean, or an iteration lowered the objective by less than that share of the objective at the start}
     *
     * <p>What a slow method does is little in each iteration however far it has to go; {@link #gapBelow} does not take that for
     * an end.
     *
     * @param tolerance that share, ≥ 0; 0 switches the condition off
     */
    public StoppingRule orChangeBelow(double tolerance) {
        require(tolerance);
        return new StoppingRule(gap, decrease, window, tolerance, iterations, time, cancelled);
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
        return new StoppingRule(gap, decrease, window, change, limit, time, cancelled);
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
        return new StoppingRule(gap, decrease, window, change, iterations, limit, cancelled);
    }

    /**
     * {@return this rule, or when a condition holds; it is asked once an iteration, on the thread of the fit}
     *
     * @param condition true to end the run
     */
    public StoppingRule orWhen(BooleanSupplier condition) {
        BooleanSupplier before = cancelled;
        return new StoppingRule(
                gap,
                decrease,
                window,
                change,
                iterations,
                time,
                () -> before.getAsBoolean() || condition.getAsBoolean());
    }

    /** {@return the share of the data term below which the gap ends the run; 0 for never} */
    double gap() {
        return gap;
    }

    double decrease() {
        return decrease;
    }

    /** {@return the share of themselves by which entries must change for the run to go on; 0 for any} */
    double change() {
        return change;
    }

    int window() {
        return window;
    }

    int iterations() {
        return iterations;
    }

    boolean mayEnd() {
        return readsObjective() || iterations < UNLIMITED || time != null;
    }

    /** {@return whether a condition needs the objective of every iteration} */
    boolean readsObjective() {
        return gap > 0 || decrease > 0 || change > 0;
    }

    boolean outOfTime(double seconds) {
        return time != null && seconds * 1e9 >= time.toNanos();
    }

    boolean isCancelled() {
        return cancelled.getAsBoolean();
    }
}
