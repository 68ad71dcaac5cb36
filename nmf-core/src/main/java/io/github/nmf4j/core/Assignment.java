package io.github.nmf4j.core;

import io.github.nmf4j.api.InvalidInputException;
import java.util.Arrays;

/**
 * The one-to-one assignment of rows to columns whose costs have the least sum.
 *
 * <p>Shortest augmenting paths with dual prices, O(n³): Jonker &amp; Volgenant (1987), Computing 38, 325–340.
 */
public final class Assignment {
    private static final int NONE = -1;

    private final double[][] cost;
    private final int rows;
    private final int columns;
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf;

    private Assignment(double[][] cost) {
        this.cost = cost;
        this.rows = cost.length;
        this.columns = rows == 0 ? 0 : cost[0].length;
        this.rowPrice = new double[rows];
        this.columnPrice = new double[columns];
        this.rowOf = new int[columns];
        Arrays.fill(rowOf, NONE);
    }

    /**
     * {@return the column of each row}
     *
     * @param cost finite, at least as many columns as rows; only read
     * @throws InvalidInputException if the costs are not such a matrix
     */
    public static int[] minimizing(double[][] cost) {
        for (int i = 0; i < cost.length; i++) {
            if (cost[i].length != cost[0].length || cost[i].length < cost.length) {
                throw new InvalidInputException("costs must have at least as many columns as rows, " + cost.length
                        + ": row " + i + " has " + cost[i].length);
            }
            for (int j = 0; j < cost[i].length; j++) {
                if (!Double.isFinite(cost[i][j])) {
                    throw new InvalidInputException("costs must be finite: cost[" + i + ", " + j + "] = " + cost[i][j]);
                }
            }
        }
        Assignment assignment = new Assignment(cost);
        for (int i = 0; i < cost.length; i++) {
            assignment.add(i);
        }
        int[] columnOf = new int[cost.length];
        for (int j = 0; j < assignment.columns; j++) {
            if (assignment.rowOf[j] != NONE) {
                columnOf[assignment.rowOf[j]] = j;
            }
        }
        return columnOf;
    }

    /** Assigns one more row along the cheapest path of reassignments that ends in a free column. */
    private void add(int row) {
        double[] distance = new double[columns];
        int[] before = new int[columns];
        boolean[] done = new boolean[columns];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Arrays.fill(before, NONE);
        int at = NONE;
        int current = row;
        double reached = 0;
        do {
            int nearest = NONE;
            for (int j = 0; j < columns; j++) {
                if (!done[j]) {
                    double through = reached + cost[current][j] - rowPrice[current] - columnPrice[j];
                    if (through < distance[j]) {
                        distance[j] = through;
                        before[j] = at;
                    }
                    if (nearest == NONE || distance[j] < distance[nearest]) {
                        nearest = j;
                    }
                }
            }
            at = nearest;
            reached = distance[at];
            done[at] = true;
            current = rowOf[at];
        } while (current != NONE);
        rowPrice[row] += reached;
        for (int j = 0; j < columns; j++) {
            if (done[j] && j != at) {
                rowPrice[rowOf[j]] += reached - distance[j];
                columnPrice[j] -= reached - distance[j];
            }
        }
        while (at != NONE) {
            int previous = before[at];
            rowOf[at] = previous == NONE ? row : rowOf[previous];
            at = previous;
        }
    }
}
