package io.github.nmf4j.backend.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs kernels on next to nothing until the last compiler has taken them on.
 *
 * <p>Before it has, every vector is an object and a kernel takes some hundred times as long; met there first, it is
 * compiled for the middle of a loop as well, and that code is the slower. So calls stay short, and when there were enough of
 * them to ask for a compilation, the thread waits for it: a tenth of a second a kernel.
 */
final class Compilation {
    /** Compiled, the quickest of some calls takes 0.1 to 0.5 µs; before, 3 to 30. */
    private static final long COMPILED_NANOS = 1_500;

    /** Every so many calls one does something: nothing else fills the profile, and nothing else takes time. */
    private static final int EVERY = 8;

    /** Calls between looks. The last compiler wants 5000, of which those count that come after the first one's work. */
    private static final int BURST = 640;

    /** Longer it is not waited for, and the work begins with what there is. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private Compilation() {}

    /**
     * A short call of one kernel.
     *
     * @param run works on next to nothing; what it computes is thrown away
     * @param empty works on nothing at all: no turn of any loop
     */
    record Call(Runnable run, Runnable empty) {}

    /** Returns when the calls are quick, or after some tenths of a second. */
    static void await(List<Call> calls) {
        List<Call> slow = new ArrayList<>(calls);
        long began = System.nanoTime();
        while (true) {
            slow.removeIf(call -> quickest(call) < COMPILED_NANOS);
            if (slow.isEmpty() || System.nanoTime() - began > LONGEST_NANOS) {
                return;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** {@return nanoseconds of the quickest of some calls that do something} */
    private static long quickest(Call call) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BURST; i += EVERY) {
            for (int j = 1; j < EVERY; j++) {
                call.empty().run();
            }
            long began = System.nanoTime();
            call.run().run();
            least = Math.min(least, System.nanoTime() - began);
        }
        return least;
    }
}
