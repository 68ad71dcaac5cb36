package io.github.nmf4j.unmix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    /**
     * Runs tasks 0 … count − 1, the caller's thread among those that take them. After a task has failed no further one begins;
     * the failure is thrown when all threads have ended what they had begun.
     */
    void run(int count, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable drain = () -> {
            try {
                for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
                    task.accept(t);
                }
            } finally {
                next.set(count);
            }
        };
        CompletableFuture<?>[] running = new CompletableFuture<?>[Math.max(0, Math.min(threads, count) - 1)];
        for (int o = 0; o < running.length; o++) {
            running[o] = CompletableFuture.runAsync(drain, others);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(running);
        try {
            drain.run();
        } finally {
            all.exceptionally(failure -> null).join();
        }
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // tasks have no other kind
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
        }
    }
}
