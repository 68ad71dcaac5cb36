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
    /** The edges to the right of and below each vector of the block: every edge once. */
    @Override
    public void value(Surrogate block, double[] shares) {
        int width = grid.shape().width();
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double sum = 0.0;
            int n;
            for (int j = 0; j < block.count(); j += n) {
                int i = block.vector(j);
                int right = width - 1 - i % width;
                n = block.consecutive() ? Math.min(right + 1, block.count() - j) : 1;
                sum += squares(h, j, c, i + 1, Math.min(n, right));
                if (i < now.vectors() - width) {
                    sum += squares(h, j, c, i + width, n);
                }
            }
            shares[c] += 0.5 * sum;
        }
    }

    /** Σ (h_j − h_i)² over n pairs, in four sums that do not wait for each other. */
    private double squares(double[] h, int at, int c, int i, int n) {
        double s0 = 0.0;
        double s1 = 0.0;
        double s2 = 0.0;
        double s3 = 0.0;
        int p = 0;
        for (; p + 4 <= n; p += 4) {
            double t0 = h[at + p] - now.get(c, i + p);
            double t1 = h[at + p + 1] - now.get(c, i + p + 1);
            double t2 = h[at + p + 2] - now.get(c, i + p + 2);
            double t3 = h[at + p + 3] - now.get(c, i + p + 3);
            s0 += t0 * t0;
            s1 += t1 * t1;
            s2 += t2 * t2;
            s3 += t3 * t3;
        }
        for (; p < n; p++) {
            double t = h[at + p] - now.get(c, i + p);
            s0 += t * t;
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void majorize(Surrogate block) {
        add(block, 2);
    }

    @Override
    public void majorizeAlone(Surrogate block) {
        add(block, 1);
    }

    /** Row by row of the image; between its ends a row has the same neighbours missing everywhere, or none. */
    private void add(Surrogate block, int bend) {
        int width = grid.shape().width();
        int[] neighbours = new int[4];
        for (int c = 0; c < block.rank(); c++) {
            double[] h = block.at(c);
            double[] l = block.linear(c);
            double[] q = block.quadratic(c);
            int j = 0;
            while (j < block.count()) {
                int i = block.vector(j);
                int column = i % width;
                if (column > 0 && column < width - 1) {
                    j = addBetween(block, c, j, i - column + width - 1, bend);
                    continue;
                }
                int degree = grid.neighbours(i, neighbours);
                double sum = 0.0;
                for (int e = 0; e < degree; e++) {
                    sum += now.get(c, neighbours[e]);
                }
                l[j] -= sum + (bend - 1) * degree * h[j];
                q[j] += bend * degree;
                j++;
            }
        }
    }

    /** {@return the first position behind those before the vector that ends the row} */
    private int addBetween(Surrogate block, int c, int first, int last, int bend) {
        int width = grid.shape().width();
        double[] h = block.at(c);
        double[] l = block.linear(c);
        double[] q = block.quadratic(c);
        boolean above = last >= width;
        boolean below = last < now.vectors() - 1;
        int degree = 2 + (above ? 1 : 0) + (below ? 1 : 0);
        int j = first;
        for (; j < block.count(); j++) {
            int i = block.vector(j);
            if (i >= last) {
                break;
            }
            double sum = above ? now.get(c, i - width) : 0.0;
            sum += now.get(c, i - 1);
            sum += now.get(c, i + 1);
            sum += below ? now.get(c, i + width) : 0.0;
            l[j] -= sum + (bend - 1) * degree * h[j];
            q[j] += bend * degree;
        }
        return j;
    }
}
