package io.github.nmf4j.backend.vector;

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

    /** Between looks: only calls after the first compiler's work count for the last one's, and when that ends is not known. */
    private static final int BURST = 100;

    /** Longer it is not waited for, and the work begins with what there is. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private Compilation() {}

    /**
     * A short call of one kernel.
     *
     * @param times how many of them ask for its compilation
     * @param run the call; what it computes is thrown away
     */
    record Call(int times, Runnable run) {}

    /** Returns when the calls are quick, or after some tenths of a second. */
    static void await(List<Call> calls) {
        for (Call call : calls) {
            quickest(call, call.times());
        }
        long began = System.nanoTime();
        for (Call call : calls) {
            while (quickest(call, BURST) > COMPILED_NANOS && System.nanoTime() - began < LONGEST_NANOS) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** {@return nanoseconds of the quickest of some calls} */
    private static long quickest(Call call, int times) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            call.run().run();
            least = Math.min(least, System.nanoTime() - began);
        }
        return least;
    }
}
