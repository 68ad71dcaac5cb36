package io.github.nmf4j.backend.vector;

import static io.github.nmf4j.backend.vector.Kernels.ROWS;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
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

    private final int rank;
    private final Kernels kernels;

    /** What goes with {@link EightRows} at edges; null on machines without registers for it. */
    private final Kernels eight;

    private final int columns;
    private final int strip;

    /** By kind and side; a thread that does not see it yet asks again and is told the same. */
    private final boolean[] compiled = new boolean[2 * Kind.values().length];

    VectorPass(int rank) {
        this.rank = rank;
        kernels = Kernels.of(rank);
        eight = Lanes.bits() >= Kernels.WIDE ? new Tile4x2() : null;
        columns = kernels.columns;
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
        final double[][] direct = new double[ROWS][];
        final double[] zeros = new double[negativeSums.length / Lanes.WIDTH];

        /** Σ F where P is exactly 1: for each register tile of lanes that move, for all rows that do. */
        final double[] onesOfTiles = new double[zeros.length];

        /** The same for all register tiles of a strip of lanes that move. */
        final double[] onesOfStrip = new double[rank];

        final SpanRoad.Sums sums = new SpanRoad.Sums(negativeSums, positiveSums, onesOfTiles, onesOfStrip);
        final SpanRoad spans = new SpanRoad(kernels, rank, strip);
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
            b.spans.begin();
            compile(step.kind(), dense.transposed());
            double[] packed = ((Blocked) fixed).values;
            if (dense.transposed()) {
                lanesFixed(dense, packed, moving, step, negative, positive, b);
            } else {
                lanesMoving(dense, packed, moving, step, negative, positive, b);
            }
            if (step.kind() == Kind.RATIO_AND_LOG) {
                step.logarithms(b.spans.logarithms());
            }
        }
    }

    private void compile(Kind kind, boolean transposed) {
        int which = 2 * kind.ordinal() + (transposed ? 1 : 0);
        if (!compiled[which]) {
            WarmUp.of(kind == Kind.DATA && !transposed && eight != null ? eight : kernels, kind, transposed);
            compiled[which] = true;
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
        if (step.kind() == Kind.DATA && eight != null) {
            dataOfMoving(tile, rows, negative, b);
            return;
        }
        boolean both = step.kind() == Kind.BOTH;
        for (int from = 0; from < tile.movingCount(); from += strip) {
            int count = Math.min(strip, tile.movingCount() - from);
            int tiles = (count + columns - 1) / columns;
            block(moving, from, count, columns, b.lanes);
            Arrays.fill(b.negativeSums, 0, tiles * columns * rank, 0.0);
            if (both) {
                Arrays.fill(b.positiveSums, 0, tiles * columns * rank, 0.0);
                Arrays.fill(b.onesOfTiles, 0.0);
                Arrays.fill(b.onesOfStrip, 0.0);
            }
            int end = tile.fixed() + tile.fixedCount();
            for (int first = tile.fixed() / ROWS * ROWS; first < end; first += ROWS) {
                if (step.kind() == Kind.RATIO || step.kind() == Kind.DATA) {
                    rowsOfH(kernels, tile, first, from, count, step.kind(), rows, b);
                } else {
                    b.spans.moving(tile, first, from, count, step, rows, b.lanes, b.sums);
                }
            }
            unblock(b.negativeSums, b.zeros, b.zeros, columns, count, negative, from);
            if (both) {
                unblock(b.positiveSums, b.onesOfTiles, b.onesOfStrip, columns, count, positive, from);
            }
        }
    }

    /** F·X alone: the moving factor is not read, so that the sums need not lie as its tiles would. */
    private void dataOfMoving(Tile.Dense tile, double[] rows, DenseMatrix negative, Buffers b) {
        int end = tile.fixed() + tile.fixedCount();
        for (int from = 0; from < tile.movingCount(); from += strip) {
            int count = Math.min(strip, tile.movingCount() - from);
            Arrays.fill(b.negativeSums, 0, Lanes.roundUp(count, eight.columns) * rank, 0.0);
            int first = tile.fixed() / ROWS * ROWS;
            while (first < end) {
                boolean whole = first >= tile.fixed() && first + EightRows.ROWS <= end;
                if (whole && tile.x() instanceof DenseMatrix x && count >= eight.columns) {
                    int tiles = count / eight.columns;
                    int at = x.offset() + first * x.stride() + tile.moving() + from;
                    EightRows.add(x.data(), at, x.stride(), rows, first * rank, b.negativeSums, 0, tiles, rank);
                    int done = tiles * eight.columns;
                    edgeOfH(eight, tile, first, from, done, count, Kind.DATA, rows, b);
                    edgeOfH(eight, tile, first + ROWS, from, done, count, Kind.DATA, rows, b);
                    first += EightRows.ROWS;
                } else {
                    rowsOfH(eight, tile, first, from, count, Kind.DATA, rows, b);
                    first += ROWS;
                }
            }
            unblock(b.negativeSums, b.zeros, b.zeros, eight.columns, count, negative, from);
        }
    }

    private void rowsOfH(
            Kernels with, Tile.Dense tile, int first, int from, int count, Kind kind, double[] rows, Buffers b) {
        int end = tile.fixed() + tile.fixedCount();
        int whole = count / with.columns * with.columns;
        if (tile.x() instanceof DenseMatrix x && first >= tile.fixed() && first + ROWS <= end && whole > 0) {
            int at = x.offset() + first * x.stride() + tile.moving() + from;
            add(with, x.data(), at, x.stride(), rows, first, 0, whole, kind, b);
        } else {
            whole = 0;
        }
        edgeOfH(with, tile, first, from, whole, count, kind, rows, b);
    }

    /** Columns whole … count of a strip, by the buffer. */
    private void edgeOfH(
            Kernels with,
            Tile.Dense tile,
            int first,
            int from,
            int whole,
            int count,
            Kind kind,
            double[] rows,
            Buffers b) {
        if (whole < count) {
            int column = tile.moving() + from;
            int top = Math.max(first, tile.fixed());
            int end = Math.min(first + ROWS, tile.fixed() + tile.fixedCount());
            read(tile, top, end, first, column + whole, column + count, column + whole, b);
            add(with, b.x, 0, strip, rows, first, whole, count, kind, b);
        }
    }

    /** Columns from … to of a strip, the first of which is in the data at {@code at}. */
    private void add(
            Kernels with,
            double[] data,
            int at,
            int stride,
            double[] rows,
            int first,
            int from,
            int to,
            Kind kind,
            Buffers b) {
        int tiles = (to - from + with.columns - 1) / with.columns;
        if (kind == Kind.RATIO) {
            with.ratioOfMoving(data, at, stride, rows, first * rank, b.lanes, b.negativeSums, from * rank, tiles, rank);
        } else {
            Arrays.fill(b.direct, data);
            with.addOfMoving(b.direct, at, stride, rows, first * rank, b.negativeSums, from * rank, tiles, rank);
        }
    }

    private void unblock(
            double[] sums, double[] ofTiles, double[] ofStrip, int width, int count, DenseMatrix into, int from) {
        double[] data = into.data();
        for (int t = 0; t < count; t += width) {
            int inside = Math.min(width, count - t);
            for (int c = 0; c < rank; c++) {
                int to = into.offset() + c * into.stride() + from + t;
                Spans.add(inside, sums, t * rank + c * width, ofTiles[t / width * rank + c] + ofStrip[c], data, to);
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
                b.spans.sumLanes(lanes, from, first, last);
            }
            for (int row = 0; row < tile.movingCount(); row += ROWS) {
                int count = Math.min(ROWS, tile.movingCount() - row);
                block(moving, row, count, ROWS, b.rows);
                Arrays.fill(b.negativeSums, 0, ROWS * Lanes.WIDTH * rank, 0.0);
                Arrays.fill(b.positiveSums, 0, ROWS * Lanes.WIDTH * rank, 0.0);
                Arrays.fill(b.onesOfTiles, 0, rank, 0.0);
                if (step.kind() == Kind.RATIO || step.kind() == Kind.DATA) {
                    rowsOfW(tile, row, count, first, last, step.kind(), lanes, b);
                } else {
                    b.spans.fixed(tile, row, count, from, first, last, step, b.rows, lanes, b.sums);
                }
                reduce(b.negativeSums, b.zeros, row, count, negative);
                if (step.kind() == Kind.BOTH) {
                    reduce(b.positiveSums, b.onesOfTiles, row, count, positive);
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

    private void reduce(double[] sums, double[] ones, int row, int count, DenseMatrix into) {
        double[] data = into.data();
        for (int c = 0; c < rank; c++) {
            int to = into.offset() + c * into.stride() + row;
            for (int i = 0; i < count; i++) {
                int at = (c * ROWS + i) * Lanes.WIDTH;
                double sum = 0;
                for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                    sum += sums[at + lane];
                }
                data[to + i] += sum + ones[c];
            }
        }
    }

    // ---- both

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
}
