package io.github.nmf4j.backend.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Runs kernels on next to nothing until the last compiler has taken them on.
 *
 * <p>Before it has, every vector is an object and a kernel takes some hundred times as long; met there first, it is
 * compiled for the middle of a loop as well, and that code is the slower. So calls stay short, and bursts of them follow each
 * other, the thread asleep in between, until they are quick: less than a tenth of a second a kernel.
 */
final class Compilation {
    /** Compiled, the quickest of some calls takes 0.1 to 0.5 µs; before, 3 to 30. */
    private static final long COMPILED_NANOS = 1_500;

    /** One call in so many works. The compiler counts them all; only those that work fill its profile, and only they take time. */
    private static final int WORKS_ONE_IN = 8;

    /** Calls of a burst. The last compiler starts after 5000 of what the first has compiled, and when that is done is not known. */
    private static final int BURST = 80 * WORKS_ONE_IN;

    /** After so many bursts compilations have been asked for: twice 5000 calls, as half may pass while the first compiler works. */
    private static final int ASKING = 16;

    /** Between bursts, for the compilers to get on. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Longer it is not waited for, and the work begins with what there is. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private Compilation() {}

    /**
     * A kernel to be called.
     *
     * @param kernel does so much work and throws the results away; with 0 as little as it can
     * @param little the least work that takes every branch
     */
    record Call(IntConsumer kernel, int little) {}

    /** Returns when the calls are quick, or some tenths of a second after their compilation was asked for. */
    static void await(List<Call> calls) {
        List<Call> slow = new ArrayList<>(calls);
        long asked = 0;
        for (int bursts = 1; ; bursts++) {
            slow.removeIf(call -> quickest(call) < COMPILED_NANOS);
            if (bursts == ASKING) {
                asked = System.nanoTime();
            }
            if (slow.isEmpty() || bursts > ASKING && System.nanoTime() - asked > LONGEST_NANOS) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS); // returns at once where the thread is interrupted, which it stays
        }
    }

    /** {@return nanoseconds of the quickest of some calls that work} */
    private static long quickest(Call call) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BURST; i += WORKS_ONE_IN) {
            for (int j = 1; j < WORKS_ONE_IN; j++) {
                call.kernel().accept(0);
            }
            long began = System.nanoTime();
            call.kernel().accept(call.little());
            least = Math.min(least, System.nanoTime() - began);
        }
        return least;
    }
}
