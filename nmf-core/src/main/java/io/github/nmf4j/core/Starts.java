package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs from several starts, side by side as far as threads and memory allow; none waits for another. */
final class Starts {
    private final Settings settings;
    private final Matrix x;
    private final int count;

    /**
     * @param settings with a backend
     * @param x the data
     * @param count at least 1
     */
    Starts(Settings settings, Matrix x, int count) {
        this.settings = settings;
        this.x = x;
        this.count = count;
        if (count < 1) {
            throw new InvalidInputException("restarts must be at least 1: " + count);
        }
        if (count > 1 && settings.startW() != null && settings.startH() != null) {
            throw new InvalidInputException("restarts need starts that differ, but both factors are given");
        }
        if (count > 1 && settings.startChosen() && !settings.start().varies()) {
            throw new InvalidInputException("restarts need a start that depends on the seed: "
                    + settings.start().name() + " does not; use random or random-acol");
        }
    }

    Restarts run() {
        int together = Math.min(Math.min(count, settings.threads()), new Requirements(settings, x).fitsInMemory());
        int threads = Math.max(1, settings.threads() / together);
        ExecutorService pool = Executors.newFixedThreadPool(together);
        try {
            List<Future<Factorization>> begun = IntStream.range(0, count)
                    .mapToObj(i -> pool.submit(() -> run(i, threads)))
                    .toList();
            List<Long> seeds = new ArrayList<>();
            List<Factorization> fits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Factorization fit = result(begun.get(i));
                if (fit != null) {
                    seeds.add(settings.seed() + i);
                    fits.add(fit);
                }
            }
            return Restarts.of(seeds, fits);
        } finally {
            pool.shutdownNow();
        }
    }

    /** {@return null where the user had ended everything before it began; never for the first} */
    private Factorization run(int number, int threads) {
        if (number > 0 && settings.stop().isCancelled()) {
            return null;
        }
        boolean drawn = number == 0 || settings.startChosen();
        Start start = drawn ? settings.start() : new RandomColumns();
        return new Fit(settings.from(start, settings.seed() + number, threads), x).run();
    }

    private static Factorization result(Future<Factorization> run) {
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runs from several starts went on", e);
        }
    }
}
