package io.github.nmf4j.cli;

/**
 * Lets a run that is interrupted (Ctrl-C) end after its current iteration and write what it has.
 *
 * <p>The process is held back from ending only between {@link #begin} and {@link #end}.
 */
final class Interruption {
    private boolean running;
    private volatile boolean requested;

    static Interruption ofThisProcess() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::request, "nmf-interruption"));
        return interruption;
    }

    boolean requested() {
        return requested;
    }

    synchronized void begin() {
        running = true;
    }

    synchronized void end() {
        running = false;
        notifyAll();
    }

    /** Asks the run to end, and waits until it has. */
    synchronized void request() {
        if (!running) {
            return;
        }
        requested = true;
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
