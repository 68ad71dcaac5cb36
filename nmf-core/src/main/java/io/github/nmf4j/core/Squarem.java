package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/**
 * Squared iterative method: after two sweeps a step of the length α that a secant along them suggests, 2α·r + α²·v beyond
 * where they began, given up where the objective rose (Varadhan &amp; Roland 2008, Scandinavian Journal of Statistics 35,
 * 335–353, scheme S3).
 *
 * <p>Iterations are sweeps: the trace shows the objective where each of them starts.
 */
@AutoService(Acceleration.class)
public record Squarem() implements Acceleration {
    /** No entry falls below this share of what two sweeps made of it. */
    private static final double LEAST = 0.1;

    @Override
    public String name() {
        return "squarem";
    }

    @Override
    public String summary() {
        return "squared extrapolation from two sweeps, for any sweep";
    }

    @Override
    public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
        Iterate first = start;
        Iterate second = start.copy();
        Iterate third = start.copy();
        MonotoneGate judge = new MonotoneGate(gate);
        while (true) {
            if (!sweep.run(first, second, judge.refusingRises(false))) {
                return first;
            }
            if (!sweep.run(second, third, judge.refusingRises(false))) {
                return second;
            }
            double length = length(first, second, third, problem);
            if (length <= 1) { // no farther than two sweeps went
                Iterate free = first;
                first = third;
                third = free;
                continue;
            }
            leap(first, second, third, length, problem);
            if (sweep.run(first, second, judge.refusingRises(true))) {
                Iterate free = first;
                first = second;
                second = free;
            } else if (judge.refused()) {
                Iterate free = first;
                first = third;
                third = free;
            } else {
                return first;
            }
        }
    }

    /** {@return −α = ‖r‖/‖v‖ with r the first step and v the change from the first to the second} */
    private static double length(Iterate first, Iterate second, Iterate third, Problem problem) {
        double steps = 0;
        double changes = 0;
        for (Factor factor : Factor.values()) {
            if (problem.updates(factor)) {
                double[] a = first.values(factor).data();
                double[] b = second.values(factor).data();
                double[] c = third.values(factor).data();
                for (int j = 0; j < a.length; j++) {
                    double r = b[j] - a[j];
                    double v = c[j] - b[j] - r;
                    steps += r * r;
                    changes += v * v;
                }
            }
        }
        return changes > 0 ? Math.sqrt(steps / changes) : 1.0;
    }

    private static void leap(Iterate first, Iterate second, Iterate third, double length, Problem problem) {
        for (Factor factor : Factor.values()) {
            if (problem.updates(factor)) {
                DenseMatrix into = first.values(factor);
                double[] a = into.data();
                double[] b = second.values(factor).data();
                double[] c = third.values(factor).data();
                for (int j = 0; j < a.length; j++) {
                    double r = b[j] - a[j];
                    double v = c[j] - b[j] - r;
                    a[j] = Math.max(a[j] + 2 * length * r + length * length * v, LEAST * c[j]);
                }
                first.setPenalties(factor, third.penalties(factor));
            }
        }
        problem.restore(first);
    }
}
