package io.github.nmf4j.core;

import com.google.auto.service.AutoService;

/**
 * Steps that go on in the direction of the last one: entries are multiplied by a power of the ratio that the last sweep
 * changed them by, taken back where the objective rose.
 *
 * <p>The powers are Nesterov's series b = (t − 1)/t′, t′ = (1 + √(1 + 4t²))/2 (1983, Soviet Mathematics Doklady 27, 372–376),
 * which begins anew after a step that was taken back (O'Donoghue &amp; Candès 2015, Foundations of Computational Mathematics
 * 15, 715–732). The power is approximated by the quotient
 *
 * <pre>  h · ((1 − b)·h₋ + (1 + b)·h) / ((1 + b)·h₋ + (1 − b)·h),   kept within [0.7, 1/0.7],</pre>
 *
 * which stays positive: a linear step drives entries to 0, from where multiplicative sweeps take long to come back. The
 * objective where a sweep starts comes out of that sweep's own first pass; the trace shows these points, whose objective does
 * not rise.
 */
@AutoService(Acceleration.class)
public record Extrapolation() implements Acceleration {
    @Override
    public String name() {
        return "extrapolation";
    }

    @Override
    public String summary() {
        return "goes on in the direction of the last sweep, steps back where the objective rose; the standard acceleration";
    }

    @Override
    public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
        return run().run(sweep, new Iterate[] {start, start.copy(), start.copy()}, gate, problem);
    }

    /** {@return a run that has not begun} */
    static ExtrapolatedRun run() {
        return new ExtrapolatedRun(new Series(), Extrapolation::byRatio);
    }

    /** Nesterov's series. */
    private static final class Series implements ExtrapolatedRun.Momentum {
        private double t = 1;

        private double next() {
            return (1 + Math.sqrt(1 + 4 * t * t)) / 2;
        }

        @Override
        public double weight() {
            return (t - 1) / next();
        }

        @Override
        public void accepted() {
            t = next();
        }

        @Override
        public void rejected() {
            t = 1;
        }
    }

    private static void byRatio(int n, double[] before, double[] now, int at, double weight) {
        double less = 1 - weight;
        double more = 1 + weight;
        for (int j = at; j < at + n; j++) {
            double above = less * before[j] + more * now[j];
            double below = more * before[j] + less * now[j];
            // Both are 0 only where the entry is and was: a fixed zero.
            double ratio = Math.min(Math.max(above / Math.max(below, Double.MIN_NORMAL), 0.7), 1 / 0.7);
            before[j] = now[j] * ratio;
        }
    }
}
