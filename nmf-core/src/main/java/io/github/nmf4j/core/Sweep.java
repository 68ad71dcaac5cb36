package io.github.nmf4j.core;

import java.util.Optional;

/** A map from factors to factors that does not raise the objective. */
@FunctionalInterface
public interface Sweep {
    /**
     * Updates both factors once.
     *
     * @param from where to start; only read
     * @param into receives the result, penalties included
     * @param gate asked once, after the first pass over X
     * @return whether the gate let it through
     */
    boolean run(Iterate from, Iterate into, Gate gate);

    /**
     * {@return the same sweep on what passes have shown of X, which reads X no more; empty if updates see X otherwise than by its
     * products with the factors}
     *
     * @param seen what to read instead
     */
    default Optional<Sweep> on(SeenData seen) {
        return Optional.empty();
    }
}
