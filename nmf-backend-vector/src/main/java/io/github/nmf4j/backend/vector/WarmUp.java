package io.github.nmf4j.backend.vector;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs kernels on next to nothing until the last compiler takes them on.
 *
 * <p>Before it has, every vector is an object and a pass over X takes some hundred times as long; met there first, a kernel is
 * compiled for the middle of a loop as well, and that code is the slower. A few hundred calls take a tenth of a second.
 */
final class WarmUp {
    private static final int CALLS = 800;
    private static final int TILES = 4;
    private static final int RANK = 3;
    private static final Set<Class<?>> DONE = ConcurrentHashMap.newKeySet();

    private WarmUp() {}

    /** Once for each register tile; the results are thrown away. */
    static void of(Kernels kernels) {
        if (!DONE.add(kernels.getClass())) {
            return;
        }
        int columns = TILES * kernels.columns;
        double[] x = ones(Kernels.ROWS * columns);
        double[] rows = ones(Kernels.ROWS * RANK);
        double[] lanes = ones(columns * RANK);
        double[] sums = new double[Math.max(columns, Kernels.ROWS * Lanes.WIDTH) * RANK];
        for (int call = 0; call < CALLS; call++) {
            Arrays.fill(sums, 0.0);
            kernels.ratioOfMoving(x, 0, columns, rows, 0, lanes, sums, 0, TILES, RANK);
            kernels.ratioOfFixed(x, 0, columns, rows, 0, lanes, 0, sums, TILES, RANK);
        }
    }

    private static double[] ones(int n) {
        double[] values = new double[n];
        Arrays.fill(values, 1.0);
        return values;
    }
}
