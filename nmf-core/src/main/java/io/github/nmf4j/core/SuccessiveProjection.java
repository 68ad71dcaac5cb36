package io.github.nmf4j.core;

import com.google.auto.service.AutoService;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;

/**
 * Columns of W are those columns of X, at unit sum, that lie farthest from the span of the ones before; H is fitted to them.
 *
 * <p>Gillis &amp; Vavasis (2014), IEEE TPAMI 36(4), 698–714, algorithm 1. Finds the components where each has a column of X for
 * itself (separable data) and the noise is low; a column with few counts is an outlier that it prefers. Rank + 1 passes over
 * X.
 */
@AutoService(Start.class)
public record SuccessiveProjection() implements Start {
    /** Of the first distance: what is left is rounding. */
    private static final double SPANNED = 1e-12;

    @Override
    public String name() {
        return "spa";
    }

    @Override
    public String summary() {
        return "the most extreme columns of x, then a fit of h; for components that have pure columns, and little noise";
    }

    @Override
    public boolean fitsH() {
        return true;
    }

    @Override
    public boolean varies() {
        return false;
    }

    @Override
    public void write(StartData data, DenseMatrix w, DenseMatrix h) {
        double[] sums = data.columnSums();
        double[] distance = data.columnSquares();
        for (int j = 0; j < sums.length; j++) {
            sums[j] = sums[j] * sums[j] > Double.MIN_NORMAL ? sums[j] : 0.0; // empty, or so small that squares vanish
            distance[j] = sums[j] > 0 ? distance[j] / (sums[j] * sums[j]) : 0.0;
        }
        DenseMatrix basis = DenseMatrix.zeros(w.rows(), data.rows());
        double first = 0;
        for (int c = 0; c < w.rows(); c++) {
            int j = largest(distance);
            first = Math.max(first, distance[j]);
            if (!(distance[j] > SPANNED * first)) {
                break;
            }
            DenseMatrix column = column(data, j, sums[j]);
            w.slice(c, 0, 1, w.columns()).set(column);
            DenseMatrix direction = perpendicular(column, basis, c);
            basis.slice(c, 0, 1, basis.columns()).set(direction);
            DenseMatrix along = data.times(Factor.H, direction);
            for (int q = 0; q < distance.length; q++) {
                double part = sums[q] > 0 ? along.get(0, q) / sums[q] : 0.0;
                distance[q] = Math.max(0.0, distance[q] - part * part);
            }
            distance[j] = 0;
        }
        GuessedH.complete(data, w, h);
    }

    private static int largest(double[] values) {
        int at = 0;
        for (int j = 1; j < values.length; j++) {
            if (values[j] > values[at]) {
                at = j;
            }
        }
        return at;
    }

    /** {@return a column of X at unit sum, as a row} */
    private static DenseMatrix column(StartData data, int j, double sum) {
        DenseMatrix one = DenseMatrix.zeros(1, data.columns());
        one.set(0, j, 1 / sum);
        return data.times(Factor.W, one);
    }

    /** {@return the unit vector that a row leaves after projection on the first rows of a basis; twice, for orthogonality} */
    private static DenseMatrix perpendicular(DenseMatrix row, DenseMatrix basis, int count) {
        DenseMatrix rest = row.copy();
        for (int pass = 0; pass < 2; pass++) {
            for (int c = 0; c < count; c++) {
                double dot = 0;
                for (int i = 0; i < rest.columns(); i++) {
                    dot += rest.get(0, i) * basis.get(c, i);
                }
                for (int i = 0; i < rest.columns(); i++) {
                    rest.set(0, i, rest.get(0, i) - dot * basis.get(c, i));
                }
            }
        }
        double square = 0;
        for (int i = 0; i < rest.columns(); i++) {
            square += rest.get(0, i) * rest.get(0, i);
        }
        if (square > 0) {
            rest.scale(1 / Math.sqrt(square));
        }
        return rest;
    }
}
