package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparsePass;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The hot pass in plain Java: panels of up to 512 moving vectors, four fixed vectors at a time.
 *
 * <p>A panel keeps the moving factor and its statistics as rank arrays of 512 doubles (2·k·4 KB) in L2 and four rows of x and
 * y (32 KB) in L1. The W side transposes strips of four columns of X while loading them and runs the same loops. 4·k flops
 * and one division an entry.
 */
final class PortablePass implements Pass {
    private static final int PANEL = 512;
    private static final int ROWS = 4;

    /**
     * Of an array: with its header it takes whole cache lines, so that arrays allocated one after another start at the same
     * place in a line and a loop that aligns one aligns all; and none lies a multiple of 4 KB after another, whose loads would
     * wait for the other's stores.
     */
    private static final int LENGTH = PANEL + 6;

    /** Shorter spans spend their time getting started: per entry 10 % more at 256 than at 512, and up to 40 % at 64. */
    private static final int CHEAP_PANEL = 256;

    private static final int LEAST_PANEL = 64;

    /** Panels that many threads share evenly, and as many as two or three need. */
    private static final int PANELS_WANTED = 8;

    private static final int PANELS_NEEDED = 3;

    /** From this rank on four rows of y are taken at once; below, the division goes with all of a row's products. */
    private static final int LEAST_OF_FOUR = 4;

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
        final double[] ones;
        final double[] strip = new double[ROWS * PANEL];
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
            load(tile, first, rows, b);
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
        for (int c = 0; c < rank; c++) {
            Combine.add(width, sums[c], from, 0, rows, fixed, at + c, rank);
        }
    }

    /** Four rows of N; where they stand depends on what the step asks for. */
    private double[][] entries(Tile.Dense tile, int first, int rows, double[] fixed, SpanStep step, Buffers b) {
        int width = tile.movingCount();
        if (step.kind() == SpanStep.Kind.DATA) {
            return b.x;
        }
        boolean four = rows == ROWS && rank >= LEAST_OF_FOUR;
        if (step.kind() == SpanStep.Kind.RATIO) {
            int done = four ? pairs(width, b, fixed, first * rank, (rank - 1) / 2 * 2) : 0;
            for (int i = 0; i < rows; i++) {
                int at = (first + i) * rank;
                if (four) {
                    Combine.divide(width, b.x[i], b.y[i], b.moving, done, rank, fixed, at + done);
                } else {
                    Combine.ratio(width, b.x[i], b.y[i], b.moving, rank, fixed, at);
                }
            }
            return b.y;
        }
        int done = four ? pairs(width, b, fixed, first * rank, rank / 2 * 2) : 0;
        for (int i = 0; i < rows; i++) {
            int at = (first + i) * rank;
            if (four) {
                Combine.add(width, b.y[i], b.moving, done, rank, fixed, at, 1);
            } else {
                Combine.set(width, b.y[i], b.moving, rank, fixed, at);
            }
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

    /** The part of four rows of y that comes from the first, evenly many, components. {@return how many} */
    private int pairs(int width, Buffers b, double[] fixed, int at, int count) {
        Combine.setFour(width, b.y, b.moving[0], b.moving[1], fixed, at, rank);
        for (int c = 2; c < count; c += 2) {
            Combine.addToFour(width, b.y, b.moving[c], b.moving[c + 1], fixed, at + c, rank);
        }
        return count;
    }

    private static void load(Tile.Dense tile, int first, int rows, Buffers b) {
        int width = tile.movingCount();
        Matrix x = tile.x();
        if (!tile.transposed()) {
            for (int i = 0; i < rows; i++) {
                x.read(first + i, tile.moving(), 1, width, b.x[i], 0, width);
            }
        } else if (x instanceof DenseMatrix dense && rows == ROWS) {
            int at = dense.offset() + tile.moving() * dense.stride() + first;
            transpose(dense.data(), at, dense.stride(), width, b.x);
        } else {
            x.readTransposed(tile.moving(), first, width, rows, b.strip, 0, width);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(b.strip, i * width, b.x[i], 0, width);
            }
        }
    }

    /** Four columns of a row-major matrix as four arrays; the other half of a cache line is still in L2 for the next four. */
    private static void transpose(double[] x, int at, int stride, int n, double[][] into) {
        double[] a = into[0];
        double[] b = into[1];
        double[] c = into[2];
        double[] d = into[3];
        for (int i = 0, from = at; i < n; i++, from += stride) {
            a[i] = x[from];
            b[i] = x[from + 1];
            c[i] = x[from + 2];
            d[i] = x[from + 3];
        }
    }
}
