package io.github.nmf4j.api;

/**
 * Whether a backend can be used here.
 *
 * @param usable whether it can
 * @param reason why not, and how to get it; empty if it can
 */
public record Availability(boolean usable, String reason) {
    /** {@return that it can} */
    public static Availability yes() {
        return new Availability(true, "");
    }

    /**
     * {@return that it cannot}
     *
     * @param reason why not, and how to get it
     */
    public static Availability no(String reason) {
        return new Availability(false, reason);
    }
}
