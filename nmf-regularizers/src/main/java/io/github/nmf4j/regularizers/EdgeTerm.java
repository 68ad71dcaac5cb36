package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;

/**
 * Σ over components and edges of weight·ρ(hᵢ − hⱼ), at a point.
 *
 * <p>An edge is bounded by ½ω(hᵢ − hⱼ)² with ω = weight·ρ′(t̄)/t̄, and that by ω(hᵢ − m)² + ω(hⱼ − m)² around the current mean
 * m of its ends (De Pierro's step, which is L ⪯ 2D for a Laplacian). Where j holds still the edge needs no second bound: it
 * is ½ω(hᵢ − h̄ⱼ)² itself. Edge weights are computed as they are met; nothing of the size of the factor is stored.
 *
 * @param graph the edges
 * @param potential ρ
 * @param now the current factor
 */
record EdgeTerm(Graph graph, Potential potential, FactorView now) implements Regularizer.Term {
    /** Half of every edge that meets a vector of the block. */
    @Override
    public void value(Surrogate block, double[] shares) {
        int[] near = new int[graph.mostNeighbours()];
        for (int j = 0; j < block.count(); j++) {
            int i = block.vector(j);
            int n = graph.neighbours(i, near);
            for (int c = 0; c < block.rank(); c++) {
                double h = block.at(c)[j];
                double sum = 0.0;
                for (int e = 0; e < n; e++) {
                    sum += graph.weight(i, e) * potential.value(h - now.get(c, near[e]));
                }
                shares[c] += 0.5 * sum;
            }
        }
    }

    @Override
    public void majorize(Surrogate block) {
        add(block, 2);
    }

    @Override
    public void majorizeAlone(Surrogate block) {
        add(block, 1);
    }

    /** Adds the gradient to l and nothing to q: the tangent at the point. */
    void addTangent(Surrogate block) {
        add(block, 0);
    }

    /** Adds bend·D of curvature and the line that makes the slope at the point the gradient. */
    private void add(Surrogate block, int bend) {
        int rank = block.rank();
        double[][] linear = new double[rank][];
        double[][] quadratic = new double[rank][];
        for (int c = 0; c < rank; c++) {
            linear[c] = block.linear(c);
            quadratic[c] = bend == 0 ? null : block.quadratic(c);
        }
        int[] near = new int[graph.mostNeighbours()];
        for (int j = 0;
                j < block.count();
                j++) { // vectors outside: a vector's neighbours are found once for all components
            int i = block.vector(j);
            int n = graph.neighbours(i, near);
            for (int c = 0; c < rank; c++) {
                double h = block.at(c)[j];
                double degree = 0.0;
                double pull = 0.0;
                for (int e = 0; e < n; e++) {
                    double other = now.get(c, near[e]);
                    double w = graph.weight(i, e) * potential.curvature(h - other);
                    degree += w;
                    pull += w * ((bend - 1) * h + other);
                }
                linear[c][j] -= pull;
                if (bend > 0) {
                    quadratic[c][j] += bend * degree;
                }
            }
        }
    }

    /**
     * {@return ½·d·L·dᵀ summed over components, of the change d between two points}
     *
     * @param graph the edges
     * @param before one point
     * @param now the other
     */
    static double halfSquareOfChange(Graph graph, FactorView before, FactorView now) {
        int[] near = new int[graph.mostNeighbours()];
        double sum = 0.0;
        for (int i = 0; i < now.vectors(); i++) {
            int n = graph.neighbours(i, near);
            for (int c = 0; c < now.rank(); c++) {
                double change = now.get(c, i) - before.get(c, i);
                for (int e = 0; e < n; e++) {
                    double other = now.get(c, near[e]) - before.get(c, near[e]);
                    sum += 0.5 * graph.weight(i, e) * Potential.HALF_SQUARE.value(change - other);
                }
            }
        }
        return sum;
    }
}
