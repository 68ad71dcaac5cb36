package io.github.nmf4j.backend.vector;

import static io.github.nmf4j.backend.vector.Kernels.ROWS;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SpanStep.Along;
import io.github.nmf4j.api.SpanStep.Kind;
import io.github.nmf4j.api.Tile;
import java.util.Arrays;

/**
 * The road of a step that must see x and y: a block of rows is gone through in pieces short enough that x, y, N and P stay in
 * L1 between model, step and statistics. One thread's.
 *
 * <p>Where places do not matter to the step, the four rows of a piece lie one after another and are one span: calls are what
 * short spans cost, and so the piece may be a quarter as wide.
 */
final class SpanRoad {
    /** Columns of a piece whose rows are one span: 2 KB for each of x, y, N and P. */
    private static final int TOGETHER = 64;

    /** Columns of a piece whose rows are a span each. */
    private static final int APART = 256;

    /** Between the arrays, so that none lies a multiple of 4 KB after another: their loads would wait for stores. */
    private static final int PAD = 72;

    private static final int LENGTH = Math.max(ROWS * TOGETHER, APART) + PAD;

    private final Kernels kernels;
    private final int columns;
    private final int rank;
    private final double[] x = new double[LENGTH];
    private final double[][] y = new double[ROWS][LENGTH];
    private final double[][] negative = new double[ROWS][LENGTH];
    private final double[][] positive = new double[ROWS][LENGTH];
    private final Rows apart = new Rows(y, negative, positive);
    private final Rows together = new Rows(fourTimes(y[0]), fourTimes(negative[0]), fourTimes(positive[0]));
    private final double[] sumsOfRows;
    private final double[] sumsOfTiles;
    private final double[] sumOfStrip;
    private final double[] vector = new double[Lanes.WIDTH];
    private double logarithms;

    /** Where four rows are: in an array each, or in one. */
    private record Rows(double[][] y, double[][] negative, double[][] positive) {}

    /**
     * What statistics are added to.
     *
     * @param negative Σ F·N
     * @param positive Σ F·P
     * @param onesOfTiles Σ F where P is exactly 1, as many losses have it that do not promise it; for each register tile of
     *     lanes that move, for all rows that do; a component after the other
     * @param onesOfStrip the same for blocks of rows with P = 1 in a whole strip, to be added to every register tile; lanes moving
     *     only
     */
    record Sums(double[] negative, double[] positive, double[] onesOfTiles, double[] onesOfStrip) {}

    /**
     * @param kernels of the pass
     * @param rank of the factors
     * @param strip most lanes that have their sums taken at once
     */
    SpanRoad(Kernels kernels, int rank, int strip) {
        this.kernels = kernels;
        this.columns = kernels.columns;
        this.rank = rank;
        sumsOfRows = new double[rank];
        sumsOfTiles = new double[strip / columns * rank];
        sumOfStrip = new double[rank];
    }

    private static double[][] fourTimes(double[] array) {
        double[][] rows = new double[ROWS][];
        Arrays.fill(rows, array);
        return rows;
    }

    /** Forgets the logarithms seen so far. */
    void begin() {
        logarithms = 0;
    }

    /** {@return Σ x·log y since {@link #begin}} */
    double logarithms() {
        return logarithms;
    }

