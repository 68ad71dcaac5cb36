package io.github.nmf4j.core;

/** What a sweep asks once its first pass over X knows the objective where it starts. */
public interface Gate {
    /** {@return whether the objective at the start of the next sweep will be read; if not, it is not computed} */
    boolean wantsObjective();

    /**
     * {@return whether the sweep goes on; if not, it has written nothing}
     *
     * @param at where the sweep starts; only read
     * @param objective the objective there; null if it was not wanted
     */
    boolean proceed(Iterate at, Objective objective);
}
