package io.github.nmf4j.core;

import com.google.auto.service.AutoService;

/**
 * Linear extrapolation whose weight grows while the objective falls and shrinks where it rose (Ang &amp; Gillis 2019, Neural
 * Computation 31(2), 417–439, with their constants), of both factors at once.
 *
 * <p>For least squares; multiplicative sweeps come back slowly where it drives entries towards 0.
 */
@AutoService(Acceleration.class)
public record GillisExtrapolation() implements Acceleration {
    /** No entry falls below this share of itself in an extrapolation: multiplicative sweeps would not come back from 0. */
    private static final double LEAST = 0.1;

    @Override
    public String name() {
        return "gillis";
    }

    @Override
    public String summary() {
        return "extrapolation whose length adapts; for euclidean problems, elsewhere slow";
    }

    @Override
    public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
        return new ExtrapolatedRun(new Adaptive(), GillisExtrapolation::linear)
                .run(sweep, new Iterate[] {start, start.copy(), start.copy()}, gate, problem);
    }

    /** The weight β and its limit, which is the weight at the last failure and grows slowly. */
    private static final class Adaptive implements ExtrapolatedRun.Momentum {
        private static final double FIRST = 0.5;
        private static final double GROWTH = 1.05;
        private static final double GROWTH_OF_LIMIT = 1.01;
        private static final double SHRINKING = 1.5;

        private double weight = FIRST;
        private double limit = 1;
        private boolean fresh = true;

        @Override
        public double weight() {
            return fresh ? 0 : weight;
        }

        @Override
        public void accepted() {
            if (fresh) {
                fresh = false;
                return;
            }
            weight = Math.min(limit, GROWTH * weight);
            limit = Math.min(1.0, GROWTH_OF_LIMIT * limit);
        }

        @Override
        public void rejected() {
            limit = weight;
            weight /= SHRINKING;
            fresh = true;
        }
    }

    private static void linear(int n, double[] before, double[] now, int at, double weight) {
        for (int j = at; j < at + n; j++) {
            before[j] = Math.max(now[j] + weight * (now[j] - before[j]), LEAST * now[j]);
        }
    }
}
