package io.github.nmf4j.api;

/** Which of the two unknowns of X ≈ G·W·H a term or a constraint is about. */
public enum Factor {
    /** The left one, n × k (m × k with a dictionary); its vectors are its rows. */
    W,
    /** The right one, k × p; its vectors are its columns. */
    H;

    /** {@return the other factor} */
    public Factor other() {
        return this == W ? H : W;
    }
}
