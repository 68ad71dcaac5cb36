package io.github.nmf4j.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Standard error through the launcher's relay, which leaves out the note of the virtual machine that a module is incubating.
 *
 * <p>The relay is a child of this process. Whoever reads what was written once the process has ended must find all of it, so
 * the end waits for the relay.
 */
final class Relay {
    private static final long MOST_SECONDS = 2;

    private Relay() {}

    /** Closes standard error and waits for what passes it on; does nothing where the launcher started none. */
    static void finish() {
        if (!Boolean.getBoolean("nmf4j.relayed")) {
            return;
        }
        System.err.close();
        ProcessHandle.current().children().forEach(relay -> {
            try {
                relay.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                return; // it is late, and there is nowhere left to say so
            }
        });
    }
}
