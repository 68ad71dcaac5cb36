package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparsePass;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The hot pass in plain Java: panels of up to 512 moving vectors, twelve fixed vectors at a time.
 *
 * <p>A panel keeps the moving factor and its statistics as rank arrays of 512 doubles (2·k·4 KB) and twelve rows of x and y
 * (96 KB; with N and P 192 KB) in L2. Products are made three by three: three rows of y (12 KB) from three components at a time, then the
 * statistics of three components from three rows, whose sums stay in L1 for all twelve. The W side transposes strips of four
 * columns of X while loading them and runs the same loops. 4·k flops and one division an entry.
 */
final class PortablePass implements Pass {
    private static final int PANEL = 512;

    private static final int ROWS = LoadedRows.COUNT;

    /** Numbers of a cache line. */
    private static final int LINE = 8;

    /** Numbers as long as an array's header. */
    private static final int HEADER = 2;

    /**
     * Numbers of an array: with its header it takes whole cache lines, so that arrays allocated one after another start at the same
     * place in a line and a loop that aligns one aligns all. They are twelve lines more than 4 KB: a load waits for an earlier
     * store at the same place modulo 4 KB, and with one line more, so that a loop loads from one array where it has just
     * stored to the next, one start of the JVM in five took 2.5 times as long.
     */
    private static final int LENGTH = PANEL + 12 * LINE - HEADER;

    /** Shorter spans spend their time getting started: per entry 10 % more at 256 than at 512, and up to 40 % at 64. */
    private static final int CHEAP_PANEL = 256;

    private static final int LEAST_PANEL = 64;

    /** Panels that many threads share evenly, and as many as two or three need. */
    private static final int PANELS_WANTED = 8;

    private static final int PANELS_NEEDED = 3;

    /** Components that start the rows of y; at a lower rank the division goes with all of a row's products. */
    private static final int STARTING = 4;

    private final int rank;

    PortablePass(int rank) {
        this.rank = rank;
    }

    /** The fixed factor by vector: entry (vector i, component c) at i · rank + c. */
    private record ByVector(double[] values) implements Packed {}

    private static final class Buffers implements Workspace {
        final double[][] moving;
        final double[][] negativeSums;
        final double[][] positiveSums;
        final double[][] x = new double[ROWS][LENGTH];
        final double[][] y = new double[ROWS][LENGTH];
        final double[][] negative = new double[ROWS][LENGTH];
        final double[][] positive = new double[ROWS][LENGTH];
        final LoadedRows loaded = new LoadedRows(x, PANEL);
        final double[] ones;
        final SparsePass.Buffers sparse;

        Buffers(int rank) {
            moving = new double[rank][LENGTH];
            negativeSums = new double[rank][LENGTH];
            positiveSums = new double[rank][LENGTH];
            ones = new double[rank];
            sparse = new SparsePass.Buffers(rank);
        }
    }

    @Override
    public int panel(int moving, boolean transposed) {
        int width = PANEL;
        while (width > LEAST_PANEL && moving < (width > CHEAP_PANEL ? PANELS_WANTED : PANELS_NEEDED) * width) {
            width /= 2;
        }
        return width;
    }

    @Override
    public int panelOfOneThread(int moving, boolean transposed) {
        return PANEL; // none to share with: the fewest starts of loops
    }

    @Override
    public Packed pack(DenseMatrix fixed, Tile like, Packed reuse) {
        if (like instanceof Tile.Sparse) {
            return SparsePass.pack(fixed, reuse);
        }
        int size = Math.multiplyExact(rank, fixed.columns());
        ByVector packed =
                reuse instanceof ByVector old && old.values.length == size ? old : new ByVector(new double[size]);
        fixed.readTransposed(0, 0, rank, fixed.columns(), packed.values, 0, rank);
        return packed;
    }

    @Override
    public Workspace workspace() {
        return new Buffers(rank);
    }

    @Override
    public void tile(
            Tile tile,
            Packed fixed,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Workspace workspace) {
        Buffers b = (Buffers) workspace;
        if (tile instanceof Tile.Sparse sparse) {
            SparsePass.tile(sparse, fixed, moving, step, negative, positive, b.sparse);
            return;
        }
        Tile.Dense dense = (Tile.Dense) tile;
        for (int from = 0; from < tile.movingCount(); from += PANEL) {
            int width = Math.min(PANEL, tile.movingCount() - from);
            Tile.Dense panel = width == tile.movingCount()
                    ? dense
                    : new Tile.Dense(
                            dense.x(),
                            dense.transposed(),
                            dense.fixed(),
                            dense.fixedCount(),
                            dense.moving() + from,
                            width);
            panel(panel, ((ByVector) fixed).values, moving, from, step, b);
            add(b.negativeSums, width, negative, from);
            if (step.kind() == SpanStep.Kind.BOTH) {
                add(b.positiveSums, width, positive, from);
            }
        }
    }