    /**
     * Adds the statistics of the lanes for a block of rows that are fixed vectors.
     *
     * @param tile where x is
     * @param first the first row of the block; may lie before the tile
     * @param from the first lane, counted in the tile
     * @param count lanes
     * @param step what happens to the entries
     * @param rows the fixed factor, from vector 0 on
     * @param lanes the moving factor, from {@code from} on
     * @param into sums as the lanes, ones for each register tile
     */
    void moving(
            Tile.Dense tile, int first, int from, int count, SpanStep step, double[] rows, double[] lanes, Sums into) {
        int top = Math.max(0, tile.fixed() - first);
        int bottom = Math.min(ROWS, tile.fixed() + tile.fixedCount() - first);
        int row = first * rank;
        for (int c = 0; c < rank; c++) {
            sumsOfRows[c] = Lanes.sum(rows, row + c * ROWS + top, bottom - top);
        }
        int onesFrom = 0; // P = 1 from this lane up to the piece at hand
        int n;
        for (int at = 0; at < count; at += n) {
            n = width(step, bottom - top, 0, count - at);
            boolean joined = joined(step, bottom - top, 0, n);
            Rows of = joined ? together : apart;
            int stride = joined ? n : 0;
            int tiles = (n + columns - 1) / columns;
            int lane = at * rank;
            kernels.model(rows, row, lanes, lane, of.y, stride, tiles, rank);
            int column = tile.moving() + from + at;
            boolean one = joined
                    ? together(tile, first, column, n, step)
                    : apart(tile, first, top, bottom, column, n, 0, tiles, step);
            kernels.addOfMoving(of.negative, 0, stride, rows, row, into.negative, lane, tiles, rank);
            if (step.kind() == Kind.BOTH && !one) {
                kernels.addOfMoving(of.positive, 0, stride, rows, row, into.positive, lane, tiles, rank);
                addRows(onesFrom, at, into.onesOfTiles);
                onesFrom = at + n;
            }
        }
        if (step.kind() == Kind.BOTH) {
            if (onesFrom == 0) {
                add(sumsOfRows, 0, into.onesOfStrip, 0);
            } else {
                addRows(onesFrom, count, into.onesOfTiles);
            }
        }
    }

    /** ones += Σ F over the rows, for the register tiles that begin in [from, to). */
    private void addRows(int from, int to, double[] ones) {
        for (int t = (from + columns - 1) / columns; t * columns < to; t++) {
            add(sumsOfRows, 0, ones, t * rank);
        }
    }

    /**
     * Takes the sums of fixed lanes, once for the rows of a tile.
     *
     * @param lanes the fixed factor
     * @param from the first lane, where a register tile begins
     * @param first the first lane of the tile
     * @param last behind the last lane
     */
    void sumLanes(double[] lanes, int from, int first, int last) {
        for (int t = 0; from + t * columns < last; t++) {
            for (int c = 0; c < rank; c++) {
                sumsOfTiles[t * rank + c] = Lanes.sum(lanes, from * rank + (t * rank + c) * columns, columns);
            }
        }
        Arrays.fill(sumOfStrip, 0.0);
        addLanes(lanes, from, first, last, sumOfStrip);
    }

    /**
     * Adds the statistics of a block of rows that are moving vectors.
     *
     * @param tile where x is
     * @param row the first row of the block, counted in the tile
     * @param count rows
     * @param strip the lane from which {@link #sumLanes} began
     * @param first the first lane
     * @param last behind the last lane
     * @param step what happens to the entries
     * @param rows the block of the moving factor
     * @param lanes the fixed factor, from vector 0 on
     * @param into sums as {@link Kernels} has them for rows, ones for all of them
     */
    void fixed(
            Tile.Dense tile,
            int row,
            int count,
            int strip,
            int first,
            int last,
            SpanStep step,
            double[] rows,
            double[] lanes,
            Sums into) {
        int onesFrom = first; // P = 1 from this lane up to the piece at hand
        int n;
        for (int from = first; from < last; from += n) {
            int shift = from % columns;
            n = width(step, count, shift, last - from);
            boolean joined = joined(step, count, shift, n);
            Rows of = joined ? together : apart;
            int stride = joined ? n : 0;
            int tiles = (shift + n + columns - 1) / columns;
            int lane = (from - shift) * rank;
            kernels.model(rows, 0, lanes, lane, of.y, stride, tiles, rank);
            int moving = tile.moving() + row;
            boolean one = joined
                    ? together(tile, moving, from, n, step)
                    : apart(tile, moving, 0, count, from, n, shift, tiles, step);
            kernels.addOfFixed(of.negative, 0, stride, lanes, lane, into.negative, tiles, rank);
            if (step.kind() == Kind.BOTH && !one) {
                kernels.addOfFixed(of.positive, 0, stride, lanes, lane, into.positive, tiles, rank);
                addLanes(lanes, strip, onesFrom, from, into.onesOfTiles);
                onesFrom = from + n;
            }
        }
        if (step.kind() == Kind.BOTH) {
            if (onesFrom == first) {
                add(sumOfStrip, 0, into.onesOfTiles, 0);
            } else {
                addLanes(lanes, strip, onesFrom, last, into.onesOfTiles);
            }
        }
    }

