package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Coordinate steps, where a backend has its own, are those of a double loop. */
abstract class StepsLaws extends DecompositionLaws {
    private static final int[] RANKS = {1, 2, 3, 4, 5, 6, 9, 16, 21};
    private static final int[] COUNTS = {1, 2, 7, 8, 15, 16, 31, 32, 33, 70, 300};

    /** A problem that a sweep is made on. */
    private final class Given {
        final int rank;
        final int first;
        final int count;
        final double floor;
        final double[] inverse;
        final Placed gram;
        final Placed products;
        final Placed values;

        Given(int number, int rank, int count) {
            this.rank = rank;
            this.count = count;
            first = number % 3 * 5;
            floor = new double[] {0.0, 1e-16, 0.25}[number % 3];
            Random random = new Random(number);
            double[][] f = normal(rank, rank + 3, random);
            double[][] a = new double[rank][rank];
            inverse = new double[rank];
            for (int c = 0; c < rank; c++) {
                for (int d = 0; d < rank; d++) {
                    for (int i = 0; i < f[c].length; i++) {
                        a[c][d] += f[c][i] * f[d][i];
                    }
                }
                inverse[c] = rank > 1 && c == number % rank ? 0 : 1 / a[c][c];
            }
            int vectors = first + count + number % 4;
            double[][] h = normal(rank, vectors, random);
            for (double[] row : h) {
                for (int j = 0; j < vectors; j++) {
                    row[j] = Math.max(floor, row[j]);
                }
            }
            gram = new Placed(a, new int[] {rank, rank}, Layout.of(number), MARK);
            products =
                    new Placed(normal(rank, vectors, random), new int[] {rank, vectors}, Layout.of(number + 1), MARK);
            values = new Placed(h, new int[] {rank, vectors}, Layout.of(number + 2), MARK);
        }

        double sweep(CoordinateSteps steps, CoordinateSteps.Workspace workspace) {
            return steps.sweep(gram.view, inverse, products.view, values.view, first, count, floor, workspace);
        }

        /** Moves a copy by a double loop; returns the squared distance. */
        double twin(DenseMatrix h) {
            double moved = 0;
            for (int j = first; j < first + count; j++) {
                for (int c = 0; c < rank; c++) {
                    double slope = -products.view.get(c, j);
                    for (int d = 0; d < rank; d++) {
                        slope += gram.view.get(c, d) * h.get(d, j);
                    }
                    double next = Math.max(floor, h.get(c, j) - slope * inverse[c]);
                    moved += (next - h.get(c, j)) * (next - h.get(c, j));
                    h.set(c, j, next);
                }
            }
            return moved;
        }
    }

    @Test
    protected final void coordinateStepsEqualTheDoubleLoop() {
        int number = 0;
        for (int rank : RANKS) {
            CoordinateSteps steps = backend().coordinateSteps(rank).orElse(null);
            if (steps == null) {
                continue;
            }
            CoordinateSteps.Workspace workspace =
                    steps.workspace(); // of all sweeps: what one leaves there is none of the next's business
            for (int count : COUNTS) {
                Given given = new Given(number++, rank, count);
                DenseMatrix expected = given.values.view.copy();
                double distance = given.twin(expected);
                double found = given.sweep(steps, workspace);
                String label = "a sweep over " + count + " vectors of " + rank + " components";
                double largest = 1;
                for (int c = 0; c < rank; c++) {
                    for (int j = 0; j < expected.columns(); j++) {
                        largest = Math.max(largest, Math.abs(expected.get(c, j)));
                    }
                }
                double tolerance = 1000 * rank * EPS * largest;
                for (int c = 0; c < rank; c++) {
                    for (int j = 0; j < expected.columns(); j++) {
                        boolean inside = j >= given.first && j < given.first + count;
                        double allowed = inside ? tolerance : 0;
                        assertNear(expected.get(c, j), given.values.view.get(c, j), allowed, label, c, j);
                    }
                }
                assertNear(distance, found, 1e-9 * (distance + EPS), label + ": squared distance", 0, 0);
                given.gram.assertUntouched("the Gram matrix of " + label);
                given.products.assertUntouched("the products of " + label);
                given.values.assertSurroundingsUntouched(label);
            }
        }
    }

    @Test
    protected final void aSweepThatMeetsNotANumberSaysSoAndSparesOtherVectors() {
        for (int rank : RANKS) {
            CoordinateSteps steps = backend().coordinateSteps(rank).orElse(null);
            if (steps == null) {
                continue;
            }
            for (int spoiled : new int[] {0, 17, 39}) {
                for (int c : new int[] {0, rank - 1}) {
                    Given given = new Given(0, rank, 40);
                    given.products.view.set(c, spoiled, Double.NaN);
                    given.inverse[c] = 1;
                    double found = given.sweep(steps, steps.workspace());
                    String label =
                            "a sweep of " + rank + " components with NaN in component " + c + " of vector " + spoiled;
                    assertFalse(found < Double.POSITIVE_INFINITY, label + " returned " + found);
                    for (int j = 0; j < 40; j++) {
                        for (int d = 0; d < rank; d++) {
                            boolean finite = given.values.view.get(d, j) < Double.POSITIVE_INFINITY;
                            assertFalse(j == spoiled && d == c && finite, label + " hides it");
                            assertFalse(j != spoiled && !finite, label + " spoils vector " + j);
                        }
                    }
                }
            }
        }
    }
}