    private static void add(double[][] sums, int width, DenseMatrix into, int from) {
        double[] data = into.data();
        for (int c = 0; c < sums.length; c++) {
            int at = into.offset() + c * into.stride() + from;
            for (int j = 0; j < width; j++) {
                data[at + j] += sums[c][j];
            }
        }
    }

    private void panel(Tile.Dense tile, double[] fixed, DenseMatrix moving, int from, SpanStep step, Buffers b) {
        int width = tile.movingCount();
        SpanStep.Kind kind = step.kind();
        for (int c = 0; c < rank; c++) {
            moving.read(c, from, 1, width, b.moving[c], 0, width);
            Arrays.fill(b.negativeSums[c], 0.0);
            if (kind == SpanStep.Kind.BOTH) {
                Arrays.fill(b.positiveSums[c], 0.0);
            }
        }
        Arrays.fill(b.ones, 0.0);
        int end = tile.fixed() + tile.fixedCount();
        for (int first = tile.fixed(); first < end; first += ROWS) {
            int rows = Math.min(ROWS, end - first);
            b.loaded.load(tile, first, rows);
            double[][] negative = entries(tile, first, rows, fixed, step, b);
            addAll(width, b.negativeSums, negative, rows, fixed, first * rank);
            if (kind == SpanStep.Kind.BOTH) {
                positive(width, first, rows, fixed, b);
            }
        }
        if (kind == SpanStep.Kind.BOTH) {
            for (int c = 0; c < rank; c++) {
                Combine.add(width, b.positiveSums[c], b.ones[c]);
            }
        }
    }

    /** Where P is exactly 1, as many losses have it that do not promise it, the statistic is a sum of the fixed factor. */
    private void positive(int width, int first, int rows, double[] fixed, Buffers b) {
        boolean one = true;
        for (int i = 0; i < rows && one; i++) {
            one = Combine.ones(width, b.positive[i]);
        }
        if (!one) {
            addAll(width, b.positiveSums, b.positive, rows, fixed, first * rank);
            return;
        }
        for (int c = 0; c < rank; c++) {
            for (int i = 0; i < rows; i++) {
                b.ones[c] += fixed[(first + i) * rank + c];
            }
        }
    }

    /** sums[c] += Σ over the rows i of fixed[at + i·rank + c]·from[i]. */
    private void addAll(int width, double[][] sums, double[][] from, int rows, double[] fixed, int at) {
        int inThrees = rows - rows % 3;
        int c = 0;
        for (; c + 3 <= rank; c += 3) {
            for (int i = 0; i < inThrees; i += 3) {
                Combine.addToThree(width, sums, c, from, i, fixed, at + i * rank + c, 1, rank);
            }
        }
        // what is left over: components not in threes, and rows not in threes
        for (int q = 0; q < rank; q++) {
            Combine.add(width, sums[q], from, q < c ? inThrees : 0, rows, fixed, at + q, rank);
        }
    }

    /** Rows of N; where they stand depends on what the step asks for. */
    private double[][] entries(Tile.Dense tile, int first, int rows, double[] fixed, SpanStep step, Buffers b) {
        int width = tile.movingCount();
        if (step.kind() == SpanStep.Kind.DATA) {
            return b.x;
        }
        boolean ratio = step.kind() == SpanStep.Kind.RATIO;
        int inThrees = rank < STARTING ? 0 : rows - rows % 3;
        // beyond rank 8 two to four components are left for the last loop: as many as a division hides
        int done = STARTING + Math.max(0, rank - STARTING - 2) / 3 * 3;
        for (int i = 0; i < rows; i++) {
            int at = (first + i) * rank;
            if (i < inThrees && i % 3 == 0) {
                three(width, i, done, fixed, at, b);
            }
            if (i < inThrees && ratio) {
                Combine.divide(width, b.x[i], b.y[i], b.moving, done, rank, fixed, at + done);
            } else if (i < inThrees) {
                Combine.add(width, b.y[i], b.moving, done, rank, fixed, at, 1);
            } else if (ratio) {
                Combine.ratio(width, b.x[i], b.y[i], b.moving, rank, fixed, at);
            } else {
                Combine.set(width, b.y[i], b.moving, rank, fixed, at);
            }
        }
        if (ratio) {
            return b.y;
        }
        for (int i = 0; i < rows; i++) {
            step.dense(
                    first + i,
                    tile.moving(),
                    SpanStep.Along.MOVING,
                    width,
                    b.x[i],
                    b.y[i],
                    b.negative[i],
                    b.positive[i]);
        }
        return b.negative;
    }

    /** The part of three rows of y from {@code row} on that comes from the first {@code count} components. */
    private void three(int width, int row, int count, double[] fixed, int at, Buffers b) {
        for (int i = 0; i < 3; i++) {
            Combine.set(width, b.y[row + i], b.moving, STARTING, fixed, at + i * rank);
        }
        for (int c = STARTING; c < count; c += 3) {
            Combine.addToThree(width, b.y, row, b.moving, c, fixed, at + c, rank, 1);
        }
    }
}
