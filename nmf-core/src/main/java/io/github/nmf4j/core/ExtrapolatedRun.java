package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/**
 * Sweeps from extrapolated points, with monotone restart: a point whose objective lies above the one before is given up and
 * the sweep made from where the extrapolation began.
 *
 * <p>If T is the sweep and θᵉ the extrapolated points, F(T(θᵉ)) ≤ F(θᵉ), so the point taken instead never lies above the last
 * one: the objectives that the gate is shown do not rise. A rejected point costs half a sweep.
 */
final class ExtrapolatedRun {
    /** How far to go on. */
    interface Momentum {
        /** {@return the weight of the next extrapolation; 0 for none} */
        double weight();

        void accepted();

        void rejected();
    }

    /** Writes extrapolated values over those before. */
    @FunctionalInterface
    interface Step {
        void extrapolate(int n, double[] before, double[] now, int at, double weight);
    }

    private final Momentum momentum;
    private final Step step;

    ExtrapolatedRun(Momentum momentum, Step step) {
        this.momentum = momentum;
        this.step = step;
    }

    /**
     * {@return the last point whose objective is known not to lie above those before, one of those given}
     *
     * @param points the first of them where to start, two as room
     */
    Iterate run(Sweep sweep, Iterate[] points, Gate gate, Problem problem) {
        Iterate now = points[0];
        Iterate spare = points[1]; // what was before now, then the point extrapolated from both
        Iterate next = points[2];
        MonotoneGate judge = new MonotoneGate(gate);
        while (true) {
            double weight = momentum.weight();
            Iterate from = now;
            if (weight > 0) {
                extrapolate(spare, now, weight, problem);
                from = spare;
            }
            if (sweep.run(from, next, judge.refusingRises(weight > 0))) {
                momentum.accepted();
                Iterate free = spare;
                spare = now;
                now = next;
                next = free;
            } else if (judge.refused()) {
                momentum.rejected();
            } else {
                return from;
            }
        }
    }

    private void extrapolate(Iterate before, Iterate now, double weight, Problem problem) {
        for (Factor factor : Factor.values()) {
            if (problem.updates(factor)) {
                DenseMatrix from = now.values(factor);
                DenseMatrix into = before.values(factor);
                for (int c = 0; c < from.rows(); c++) {
                    step.extrapolate(from.columns(), into.data(), from.data(), c * from.columns(), weight);
                }
                before.setPenalties(factor, now.penalties(factor));
            }
        }
        problem.restore(before);
    }
}
