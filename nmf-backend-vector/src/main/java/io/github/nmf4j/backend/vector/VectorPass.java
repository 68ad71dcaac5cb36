package io.github.nmf4j.backend.vector;

import static io.github.nmf4j.backend.vector.Kernels.ROWS;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SpanStep.Along;
import io.github.nmf4j.api.SpanStep.Kind;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The hot pass in register tiles: for H their lanes run over the moving vectors, for W over the fixed ones, so that X is read
 * along its rows on both sides.
 *
 * <p>A tile of X is gone through in strips that keep factor and statistics in L2, a block of four rows of X at a time. X is
 * read in place where it is dense and the strip consists of whole register tiles; otherwise through a buffer, with zeros
 * where there is nothing, and ones in the factors, so that what is added there is 0.
 */
final class VectorPass implements Pass {
    /** Of the lanes' factor and their sums, in L2. */
    private static final int STRIP_BYTES = 1 << 18;

    private static final int WIDEST_STRIP = 1024;

    /** Rows of X for W: they share one reading of H, and there should be some for every thread. */
    private static final int ROWS_OF_W = 32;

    /** Between the rows of spans, so that none lies a multiple of 4 KB after another: their loads would wait for stores. */
    private static final int PAD = 72;

    private final int rank;
    private final Kernels kernels;
    private final int columns;
    private final int strip;

    VectorPass(int rank) {
        this.rank = rank;
        kernels = Kernels.of(rank);
        columns = kernels.columns;
        WarmUp.of(kernels);
        int fitting = STRIP_BYTES / (2 * Double.BYTES * rank);
        strip = Lanes.roundUp(Math.max(1, Math.min(fitting, WIDEST_STRIP)), columns);
    }

    /** The fixed factor as {@link Kernels} likes it: rows for H, lanes for W. */
    private record Blocked(double[] values, int width) implements Packed {}

    private final class Buffers implements Workspace {
        final double[] lanes = new double[strip * rank];
        final double[] negativeSums = new double[Math.max(strip, ROWS * Lanes.WIDTH) * rank];
        final double[] positiveSums = new double[negativeSums.length];
        final double[] rows = new double[ROWS * rank];
        final double[] x = new double[ROWS * strip];
        final double[][] spanOfX = new double[ROWS][strip + PAD];
        final double[][] y = new double[ROWS][strip + PAD];
        final double[][] negative = new double[ROWS][strip + PAD];
        final double[][] positive = new double[ROWS][strip + PAD];
        final double[][] direct = new double[ROWS][];
        final double[] zeros = new double[rank];

        /** Σ F where P is exactly 1, as many losses have it that do not promise it. */
        final double[] sumsOfOne = new double[rank];

        boolean one;
        final double[] vector = new double[Lanes.WIDTH];
        double logarithms;
        final VectorSparsePass.Buffers sparse = new VectorSparsePass.Buffers(rank);
    }

    @Override
    public int panel(int moving, boolean transposed) {
        return transposed ? ROWS_OF_W : strip;
    }

    @Override
    public Packed pack(DenseMatrix fixed, Tile like, Packed reuse) {
        if (!(like instanceof Tile.Dense dense)) {
            return VectorSparsePass.pack(fixed, reuse);
        }
        int width = dense.transposed() ? columns : ROWS;
        int size = Math.multiplyExact(Lanes.roundUp(fixed.columns(), width), rank);
        Blocked packed = reuse instanceof Blocked old && old.values.length == size && old.width == width
                ? old
                : new Blocked(new double[size], width);
        block(fixed, 0, fixed.columns(), width, packed.values);
        return packed;
    }

    /** Blocks of so many vectors, a component after the other, the last filled up with ones. */
    private void block(DenseMatrix factor, int from, int count, int width, double[] into) {
        double[] data = factor.data();
        for (int b = 0; b < count; b += width) {
            int inside = Math.min(width, count - b);
            for (int c = 0; c < rank; c++) {
                int to = b * rank + c * width;
                System.arraycopy(data, factor.offset() + c * factor.stride() + from + b, into, to, inside);
                Arrays.fill(into, to + inside, to + width, 1.0);
            }
        }
    }

