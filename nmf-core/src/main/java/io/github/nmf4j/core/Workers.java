package io.github.nmf4j.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed pool of threads that share numbered tasks. Which thread takes which task is left to chance, so a task writes only
 * what is its own and results do not depend on the number of threads.
 */
final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    Workers(int threads) {
        this.threads = threads;
        this.pool = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, task -> {
                    Thread thread = new Thread(task, "nmf4j");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    int threads() {
        return threads;
    }

    /** One numbered task, run by a numbered worker. */
    @FunctionalInterface
    interface Task {
        void run(int task, int worker);
    }

    /** Runs tasks 0 … count − 1; the caller's thread is worker 0. */
    void run(int count, Task task) {
        if (pool == null || count == 1) {
            for (int t = 0; t < count; t++) {
                task.run(t, 0);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>();
        for (int worker = 1; worker < Math.min(threads, count); worker++) {
            int w = worker;
            others.add(pool.submit(() -> drain(next, count, task, w)));
        }
        try {
            drain(next, count, task, 0);
        } finally {
            next.set(count);
            join(others);
        }
    }

    private static void drain(AtomicInteger next, int count, Task task, int worker) {
        for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
            task.run(t, worker);
        }
    }

    private static void join(List<Future<?>> others) {
        boolean interrupted = false;
        RuntimeException failure = null;
        for (Future<?> other : others) {
            while (true) {
                try {
                    other.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
