package io.github.nmf4j.core;

import io.github.nmf4j.api.Factor;

/**
 * Measures how optimal a point is: a pass over X for each factor, then bounds on what either could still gain.
 *
 * <p>It keeps statistics of its own, so that asking does not disturb a run.
 */
final class Certificate {
    /** Of the gap: what entries near 0 must promise to be let go. */
    private static final double SHARE = 0.1;

    private final Problem problem;
    private final PowerSums powers;
    private final BlockGap[] gaps = new BlockGap[Factor.values().length];

    Certificate(Problem problem) {
        this.problem = problem;
        this.powers = new PowerSums(problem);
    }

    /**
     * {@return how optimal a point is}
     *
     * @param at the point
     * @param data the data term there
     */
    Optimality of(Iterate at, double data) {
        double total = 0;
        boolean bound = true;
        for (Factor factor : Factor.values()) {
            if (problem.updates(factor)) {
                BlockGap gap = gap(factor);
                total += gap.at(at);
                bound &= gap.bounds();
            }
        }
        return new Optimality(total, bound, data);
    }

    /**
     * {@return a point of lower objective where entries that were held near 0 are let go; null if these are not what keeps the
     * gap open}
     *
     * @param at the point that {@link #of} was asked about last
     * @param objective there
     * @param gap there
     */
    Iterate released(Iterate at, double objective, double gap) {
        for (Factor factor : Factor.values()) {
            if (problem.updates(factor)) {
                Iterate next = gap(factor).released(at, objective, SHARE * gap);
                if (next != null) {
                    return next;
                }
            }
        }
        return null;
    }

    private BlockGap gap(Factor factor) {
        int i = factor.ordinal();
        if (gaps[i] == null) {
            gaps[i] = new BlockGap(problem, problem.terms(factor), powers);
        }
        return gaps[i];
    }
}
