package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.Arrays;
import java.util.BitSet;

/** A graph given by its weights, a symmetric non-negative matrix. Loops cancel in D − A and are left out, like zeros. */
final class AdjacencyGraph implements Graph {
    private final SparseMatrix given;
    private final int[] start;
    private final int[] neighbour;
    private final double[] weight;
    private final int mostNeighbours;
    private final double largestDegree;

    /**
     * Checks and copies a matrix of weights.
     *
     * @param owner the penalty, for messages
     * @param weights A, vectors × vectors
     */
    AdjacencyGraph(String owner, Matrix weights) {
        if (weights.rows() != weights.columns() || weights.rows() == 0) {
            throw new InvalidInputException(
                    owner + ": graph must be square: " + weights.rows() + " x " + weights.columns());
        }
        given = SparseMatrix.of(weights);
        int n = given.rows();
        int stored = given.start()[n];
        start = new int[n + 1];
        int[] ends = new int[stored];
        double[] values = new double[stored];
        int to = 0;
        int most = 0;
        double largest = 0.0;
        for (int i = 0; i < n; i++) {
            double degree = 0.0;
            for (int at = given.start()[i]; at < given.start()[i + 1]; at++) {
                int j = given.index()[at];
                double w = given.values()[at];
                if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
                    throw new InvalidInputException(
                            owner + ": graph must be finite and non-negative: graph[" + i + ", " + j + "] = " + w);
                }
                double back = given.get(j, i);
                if (w != back) {
                    throw new InvalidInputException(owner + ": graph must be symmetric: graph[" + i + ", " + j + "] = "
                            + w + " but graph[" + j + ", " + i + "] = " + back);
                }
                if (w > 0 && i != j) {
                    ends[to] = j;
                    values[to++] = w;
                    degree += w;
                }
            }
            start[i + 1] = to;
            most = Math.max(most, to - start[i]);
            largest = Math.max(largest, degree);
        }
        mostNeighbours = most;
        largestDegree = largest;
        neighbour = Arrays.copyOf(ends, to);
        weight = Arrays.copyOf(values, to);
    }

    /** {@return the matrix it was made from} */
    Matrix given() {
        return given;
    }

    @Override
    public long vectors() {
        return start.length - 1;
    }

    @Override
    public void check(String owner, int vectors) {
        if (vectors() != vectors) {
            throw new InvalidInputException(
                    owner + ": graph must have a row and a column for each vector of the factor, " + vectors + ": "
                            + given.rows() + " x " + given.columns());
        }
    }

    @Override
    public int mostNeighbours() {
        return mostNeighbours;
    }

    @Override
    public int neighbours(int i, int[] into) {
        int n = start[i + 1] - start[i];
        System.arraycopy(neighbour, start[i], into, 0, n);
        return n;
    }

    @Override
    public double weight(int i, int e) {
        return weight[start[i] + e];
    }

    @Override
    public double largestDegree() {
        return largestDegree;
    }

    /** Greedy: the least colour that no earlier neighbour has, so at most one more than a vector has neighbours. */
    @Override
    public int[] colours() {
        int[] colours = new int[start.length - 1];
        BitSet taken = new BitSet();
        for (int i = 0; i < colours.length; i++) {
            taken.clear();
            for (int e = start[i]; e < start[i + 1] && neighbour[e] < i; e++) {
                taken.set(colours[neighbour[e]]);
            }
            colours[i] = taken.nextClearBit(0);
        }
        return colours;
    }

    /** Equal edges of equal weight. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AdjacencyGraph that
                && Arrays.equals(start, that.start)
                && Arrays.equals(neighbour, that.neighbour)
                && Arrays.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(neighbour) + Arrays.hashCode(weight);
    }
}
