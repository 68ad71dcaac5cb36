package io.github.nmf4j.core;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Loss.Positive;

/**
 * Σ F·P of one side where a pass has added only what weights other than 1 change.
 *
 * <p>Σ w·F·P = Σ F·P + Σ (w − 1)·F·P: all terms of the first sum are ≥ 0 and it has a closed form. Where the second takes away
 * more than half of it in any component, digits are lost, and the vector's sum is made anew over all its entries: the result is
 * ≥ 0 and right to rounding, at O(fixed vectors · rank) for such a vector.
 */
final class Unvisited {
    private static final double LARGE_SHARE = 0.5;

    private final Entries.Side entries;
    private final Positive promised;
    private final DenseMatrix all;
    private final Workers.Loop loop = new Workers.Loop();

    /**
     * @param entries of the side, by moving vector
     * @param promised of P: one, or the model
     * @param rank components
     */
    Unvisited(Entries.Side entries, Positive promised, int rank) {
        this.entries = entries;
        this.promised = promised;
        this.all = DenseMatrix.zeros(rank, entries.x().rows());
    }

    /** {@return room for Σ F·P over all entries, rank × moving vectors} */
    DenseMatrix all() {
        return all;
    }

    Workers.Loop loop() {
        return loop;
    }

    /** Adds {@link #all} to the statistic of some moving vectors. */
    void add(int first, int count, DenseMatrix fixed, DenseMatrix current, DenseMatrix positive) {
        for (int j = first; j < first + count; j++) {
            boolean cancels = false;
            for (int c = 0; c < all.rows(); c++) {
                double everything = all.get(c, j);
                double sum = everything + positive.get(c, j);
                cancels |= sum < LARGE_SHARE * everything;
                positive.set(c, j, sum);
            }
            if (cancels) {
                sumAnew(j, fixed, current, positive);
            }
        }
    }

    private void sumAnew(int j, DenseMatrix fixed, DenseMatrix current, DenseMatrix positive) {
        for (int c = 0; c < all.rows(); c++) {
            positive.set(c, j, 0.0);
        }
        int at = entries.x().start()[j];
        int end = entries.x().start()[j + 1];
        for (int i = 0; i < fixed.columns(); i++) {
            double weight = 1;
            if (at < end && entries.x().index()[at] == i) {
                weight = entries.weights()[at++];
            }
            double p = weight * (promised == Positive.ONE ? 1.0 : model(i, j, fixed, current));
            for (int c = 0; c < all.rows(); c++) {
                positive.set(c, j, positive.get(c, j) + p * fixed.get(c, i));
            }
        }
    }

    private static double model(int i, int j, DenseMatrix fixed, DenseMatrix current) {
        double y = 0;
        for (int c = 0; c < fixed.rows(); c++) {
            y += fixed.get(c, i) * current.get(c, j);
        }
        return y;
    }
}
