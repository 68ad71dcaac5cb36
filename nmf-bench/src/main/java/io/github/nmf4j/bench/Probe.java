package io.github.nmf4j.bench;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Gate;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Objective;
import io.github.nmf4j.core.Problem;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.Sweep;

/**
 * An acceleration that runs nothing and keeps what it was given, so that a benchmark can call half-steps and sweeps of a real
 * fit one at a time. On one thread, where a problem outlives its fit.
 */
final class Probe implements Acceleration {
    private static final Gate ALWAYS = new Gate() {
        @Override
        public boolean wantsObjective() {
            return true;
        }

        @Override
        public boolean proceed(Iterate at, Objective objective) {
            return true;
        }
    };

    private Problem problem;
    private Sweep sweep;
    private Iterate start;
    private Iterate now;
    private Iterate next;

    private Probe() {}

    /**
     * {@return the problem, sweep and start of a fit}
     *
     * @param settings without acceleration, threads and stopping rule
     * @param x data
     */
    static Probe of(Nmf.Builder settings, Matrix x) {
        Probe probe = new Probe();
        settings.acceleration(probe)
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(x);
        probe.restart();
        return probe;
    }

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public Iterate run(Sweep given, Iterate from, Gate gate, Problem of) {
        problem = of;
        sweep = given;
        start = from.copy();
        gate.proceed(from, of.objective(from));
        return from;
    }

    /** Goes back to the start. */
    void restart() {
        now = start.copy();
        next = start.copy();
    }

    /** {@return the point after one more sweep, with the objective of the point before computed} */
    Iterate iteration() {
        sweep.run(now, next, ALWAYS);
        Iterate before = now;
        now = next;
        next = before;
        return now;
    }

    Problem problem() {
        return problem;
    }

    Iterate start() {
        return start;
    }

    Iterate now() {
        return now;
    }
}
