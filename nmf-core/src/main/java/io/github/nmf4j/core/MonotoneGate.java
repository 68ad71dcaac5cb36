package io.github.nmf4j.core;

/** A gate that lets no point through whose objective lies above the last one's, where it is told to. */
final class MonotoneGate implements Gate {
    private final Gate gate;
    private double last = Double.POSITIVE_INFINITY;
    private boolean refuses;
    private boolean refused;

    MonotoneGate(Gate gate) {
        this.gate = gate;
    }

    /** {@return this, for the next sweep} */
    MonotoneGate refusingRises(boolean wanted) {
        refuses = wanted;
        refused = false;
        return this;
    }

    /** {@return whether the last sweep ended here, and not at the gate behind} */
    boolean refused() {
        return refused;
    }

    @Override
    public boolean wantsObjective() {
        return true;
    }

    @Override
    public boolean proceed(Iterate at, Objective objective) {
        if (refuses && !(objective.total() <= last)) {
            refused = true;
            return false;
        }
        last = objective.total();
        return gate.proceed(at, objective);
    }
}
