package io.github.nmf4j.core;

/** Why a run ended. */
public enum StopReason {
    /** Neither factor could gain more than the tolerance. */
    TOLERANCE("tolerance"),
    /** The objective fell by less than a share over some iterations. */
    RELATIVE_DECREASE("relative-decrease"),
    /** The factors, or the objective beside that of the start, changed by less than a share. */
    CHANGE("change"),
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
