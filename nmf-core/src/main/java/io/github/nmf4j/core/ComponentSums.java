package io.github.nmf4j.core;

import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sums over the components of each vector: blocks are independent, loops run over the vectors of one. */
record ComponentSums(double sum) {
    void minimize(Surrogate block, double[][] into) {
        int n = block.count();
        Multipliers multipliers = new Multipliers(
                n, sum, block.scratch(0), block.scratch(1), block.scratch(2), block.scratch(3), block.scratch(4));
        block.rebase(sum, multipliers.high());
        double[] curvature = block.scratch(5);
        boolean open = true;
        if (block.convexSums()) {
            block.start(sum, multipliers.high(), multipliers.values());
            do {
                minimizers(block, multipliers, into, curvature);
            } while (multipliers.approach(curvature));
            open = multipliers.restart();
        }
        if (open) {
            do {
                minimizers(block, multipliers, into, curvature);
            } while (multipliers.advance());
            if (multipliers.finish()) {
                minimizers(block, multipliers, into, curvature);
            }
        }
        if (block.convexSums()) {
            scale(block, multipliers.total(), into);
        } else {
            for (int j = 0; j < n; j++) {
                if (multipliers.total()[j] != sum) {
                    settle(block, into, j);
                }
            }
        }
    }

    /**
     * {@link #settle} where the floor is the only bound, but for vectors that lack more than rounding: what lies above the
     * floor is scaled.
     */
    private void scale(Surrogate block, double[] total, double[][] into) {
        int n = block.count();
        double floor = block.floor();
        double[] grow = block.scratch(0);
        shares(n, total, block.rank() * floor, grow);
        for (int c = 0; c < block.rank(); c++) {
            grow(n, floor, grow, into[c]);
        }
        for (int j = 0; j < n; j++) {
            if (!(Math.abs(sum - total[j]) <= Multipliers.CLOSE * sum)) {
                settle(block, into, j);
            }
        }
    }

    /** What is missing by what lies above the floor, where it is no more than rounding; without branches, to vectorise. */
    private void shares(int n, double[] total, double floors, double[] into) {
        double close = Multipliers.CLOSE * sum;
        for (int j = 0; j < n; j++) {
            double missing = sum - total[j];
            double far = Math.min(Math.max(Math.abs(missing) - close, 0.0) * Multipliers.AWAY, 1.0);
            into[j] = (1.0 - far) * missing / Math.max(total[j] - floors, Multipliers.TINY);
        }
    }

    private static void grow(int n, double floor, double[] by, double[] h) {
        for (int j = 0; j < n; j++) {
            h[j] += by[j] * (h[j] - floor);
        }
    }

    private static void minimizers(Surrogate block, Multipliers at, double[][] into, double[] curvature) {
        block.minimizers(at.values(), into, at.total(), at.slope(), curvature);
    }

    /** Makes a sum exact to rounding: free entries are scaled where no more is missing, otherwise it is filled. */
    private void settle(Surrogate block, double[][] into, int j) {
        double free = 0;
        double held = 0;
        for (int c = 0; c < block.rank(); c++) {
            double h = into[c][j];
            if (h > block.lower(c, j) && h < block.upper(c, j)) {
                free += h;
            } else {
                held += h;
            }
        }
        double missing = sum - held - free;
        if (free > 0 && missing <= Multipliers.CLOSE * sum) {
            double factor = (sum - held) / free;
            for (int c = 0; c < block.rank(); c++) {
                double h = into[c][j];
                if (h > block.lower(c, j) && h < block.upper(c, j)) {
                    into[c][j] = Math.min(Math.max(h * factor, block.lower(c, j)), block.upper(c, j));
                }
            }
            return;
        }
        if (missing > Multipliers.ROUNDING * sum) {
            fill(block, into, j, missing);
        }
    }

    private static void fill(Surrogate block, double[][] into, int j, double missing) {
        List<Filling.Room> rooms = new ArrayList<>();
        for (int c = 0; c < block.rank(); c++) {
            rooms.add(Filling.Room.of(block, c, j, into[c][j]));
        }
        Filling filling = new Filling(new ArrayList<>(rooms), missing);
        for (int c = 0; c < block.rank(); c++) {
            into[c][j] = Math.min(into[c][j] + filling.share(rooms.get(c)), block.upper(c, j));
        }
    }

    /** {@link Repair}, a vector at a time. */
    void repair(Surrogate block, double[][] h) {
        Repair repair = new Repair(sum);
        double[] parts = new double[Repair.PARTS];
        for (int j = 0; j < block.count(); j++) {
            double total = 0;
            for (int c = 0; c < block.rank(); c++) {
                total += Repair.within(h[c][j], block.lower(c, j), block.upper(c, j));
            }
            repair.begin(total);
            for (boolean moves = !repair.stays(); moves; moves = repair.advance(parts)) {
                Arrays.fill(parts, 0.0);
                for (int c = 0; c < block.rank(); c++) {
                    repair.measure(h[c][j], block.lower(c, j), block.upper(c, j), parts);
                }
            }
            for (int c = 0; c < block.rank(); c++) {
                h[c][j] = repair.of(h[c][j], block.lower(c, j), block.upper(c, j));
            }
        }
    }
}
