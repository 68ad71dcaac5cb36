package io.github.nmf4j.core;

/** Why a run ended. */
public enum StopReason {
    /** The objective fell by less than the tolerance in one iteration. */
    RELATIVE_DECREASE("relative-decrease"),
    /** The number of iterations that was asked for is done. */
    ITERATIONS("iterations"),
    /** The time that was allowed has passed. */
    TIME("time"),
    /** The caller said so. */
    CANCELLED("cancelled");

    private final String label;

    StopReason(String label) {
        this.label = label;
    }

    /** {@return the reason as files and messages write it} */
    public String label() {
        return label;
    }
}
