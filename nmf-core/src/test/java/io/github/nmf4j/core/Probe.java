package io.github.nmf4j.core;

/** Runs nothing and keeps what a real fit would run on; on one thread, where a problem outlives its fit. */
final class Probe implements Acceleration {
    /** Lets every point through. */
    static final Gate OPEN = new Gate() {
        @Override
        public boolean wantsObjective() {
            return false;
        }

        @Override
        public boolean proceed(Iterate at, Objective objective) {
            return true;
        }
    };

    Problem problem;
    Sweep sweep;
    Iterate start;

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
}
