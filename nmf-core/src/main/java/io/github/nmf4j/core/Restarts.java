package io.github.nmf4j.core;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs of one factorisation from several starts. A single run ends in a local minimum; several show how much that matters.
 *
 * @param runs those that were begun, in the order of their seeds
 */
public record Restarts(List<Run> runs) {
    /**
     * One run.
     *
     * @param seed what its start was drawn by
     * @param fit what it found
     * @param similarity to the best run: the mean cosine between the columns of W and those of the best run's W, matched one to
     *     one; 1 where both found the same components
     */
    public record Run(long seed, Factorization fit, double similarity) {}

    /** Keeps a copy. */
    public Restarts {
        runs = List.copyOf(runs);
    }

    /** {@return the run with the lowest objective, the first of equals} */
    public Run best() {
        return runs.stream()
                .min(Comparator.comparingDouble(run -> run.fit().objective()))
                .orElseThrow();
    }

    static Restarts of(List<Long> seeds, List<Factorization> fits) {
        int best = 0;
        for (int i = 1; i < fits.size(); i++) {
            best = fits.get(i).objective() < fits.get(best).objective() ? i : best;
        }
        Factorization reference = fits.get(best);
        return new Restarts(IntStream.range(0, fits.size())
                .mapToObj(i -> new Run(
                        seeds.get(i),
                        fits.get(i),
                        Measures.similarity(reference.w(), fits.get(i).w())))
                .toList());
    }
}
