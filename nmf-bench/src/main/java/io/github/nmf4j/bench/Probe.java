package io.github.nmf4j.bench;

import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Acceleration;
import io.github.nmf4j.core.Gate;
import io.github.nmf4j.core.Iterate;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Problem;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.Sweep;

/**
 * An acceleration that runs nothing and keeps what it was given, so that a benchmark can call half-steps and sweeps of a real
 * fit one at a time. On one thread, where a problem outlives its fit.
 */
final class Probe implements Acceleration {
    private Problem problem;
    private Sweep sweep;
    private Iterate start;

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
        start = from;
        gate.proceed(of.objective(from));
        return from;
    }

    Problem problem() {
        return problem;
    }

    Sweep sweep() {
        return sweep;
    }

    Iterate start() {
        return start;
    }
}
