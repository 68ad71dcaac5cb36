package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Factor;
import java.util.function.BiFunction;

/** A solver's updates with a look at the objective after every half-step, by a pass of its own. */
record Descent(String problemText, BiFunction<Problem, Factor, FactorUpdate> updates) implements Solver {
    /** Rounding: relative to the objective, and to the terms that cancel in it. */
    private static final double OF_OBJECTIVE = 1e-12;

    private static final double OF_TERMS = 1e-14;

    /** Of majorize-minimize. */
    Descent(String problemText) {
        this(problemText, Problem::halfStep);
    }

    @Override
    public String name() {
        return "descent";
    }

    @Override
    public Sweep sweep(Problem problem) {
        FactorUpdate ofH = updates.apply(problem, Factor.H);
        FactorUpdate ofW = updates.apply(problem, Factor.W);
        return (from, into, gate) -> {
            if (!gate.proceed(from, gate.wantsObjective() ? problem.objective(from) : null)) {
                return false;
            }
            into.set(Factor.W, from);
            into.set(Factor.H, from);
            half(problem, Factor.H, ofH, from, into);
            half(problem, Factor.W, ofW, from, into);
            return true;
        };
    }

    private void half(Problem problem, Factor factor, FactorUpdate update, Iterate from, Iterate into) {
        Objective before = problem.objective(into);
        update.statistics(into, false);
        update.update(from, into);
        Objective after = problem.objective(into);
        double allowed = OF_OBJECTIVE * Math.abs(before.total()) + OF_TERMS * before.magnitude();
        assertThat(after.total())
                .as("objective after the half-step of %s: %s", factor, problemText)
                .isLessThanOrEqualTo(before.total() + allowed);
    }
}
