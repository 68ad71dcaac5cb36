package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/**
 * {@link EdgeTerm} of {@link Potential#HALF_SQUARE} over a {@link Grid}, component by component and without lists of
 * neighbours: all weights are 1, so what is left is a sum of four numbers.
 *
 * @param grid the image
 * @param now the current factor
 */
record GridTerm(Grid grid, FactorView now) implements Regularizer.Term {
    /** The edges to the right of and below each vector of the block: every edge once, in two sums that do not wait. */
    @Override
    public void value(Surrogate block, double[] shares) {
        int width = grid.shape().width();
        int last = now.vectors() - width;
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double across = 0.0;
            double down = 0.0;
            int column = block.vector(0) % width;
            int before = block.vector(0);
            for (int j = 0; j < block.count(); j++) {
                int i = block.vector(j);
                column = wrapped(column + i - before, width);
                before = i;
                if (column < width - 1) {
                    double t = h[j] - now.get(c, i + 1);
                    across += t * t;
                }
                if (i < last) {
                    double t = h[j] - now.get(c, i + width);
                    down += t * t;
                }
            }
            shares[c] += 0.5 * (across + down);
        }
    }

    /** A column of the next rows, seldom more than one. */
    private static int wrapped(int column, int width) {
        int wrapped = column;
        while (wrapped >= width) {
            wrapped -= width;
        }
        return wrapped;
    }

    @Override
    public void majorize(Surrogate block) {
        add(block, 2);
    }

    @Override
    public void majorizeAlone(Surrogate block) {
        add(block, 1);
    }

    private void add(Surrogate block, int bend) {
        int width = grid.shape().width();
        int last = now.vectors() - width;
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double[] l = block.linear(c);
            double[] q = block.quadratic(c);
            int column = block.vector(0) % width;
            int before = block.vector(0);
            for (int j = 0; j < block.count(); j++) {
                int i = block.vector(j);
                column = wrapped(column + i - before, width);
                before = i;
                int degree = 0;
                double sum = 0.0;
                if (i >= width) {
                    sum += now.get(c, i - width);
                    degree++;
                }
                if (column > 0) {
                    sum += now.get(c, i - 1);
                    degree++;
                }
                if (column < width - 1) {
                    sum += now.get(c, i + 1);
                    degree++;
                }
                if (i < last) {
                    sum += now.get(c, i + width);
                    degree++;
                }
                l[j] -= sum + (bend - 1) * degree * h[j];
                q[j] += bend * degree;
            }
        }
    }
}