    @Override
    public Workspace workspace() {
        return new Buffers();
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
            VectorSparsePass.tile(sparse, fixed, moving, step, negative, positive, b.sparse);
        } else {
            Tile.Dense dense = (Tile.Dense) tile;
            b.logarithms = 0;
            double[] packed = ((Blocked) fixed).values;
            if (dense.transposed()) {
                lanesFixed(dense, packed, moving, step, negative, positive, b);
            } else {
                lanesMoving(dense, packed, moving, step, negative, positive, b);
            }
            if (step.kind() == Kind.RATIO_AND_LOG) {
                step.logarithms(b.logarithms);
            }
        }
    }

    // ---- H: rows of X are fixed vectors, lanes are moving ones

    private void lanesMoving(
            Tile.Dense tile,
            double[] rows,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Buffers b) {
        boolean both = step.kind() == Kind.BOTH;
        for (int from = 0; from < tile.movingCount(); from += strip) {
            int count = Math.min(strip, tile.movingCount() - from);
            int tiles = (count + columns - 1) / columns;
            block(moving, from, count, columns, b.lanes);
            Arrays.fill(b.negativeSums, 0, tiles * columns * rank, 0.0);
            if (both) {
                Arrays.fill(b.positiveSums, 0, tiles * columns * rank, 0.0);
                Arrays.fill(b.sumsOfOne, 0.0);
            }
            int end = tile.fixed() + tile.fixedCount();
            for (int first = tile.fixed() / ROWS * ROWS; first < end; first += ROWS) {
                if (step.kind() == Kind.RATIO || step.kind() == Kind.DATA) {
                    rowsOfH(tile, first, from, count, step.kind(), rows, b);
                } else {
                    spanOfH(tile, first, from, count, step, rows, b);
                }
            }
            unblock(b.negativeSums, b.zeros, count, negative, from);
            if (both) {
                unblock(b.positiveSums, b.sumsOfOne, count, positive, from);
            }
        }
    }

    private void rowsOfH(Tile.Dense tile, int first, int from, int count, Kind kind, double[] rows, Buffers b) {
        int end = tile.fixed() + tile.fixedCount();
        int column = tile.moving() + from;
        int whole = count / columns * columns;
        if (tile.x() instanceof DenseMatrix x && first >= tile.fixed() && first + ROWS <= end && whole > 0) {
            int at = x.offset() + first * x.stride() + column;
            add(x.data(), at, x.stride(), rows, first, 0, whole, kind, b);
        } else {
            whole = 0;
        }
        if (whole < count) {
            int top = Math.max(first, tile.fixed());
            read(tile, top, Math.min(first + ROWS, end), first, column + whole, column + count, column + whole, b);
            add(b.x, 0, strip, rows, first, whole, count, kind, b);
        }
    }

    /** Columns from … to of a strip, the first of which is in the data at {@code at}. */
    private void add(
            double[] data, int at, int stride, double[] rows, int first, int from, int to, Kind kind, Buffers b) {
        int tiles = (to - from + columns - 1) / columns;
        if (kind == Kind.RATIO) {
            kernels.ratioOfMoving(
                    data, at, stride, rows, first * rank, b.lanes, b.negativeSums, from * rank, tiles, rank);
        } else {
            Arrays.fill(b.direct, data);
            kernels.addOfMoving(b.direct, at, stride, rows, first * rank, b.negativeSums, from * rank, tiles, rank);
        }
    }

    private void spanOfH(Tile.Dense tile, int first, int from, int n, SpanStep step, double[] rows, Buffers b) {
        int tiles = (n + columns - 1) / columns;
        kernels.model(rows, first * rank, b.lanes, 0, b.y, tiles, rank);
        boolean both = step.kind() == Kind.BOTH;
        boolean one = both;
        for (int i = 0; i < ROWS; i++) {
            int fixed = first + i;
            boolean inside = fixed >= tile.fixed() && fixed < tile.fixed() + tile.fixedCount();
            if (inside && step.kind() == Kind.RATIO_AND_LOG) {
                ratioAndLog(tile.x(), fixed, tile.moving() + from, n, 0, i, b);
            } else if (inside) {
                tile.x().read(fixed, tile.moving() + from, 1, n, b.spanOfX[i], 0, n);
                step.dense(
                        fixed,
                        tile.moving() + from,
                        Along.MOVING,
                        n,
                        b.spanOfX[i],
                        b.y[i],
                        b.negative[i],
                        b.positive[i]);
                one = one && Spans.areOne(n, b.positive[i]);
            }
            clear(inside ? n : 0, tiles * columns, both, i, b);
        }
        kernels.addOfMoving(b.negative, 0, 0, rows, first * rank, b.negativeSums, 0, tiles, rank);
        if (one) {
            int end = tile.fixed() + tile.fixedCount();
            for (int i = Math.max(0, tile.fixed() - first); i < Math.min(ROWS, end - first); i++) {
                for (int c = 0; c < rank; c++) {
                    b.sumsOfOne[c] += rows[first * rank + c * ROWS + i];
                }
            }
        } else if (both) {
            kernels.addOfMoving(b.positive, 0, 0, rows, first * rank, b.positiveSums, 0, tiles, rank);
        }
    }

    private void unblock(double[] sums, double[] everywhere, int count, DenseMatrix into, int from) {
        double[] data = into.data();
        for (int t = 0; t < count; t += columns) {
            int inside = Math.min(columns, count - t);
            for (int c = 0; c < rank; c++) {
                int to = into.offset() + c * into.stride() + from + t;
                int at = t * rank + c * columns;
                for (int j = 0; j < inside; j++) {
                    data[to + j] += sums[at + j] + everywhere[c];
                }
            }
        }
    }

    // ---- W: rows of X are moving vectors, lanes are fixed ones

    private void lanesFixed(
            Tile.Dense tile,
            double[] lanes,
            DenseMatrix moving,
            SpanStep step,
            DenseMatrix negative,
            DenseMatrix positive,
            Buffers b) {
        int end = tile.fixed() + tile.fixedCount();
        for (int from = tile.fixed() / strip * strip; from < end; from += strip) {
            int first = Math.max(from, tile.fixed());
            int last = Math.min(from + strip, end);
            if (step.kind() == Kind.BOTH) {
                sumsOfLanes(lanes, first, last, b.sumsOfOne);
            }
            for (int row = 0; row < tile.movingCount(); row += ROWS) {
                int count = Math.min(ROWS, tile.movingCount() - row);
                block(moving, row, count, ROWS, b.rows);
                Arrays.fill(b.negativeSums, 0, ROWS * Lanes.WIDTH * rank, 0.0);
                Arrays.fill(b.positiveSums, 0, ROWS * Lanes.WIDTH * rank, 0.0);
                if (step.kind() == Kind.RATIO || step.kind() == Kind.DATA) {
                    rowsOfW(tile, row, count, first, last, step.kind(), lanes, b);
                } else {
                    spanOfW(tile, row, count, first, last, step, lanes, b);
                }
                reduce(b.negativeSums, b.zeros, row, count, negative);
                if (step.kind() == Kind.BOTH) {
                    reduce(b.positiveSums, b.one ? b.sumsOfOne : b.zeros, row, count, positive);
                }
            }
        }
    }

    private void rowsOfW(
            Tile.Dense tile, int row, int count, int first, int last, Kind kind, double[] lanes, Buffers b) {
        int whole = Lanes.roundUp(first, columns);
        int wholeEnd = last / columns * columns;
        if (tile.x() instanceof DenseMatrix x && count == ROWS && whole < wholeEnd) {
            if (first < whole) {
                edgeOfW(tile, row, count, first, whole, kind, lanes, b);
            }
            int at = x.offset() + (tile.moving() + row) * x.stride() + whole;
            add(x.data(), at, x.stride(), lanes, whole, wholeEnd, kind, b);
            if (wholeEnd < last) {
                edgeOfW(tile, row, count, wholeEnd, last, kind, lanes, b);
            }
        } else {
            edgeOfW(tile, row, count, first, last, kind, lanes, b);
        }
    }

    private void edgeOfW(
            Tile.Dense tile, int row, int count, int first, int last, Kind kind, double[] lanes, Buffers b) {
        int from = first / columns * columns;
        int moving = tile.moving() + row;
        read(tile, moving, moving + count, moving, first, last, from, b);
        add(b.x, 0, strip, lanes, from, Lanes.roundUp(last, columns), kind, b);
    }

    private void add(double[] data, int at, int stride, double[] lanes, int from, int to, Kind kind, Buffers b) {
        int tiles = (to - from) / columns;
        if (kind == Kind.RATIO) {
            kernels.ratioOfFixed(data, at, stride, b.rows, 0, lanes, from * rank, b.negativeSums, tiles, rank);
        } else {
            Arrays.fill(b.direct, data);
            kernels.addOfFixed(b.direct, at, stride, lanes, from * rank, b.negativeSums, tiles, rank);
        }
    }

    private void spanOfW(
            Tile.Dense tile, int row, int count, int first, int last, SpanStep step, double[] lanes, Buffers b) {
        int at = first / columns * columns;
        int tiles = (last - at + columns - 1) / columns;
        kernels.model(b.rows, 0, lanes, at * rank, b.y, tiles, rank);
        boolean both = step.kind() == Kind.BOTH;
        int n = last - first;
        b.one = both;
        for (int i = 0; i < ROWS; i++) {
            if (i < count && step.kind() == Kind.RATIO_AND_LOG) {
                ratioAndLog(tile.x(), tile.moving() + row + i, first, n, first - at, i, b);
            } else if (i < count) {
                if (first > at) {
                    System.arraycopy(b.y[i], first - at, b.y[i], 0, n);
                }
                int moving = tile.moving() + row + i;
                tile.x().read(moving, first, 1, n, b.spanOfX[i], 0, n);
                step.dense(first, moving, Along.FIXED, n, b.spanOfX[i], b.y[i], b.negative[i], b.positive[i]);
                b.one = b.one && Spans.areOne(n, b.positive[i]);
                if (first > at) {
                    shift(b.negative[i], first - at, n);
                    shift(b.positive[i], first - at, n);
                }
            }
            clear(i < count ? last - at : 0, tiles * columns, both, i, b);
        }
        kernels.addOfFixed(b.negative, 0, 0, lanes, at * rank, b.negativeSums, tiles, rank);
        if (both && !b.one) {
            kernels.addOfFixed(b.positive, 0, 0, lanes, at * rank, b.positiveSums, tiles, rank);
        }
    }

    private static void shift(double[] values, int by, int n) {
        System.arraycopy(values, 0, values, by, n);
        Arrays.fill(values, 0, by, 0.0);
    }

    private void reduce(double[] sums, double[] everywhere, int row, int count, DenseMatrix into) {
        double[] data = into.data();
        for (int c = 0; c < rank; c++) {
            int to = into.offset() + c * into.stride() + row;
            for (int i = 0; i < count; i++) {
                int at = (c * ROWS + i) * Lanes.WIDTH;
                double sum = 0;
                for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                    sum += sums[at + lane];
                }
                data[to + i] += sum + everywhere[c];
            }
        }
    }

    /** Σ over fixed vectors of the lanes' factor, a component each: the statistic of a moving vector whose P is 1 there. */
    private void sumsOfLanes(double[] lanes, int first, int last, double[] into) {
        Arrays.fill(into, 0.0);
        for (int j = first; j < last; j++) {
            int at = j / columns * columns * rank + j % columns;
            for (int c = 0; c < rank; c++) {
                into[c] += lanes[at + c * columns];
            }
        }
    }

    // ---- both

    /** N of n entries of a row of X, whose y and N begin at {@code shift} of row i of the buffers; adds their Σ x·log y. */
    private static void ratioAndLog(Matrix x, int row, int column, int n, int shift, int i, Buffers b) {
        double[] data = b.spanOfX[i];
        int at = 0;
        if (x instanceof DenseMatrix dense) {
            data = dense.data();
            at = dense.offset() + row * dense.stride() + column;
        } else {
            x.read(row, column, 1, n, data, 0, n);
        }
        if (shift > 0) {
            System.arraycopy(b.y[i], shift, b.y[i], 0, n);
        }
        b.logarithms += LogRatio.of(n, data, at, b.y[i], b.negative[i], b.vector);
        if (shift > 0) {
            shift(b.negative[i], shift, n);
        }
    }

    /** Rows [row, rowEnd) and columns [column, columnEnd) of X into the buffer whose first entry is (top, left), zeros around. */
    private void read(Tile.Dense tile, int row, int rowEnd, int top, int column, int columnEnd, int left, Buffers b) {
        int width = Lanes.roundUp(columnEnd - left, columns);
        for (int i = 0; i < ROWS; i++) {
            boolean inside = top + i >= row && top + i < rowEnd;
            if (!inside || column > left || columnEnd - left < width) {
                Arrays.fill(b.x, i * strip, i * strip + width, 0.0);
            }
        }
        tile.x().read(row, column, rowEnd - row, columnEnd - column, b.x, (row - top) * strip + column - left, strip);
    }

    private static void clear(int from, int to, boolean both, int i, Buffers b) {
        Arrays.fill(b.negative[i], from, to, 0.0);
        if (both) {
            Arrays.fill(b.positive[i], from, to, 0.0);
        }
    }
}
