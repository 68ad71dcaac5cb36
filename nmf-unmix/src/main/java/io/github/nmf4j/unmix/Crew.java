package io.github.nmf4j.unmix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share numbered tasks. A task writes only what is its own, so results do not depend on how many threads there are. */
final class Crew implements AutoCloseable {
    private final int threads;
    private final ExecutorService others;

    Crew(int threads) {
        this.threads = threads;
        this.others = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, task -> {
                    Thread thread = new Thread(task, "nmf4j-unmix");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs tasks 0 … count − 1, the caller's thread among those that take them. */
    void run(int count, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> drain = () -> {
            for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
                task.accept(t);
            }
            return null;
        };
        List<Future<Void>> running = new ArrayList<>();
        for (int o = 1; o < Math.min(threads, count); o++) {
            running.add(others.submit(drain));
        }
        try {
            drain.call();
            for (Future<Void> other : running) {
                other.get();
            }
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw unchecked(e);
        } finally {
            next.set(count);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
        }
    }
}
