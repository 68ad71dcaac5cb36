package io.github.nmf4j.cli;

import java.util.List;

/**
 * Where the command runs.
 *
 * @param terminal whether standard error is a terminal, so that a progress bar has a reader
 * @param interruption tells when the run is to end early
 * @param arguments as typed, to be recorded
 */
record Host(boolean terminal, Interruption interruption, List<String> arguments) {
    /** {@return a host without terminal that never interrupts} */
    static Host quiet(String... arguments) {
        return new Host(false, new Interruption(), List.of(arguments));
    }
}
