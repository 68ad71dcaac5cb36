package io.github.nmf4j.core;

import io.github.nmf4j.api.Extension;

/**
 * A way to repeat sweeps; it wraps any of them. Found by {@code ServiceLoader} like the services of the API.
 *
 * <p>It may be run several times in one fit, each time afresh from the point it is given.
 */
public interface Acceleration extends Extension<Acceleration> {
    /**
     * {@return the last point whose objective is guaranteed not to lie above those before}
     *
     * @param sweep what to repeat
     * @param start the first point; may be overwritten
     * @param gate asked at each point; ends the run
     * @param problem to repair extrapolated points
     */
    Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem);

    /**
     * {@return what it does with a sweep, in a word or two}
     *
     * @param sweep to be repeated
     * @param problem its problem
     */
    default String describe(Sweep sweep, Problem problem) {
        return name();
    }
}
