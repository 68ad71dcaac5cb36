package io.github.nmf4j.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Colourings of the vectors of a factor. */
public final class Colours {
    private Colours() {}

    /**
     * {@return a colouring that serves every penalty at once: two vectors share a colour only where they do in each of the
     * penalties' own; empty if none has one}
     *
     * @param penalties on one factor
     * @param vectors how many there are
     */
    public static Optional<int[]> common(List<Regularizer> penalties, int vectors) {
        int[] common = null;
        for (Regularizer penalty : penalties) {
            int[] own = penalty.colours(vectors).orElse(null);
            if (own != null) {
                common = common == null ? own.clone() : refine(common, own);
            }
        }
        return Optional.ofNullable(common);
    }

    private static int[] refine(int[] a, int[] b) {
        Map<Long, Integer> pairs = new HashMap<>();
        int[] fine = new int[a.length];
        for (int j = 0; j < a.length; j++) {
            fine[j] = pairs.computeIfAbsent(((long) a[j] << 32) | b[j], pair -> pairs.size());
        }
        return fine;
    }
}
