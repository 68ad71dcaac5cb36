package io.github.nmf4j.core;

import io.github.nmf4j.api.Extension;
import java.util.Optional;

/** A way to make sweeps; found by {@code ServiceLoader} like the services of the API. */
public interface Solver extends Extension<Solver> {
    /**
     * {@return why it cannot solve a problem, and what can; empty if it can}
     *
     * @param problem losses, penalties and constraints, before the first iteration
     */
    default Optional<String> refuses(Problem problem) {
        return Optional.empty();
    }

    /**
     * {@return what updates each factor of a problem, and why; one line for people}
     *
     * @param problem which it does not refuse
     */
    default String describe(Problem problem) {
        return name();
    }

    /**
     * {@return a sweep for a problem}
     *
     * @param problem which it does not refuse
     */
    Sweep sweep(Problem problem);
}
