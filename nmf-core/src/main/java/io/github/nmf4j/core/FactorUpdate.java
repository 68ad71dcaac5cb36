package io.github.nmf4j.core;

import java.util.Optional;

/** The update of one factor with the other held: a pass over X, then a step that does not raise the objective. */
public interface FactorUpdate {
    /**
     * Reads X once, at a point.
     *
     * @param at the point; {@link #update} must be given the same values of both factors
     * @param value whether the data term is wanted
     * @return the data term; NaN if not wanted
     */
    double statistics(Iterate at, boolean value);

    /**
     * Moves the factor within its constraints' set, X not being read again.
     *
     * @param from where {@link #statistics} was called
     * @param into receives this factor and its penalties; holds equal values of it before
     */
    void update(Iterate from, Iterate into);

    /**
     * {@return the same update with what passes have shown of X; empty if it sees X otherwise than by its products with the
     * other factor}
     *
     * @param seen what to read instead
     */
    default Optional<FactorUpdate> on(SeenData seen) {
        return Optional.empty();
    }
}
