package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.SpanStep.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs kernels on next to nothing until the last compiler has taken them on.
 *
 * <p>Before it has, every vector is an object and a pass over X takes some hundred times as long; met there first, a kernel is
 * compiled for the middle of a loop as well, and that code is the slower. So calls stay short, and when there were enough of
 * them to ask for a compilation, the thread waits for it: a tenth of a second a kernel. Only those are compiled that the step
 * at hand needs.
 */
final class WarmUp {
    private static final int TILES = 2;
    private static final int RANK = 3;

    /** Compiled, the quickest of some calls takes 0.2 to 0.5 µs; before, 3 to 30. */
    private static final long COMPILED_NANOS = 1_500;

    /** Between looks: only calls after the first compiler's work count for the last one's, and when that ends is not known. */
    private static final int BURST = 100;

    /** Longer it is not waited for, and the pass begins with what there is. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private static final Map<Class<?>, Set<Kernel>> DONE = new ConcurrentHashMap<>();

    private final Kernels kernels;
    private final int columns;
    private final double[] x;
    private final double[] rows;
    private final double[] lanes;
    private final double[] sums;
    private final double[][] y;

    /**
     * What can be compiled on its own, and how many calls that takes: with the turns of the loops inside a quarter more than
     * 15000, which is what the last compiler asks for, or else more than 5000.
     */
    private enum Kernel {
        RATIO_OF_MOVING(1300) {
            @Override
            void run(WarmUp with) {
                with.kernels.ratioOfMoving(
                        with.x, 0, with.columns, with.rows, 0, with.lanes, with.sums, 0, TILES, RANK);
            }
        },
        RATIO_OF_FIXED(1300) {
            @Override
            void run(WarmUp with) {
                with.kernels.ratioOfFixed(with.x, 0, with.columns, with.rows, 0, with.lanes, 0, with.sums, TILES, RANK);
            }
        },
        MODEL(2200) {
            @Override
            void run(WarmUp with) {
                with.kernels.model(with.rows, 0, with.lanes, 0, with.y, 0, TILES, RANK);
            }
        },
        ADD_OF_MOVING(2200) {
            @Override
            void run(WarmUp with) {
                with.kernels.addOfMoving(with.y, 0, 0, with.rows, 0, with.sums, 0, TILES, RANK);
            }
        },
        ADD_OF_FIXED(2200) {
            @Override
            void run(WarmUp with) {
                with.kernels.addOfFixed(with.y, 0, 0, with.lanes, 0, with.sums, TILES, RANK);
            }
        },
        LOG_RATIO(5200) {
            @Override
            void run(WarmUp with) {
                LogRatio.of(2 * Lanes.WIDTH, with.x, 0, with.lanes, with.y[0], with.sums);
            }
        };

        private final int calls;

        Kernel(int calls) {
            this.calls = calls;
        }

        abstract void run(WarmUp with);
    }

    private WarmUp(Kernels kernels) {
        this.kernels = kernels;
        columns = TILES * kernels.columns;
        x = ones(Kernels.ROWS * columns);
        rows = ones(Kernels.ROWS * RANK);
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
            case DATA -> EnumSet.of(add);
            case RATIO -> EnumSet.of(transposed ? Kernel.RATIO_OF_FIXED : Kernel.RATIO_OF_MOVING);
            case RATIO_AND_LOG -> EnumSet.of(Kernel.MODEL, Kernel.LOG_RATIO, add);
            case NEGATIVE, BOTH -> EnumSet.of(Kernel.MODEL, add);
        };
    }

    private void run(Set<Kernel> needed) {
        for (Kernel kernel : needed) {
            quickest(kernel, kernel.calls);
        }
        long began = System.nanoTime();
        for (Kernel kernel : needed) {
            while (quickest(kernel, BURST) > COMPILED_NANOS && System.nanoTime() - began < LONGEST_NANOS) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** {@return nanoseconds of the quickest of some calls} */
    private long quickest(Kernel kernel, int calls) {
        long least = Long.MAX_VALUE;
        for (int call = 0; call < calls; call++) {
            Arrays.fill(sums, 0.0);
            long began = System.nanoTime();
            kernel.run(this);
            least = Math.min(least, System.nanoTime() - began);
        }
        return least;
    }
}
