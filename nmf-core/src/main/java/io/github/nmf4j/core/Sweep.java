package io.github.nmf4j.core;

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
}
