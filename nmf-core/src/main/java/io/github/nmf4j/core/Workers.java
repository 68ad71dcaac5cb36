package io.github.nmf4j.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A fixed pool of threads that share numbered tasks. Which thread takes which task is left to chance, so a task writes only
 * what is its own and results do not depend on the number of threads, nor on whether a loop is shared at all.
 *
 * <p>A thread that waits looks again for some microseconds before it parks: half-steps follow each other closely, and waking a
 * parked thread costs ten times as much as being seen by one that looks.
 */
final class Workers implements AutoCloseable {
    /** Looks at a pause of about 40 ns each: some 10 µs. */
    private static final int LOOKS = 256;

    private static final Round CLOSED = new Round(0, 0, null, null);

    private final int threads;
    private final Worker[] others;
    private volatile Round current;

    Workers(int threads) {
        this.threads = threads;
        this.others = new Worker[threads - 1];
        for (int o = 0; o < others.length; o++) {
            others[o] = new Worker(o + 1);
            others[o].start();
        }
    }

    int threads() {
        return threads;
    }

    /** One numbered task, run by a numbered worker. */
    @FunctionalInterface
    interface Task {
        void run(int task, int worker);
    }

    /**
     * One kind of loop, and whether sharing it pays: found by trying both ways. A loop that takes a millisecond is shared
     * without a trial; of a shorter one the least times of both ways are compared, and the slower way is tried again now and
     * then, because code gets faster while it is compiled. One thread at a time runs a loop.
     */
    static final class Loop {
        private static final long SURELY_SHARED = 1_000_000;
        private static final int TRIALS = 16;
        private static final int BETWEEN_TRIALS = 64;

        private long alone = Long.MAX_VALUE;
        private long shared = Long.MAX_VALUE;
        private int runs;

        private boolean sharesNext() {
            if (shared == Long.MAX_VALUE || Math.min(alone, shared) > SURELY_SHARED) {
                return true;
            }
            boolean pays = shared < alone - alone / 8;
            boolean trial = runs < TRIALS ? runs % 2 == 0 : runs % BETWEEN_TRIALS == 0;
            return trial != pays;
        }

        private void took(boolean together, long nanoseconds) {
            runs++;
            if (together) {
                shared = Math.min(shared, nanoseconds);
            } else {
                alone = Math.min(alone, nanoseconds);
            }
        }
    }

    /** Tasks being shared out. */
    private static final class Round {
        final int count;
        final int participants;
        final Task task;
        final Thread caller;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger busy;
        volatile Throwable failure;

        Round(int count, int participants, Task task, Thread caller) {
            this.count = count;
            this.participants = participants;
            this.task = task;
            this.caller = caller;
            this.busy = new AtomicInteger(participants - 1);
        }

        void drain(int worker) {
            try {
                for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
                    task.run(t, worker);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
                next.set(count);
            }
        }

        boolean done() {
            return busy.get() == 0;
        }
    }

    /** A thread beside the caller's, which is worker 0. */
    private final class Worker extends Thread {
        private final int number;
        private volatile boolean parked;

        Worker(int number) {
            super("nmf4j-" + number);
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            Round seen = null;
            while (seen != CLOSED) {
                Round last = seen;
                await(() -> current != last, asleep -> parked = asleep);
                seen = current;
                if (number < seen.participants) {
                    seen.drain(number);
                    if (seen.busy.decrementAndGet() == 0) {
                        LockSupport.unpark(seen.caller);
                    }
                }
            }
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }
    }

    /** Told before a thread may park, and when it no longer does. */
    private interface Sleep {
        void asleep(boolean now);
    }

    /** Looks for a while, then parks; an interruption is kept for later. */
    private static void await(BooleanSupplier holds, Sleep sleep) {
        for (int look = 0; look < LOOKS; look++) {
            if (holds.getAsBoolean()) {
                return;
            }
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        sleep.asleep(true);
        while (!holds.getAsBoolean()) { // after the note above: who changes it afterwards reads the note
            LockSupport.park();
            interrupted |= Thread.interrupted();
        }
        sleep.asleep(false);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs tasks 0 … count − 1; the caller's thread is worker 0.
     *
     * @param loop what is known of loops of this kind, and learns from this one
     */
    void run(Loop loop, int count, Task task) {
        boolean sharable = threads > 1 && count > 1;
        boolean share = sharable && loop.sharesNext();
        long start = sharable ? System.nanoTime() : 0;
        if (share) {
            share(count, task);
        } else {
            for (int t = 0; t < count; t++) {
                task.run(t, 0);
            }
        }
        if (sharable) {
            loop.took(share, System.nanoTime() - start);
        }
    }

    private void share(int count, Task task) {
        Round round = new Round(count, Math.min(threads, count), task, Thread.currentThread());
        current = round;
        for (int o = 0; o < round.participants - 1; o++) {
            others[o].wake();
        }
        round.drain(0);
        await(round::done, asleep -> {});
        if (round.failure instanceof Error error) {
            throw error;
        }
        if (round.failure != null) {
            throw (RuntimeException) round.failure;
        }
    }

    @Override
    public void close() {
        current = CLOSED;
        for (Worker other : others) {
            other.wake();
        }
    }
}
