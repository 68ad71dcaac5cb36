package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;

/**
 * The surrogate's minimizer where the loss acts alone, p·r^b = n·r^−a with a + b = 1: h ← max(floor, h·n/p), the multiplicative
 * update. The general road would set up and clear planes of coefficients for it, and look at each entry for what cannot happen
 * where every ratio is finite; that takes four times as long.
 */
final class RatioUpdate {
    private final Statistics statistics;
    private final double floor;

    /**
     * @param statistics n and p
     * @param floor lower bound of every entry
     */
    RatioUpdate(Statistics statistics, double floor) {
        this.statistics = statistics;
        this.floor = floor;
    }

    /**
     * Updates consecutive vectors, a component after the other: factors and statistics seldom wait in a near cache after a pass
     * over X, and are read fastest front to back.
     *
     * @param at the point of the statistics
     * @param first the first vector
     * @param count how many
     * @param row a buffer: spans are copied, for loops over arrays that may overlap are not vectorised
     * @param statistic another, as long
     * @param into receives the vectors; shares no entry with {@code at}
     * @return whether all are finite; if not, what was written is of no use
     */
    boolean update(DenseMatrix at, int first, int count, double[] row, double[] statistic, DenseMatrix into) {
        for (int c = 0; c < at.rows(); c++) {
            for (int from = first; from < first + count; from += row.length) {
                int n = Math.min(row.length, first + count - from);
                copy(statistics.negative(), c, from, n, row);
                if (statistics.uniform()) {
                    copy(at, c, from, n, statistic);
                    multiply(n, row, statistic, statistics.everywhere()[c]);
                } else {
                    copy(statistics.positive(), c, from, n, statistic);
                    divide(n, row, statistic); // first: h·n of small data may be less than a number can be
                    copy(at, c, from, n, statistic);
                    multiply(n, row, statistic);
                }
                raise(n, row, floor);
                if (!(CoordinateDescent.sum(n, row) < Double.POSITIVE_INFINITY)) {
                    return false;
                }
                System.arraycopy(row, 0, into.data(), into.offset() + c * into.stride() + from, n);
            }
        }
        return true;
    }

    private static void copy(DenseMatrix from, int c, int first, int n, double[] into) {
        System.arraycopy(from.data(), from.offset() + c * from.stride() + first, into, 0, n);
    }

    private static void multiply(int n, double[] row, double[] h, double positive) {
        for (int j = 0; j < n; j++) {
            row[j] = row[j] * h[j] / positive;
        }
    }

    private static void multiply(int n, double[] row, double[] h) {
        for (int j = 0; j < n; j++) {
            row[j] *= h[j];
        }
    }

    private static void divide(int n, double[] row, double[] positive) {
        for (int j = 0; j < n; j++) {
            row[j] /= positive[j];
        }
    }

    private static void raise(int n, double[] h, double floor) {
        for (int j = 0; j < n; j++) {
            h[j] = Math.max(h[j], floor);
        }
    }
}