    /** ones += Σ F over some lanes; register tiles that are not whole are added up here. */
    private void addLanes(double[] lanes, int strip, int from, int to, double[] ones) {
        for (int at = from; at < to; ) {
            int shift = at % columns;
            int n = Math.min(columns - shift, to - at);
            if (n == columns) {
                add(sumsOfTiles, (at - strip) / columns * rank, ones, 0);
            } else {
                for (int c = 0; c < rank; c++) {
                    ones[c] += Lanes.sum(lanes, (at - shift) * rank + c * columns + shift, n);
                }
            }
            at += n;
        }
    }

    private void add(double[] sums, int at, double[] into, int to) {
        for (int c = 0; c < rank; c++) {
            into[to + c] += sums[at + c];
        }
    }

    /** {@return how many columns come next, so that a piece together consists of whole register tiles} */
    private int width(SpanStep step, int rows, int shift, int left) {
        if (!mayJoin(step, rows)) {
            return Math.min(APART - shift, left);
        }
        if (shift > 0 || left < columns) {
            return Math.min(columns - shift, left);
        }
        return Math.min(TOGETHER, left / columns * columns);
    }

    private boolean joined(SpanStep step, int rows, int shift, int n) {
        return mayJoin(step, rows) && shift == 0 && n % columns == 0;
    }

    private static boolean mayJoin(SpanStep step, int rows) {
        return rows == ROWS && step.kind() != Kind.RATIO_AND_LOG && step.local();
    }

    /** Four rows as one span. {@return whether P is 1} */
    private boolean together(Tile.Dense tile, int row, int column, int n, SpanStep step) {
        tile.x().read(row, column, ROWS, n, x, 0, n);
        dense(tile, row, column, Along.ANYWHERE, ROWS * n, step, 0);
        return step.kind() == Kind.BOTH && Spans.areOne(ROWS * n, positive[0]);
    }

    /** A span for each row; what belongs to other rows and columns is 0. {@return whether P is 1} */
    private boolean apart(
            Tile.Dense tile, int row, int top, int bottom, int column, int n, int shift, int tiles, SpanStep step) {
        boolean both = step.kind() == Kind.BOTH;
        boolean one = both;
        for (int i = 0; i < ROWS; i++) {
            boolean inside = i >= top && i < bottom;
            if (inside) {
                System.arraycopy(y[i], shift, y[i], 0, n);
                if (step.kind() == Kind.RATIO_AND_LOG) {
                    ratioAndLog(tile.x(), row + i, column, n, i);
                } else {
                    tile.x().read(row + i, column, 1, n, x, 0, n);
                    dense(tile, row + i, column, tile.transposed() ? Along.FIXED : Along.MOVING, n, step, i);
                    one = one && Spans.areOne(n, positive[i]);
                }
            }
            frame(negative[i], inside ? n : 0, shift, tiles * columns);
            if (both) {
                frame(positive[i], inside ? n : 0, shift, tiles * columns);
            }
        }
        return one;
    }

    private void dense(Tile.Dense tile, int row, int column, Along along, int n, SpanStep step, int i) {
        int fixed = tile.transposed() ? column : row;
        int moving = tile.transposed() ? row : column;
        step.dense(fixed, moving, along, n, x, y[i], negative[i], positive[i]);
    }

    /** Moves n numbers from 0 to {@code shift}, with zeros around them. */
    private static void frame(double[] values, int n, int shift, int end) {
        if (shift > 0) {
            System.arraycopy(values, 0, values, shift, n);
            Arrays.fill(values, 0, shift, 0.0);
        }
        Arrays.fill(values, shift + n, end, 0.0);
    }

    /** N of n entries of a row of X; adds their Σ x·log y. */
    private void ratioAndLog(Matrix matrix, int row, int column, int n, int i) {
        double[] data = x;
        int at = 0;
        if (matrix instanceof DenseMatrix dense) {
            data = dense.data();
            at = dense.offset() + row * dense.stride() + column;
        } else {
            matrix.read(row, column, 1, n, x, 0, n);
        }
        logarithms += LogRatio.of(n, data, at, y[i], negative[i], vector);
    }
}
