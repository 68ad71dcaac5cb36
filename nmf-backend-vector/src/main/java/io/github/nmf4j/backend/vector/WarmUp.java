package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.SpanStep.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Has the kernels of register tiles compiled that the step at hand needs. */
final class WarmUp {
    private static final int TILES = 2;
    private static final int RANK = 3;

    private static final Map<Class<?>, Set<Kernel>> DONE = new ConcurrentHashMap<>();

    private final Kernels kernels;
    private final int columns;
    private final double[] x;
    private final double[] rows;
    private final double[] lanes;
    private final double[] sums;
    private final double[][] y;

    /** What can be compiled on its own. */
    private enum Kernel {
        RATIO_OF_MOVING {
            @Override
            void run(WarmUp with, int tiles) {
                with.kernels.ratioOfMoving(
                        with.x, 0, with.columns, with.rows, 0, with.lanes, with.sums, 0, tiles, RANK);
            }
        },
        RATIO_OF_FIXED {
            @Override
            void run(WarmUp with, int tiles) {
                with.kernels.ratioOfFixed(with.x, 0, with.columns, with.rows, 0, with.lanes, 0, with.sums, tiles, RANK);
            }
        },
        MODEL {
            @Override
            void run(WarmUp with, int tiles) {
                with.kernels.model(with.rows, 0, with.lanes, 0, with.y, 0, tiles, RANK);
            }
        },
        ADD_OF_MOVING {
            @Override
            void run(WarmUp with, int tiles) {
                with.kernels.addOfMoving(with.y, 0, 0, with.rows, 0, with.sums, 0, tiles, RANK);
            }
        },
        ADD_OF_EIGHT {
            @Override
            void run(WarmUp with, int tiles) {
                EightRows.add(with.x, 0, 0, with.rows, 0, with.sums, 0, tiles, RANK);
            }
        },
        ADD_OF_FIXED {
            @Override
            void run(WarmUp with, int tiles) {
                with.kernels.addOfFixed(with.y, 0, 0, with.lanes, 0, with.sums, tiles, RANK);
            }
        },
        LOG_RATIO {
            @Override
            void run(WarmUp with, int tiles) {
                LogRatio.of(tiles * Lanes.WIDTH, with.x, 0, with.lanes, with.y[0], with.sums);
            }
        };

        abstract void run(WarmUp with, int tiles);
    }

    private WarmUp(Kernels kernels) {
        this.kernels = kernels;
        columns = TILES * kernels.columns;
        x = ones(Kernels.ROWS * columns);
        rows = ones(EightRows.ROWS * RANK);
        lanes = ones(columns * RANK);
        sums = new double[Math.max(columns, Kernels.ROWS * Lanes.WIDTH) * RANK];
        y = new double[Kernels.ROWS][columns];
    }

    private static double[] ones(int n) {
        double[] values = new double[n];
        Arrays.fill(values, 1.0);
        return values;
    }

    /** Compiles what a kind of step needs on one side, once for each register tile; the results are thrown away. */
    static void of(Kernels kernels, Kind kind, boolean transposed) {
        Set<Kernel> needed = needed(kind, transposed);
        Set<Kernel> done = DONE.computeIfAbsent(kernels.getClass(), none -> EnumSet.noneOf(Kernel.class));
        synchronized (done) { // who comes second waits for the compiler too
            needed.removeAll(done);
            if (!needed.isEmpty()) {
                new WarmUp(kernels).run(needed);
                done.addAll(needed);
            }
        }
    }

    private static Set<Kernel> needed(Kind kind, boolean transposed) {
        Kernel add = transposed ? Kernel.ADD_OF_FIXED : Kernel.ADD_OF_MOVING;
        return switch (kind) {
            case DATA ->
                transposed || Lanes.bits() < Kernels.WIDE ? EnumSet.of(add) : EnumSet.of(add, Kernel.ADD_OF_EIGHT);
            case RATIO -> EnumSet.of(transposed ? Kernel.RATIO_OF_FIXED : Kernel.RATIO_OF_MOVING);
            case RATIO_AND_LOG -> EnumSet.of(Kernel.MODEL, Kernel.LOG_RATIO, add);
            case NEGATIVE, BOTH -> EnumSet.of(Kernel.MODEL, add);
        };
    }

    private void run(Set<Kernel> needed) {
        Compilation.await(needed.stream()
                .map(kernel -> new Compilation.Call(tiles -> kernel.run(this, tiles), TILES))
                .toList());
    }
}
