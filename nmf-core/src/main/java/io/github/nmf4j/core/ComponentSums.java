package io.github.nmf4j.core;

import io.github.nmf4j.api.Surrogate;

/** Sums over the components of each vector: blocks are independent, loops run over the vectors of one. */
record ComponentSums(double sum) {
    private static final double ROUNDING = Multipliers.ROUNDING;

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

    /** Makes a sum exact to rounding: what is missing goes to the free entries in proportion, or to a vertex. */
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
        if (free > 0 && Math.abs(missing) <= Multipliers.CLOSE * sum) {
            double factor = (sum - held) / free;
            for (int c = 0; c < block.rank(); c++) {
                double h = into[c][j];
                if (h > block.lower(c, j) && h < block.upper(c, j)) {
                    into[c][j] = Math.min(Math.max(h * factor, block.lower(c, j)), block.upper(c, j));
                }
            }
            return;
        }
        fill(block, into, j, missing);
    }

    /** Gives what is missing to the entries that gain most by it, up to their bounds: the flattest first. */
    private void fill(Surrogate block, double[][] into, int j, double missing) {
        boolean[] used = new boolean[block.rank()];
        double left = missing;
        while (Math.abs(left) > ROUNDING * sum) {
            int best = -1;
            for (int c = 0; c < used.length; c++) {
                double room = left > 0 ? block.upper(c, j) - into[c][j] : into[c][j] - block.lower(c, j);
                if (!used[c] && room > 0 && (best < 0 || leads(block, into, c, best, j))) {
                    best = c;
                }
            }
            if (best < 0) {
                return;
            }
            used[best] = true;
            double moved = Math.min(Math.max(into[best][j] + left, block.lower(best, j)), block.upper(best, j));
            left -= moved - into[best][j];
            into[best][j] = moved;
        }
    }

    private static boolean leads(Surrogate block, double[][] into, int c, int best, int j) {
        double difference = block.curvature(c, j, into[c][j]) - block.curvature(best, j, into[best][j]);
        return difference < 0 || difference == 0 && block.linear(c, j) < block.linear(best, j);
    }

    /** Scales what lies above the lower bounds, again where upper bounds cut something off. */
    void repair(Surrogate block, double[][] h) {
        for (int j = 0; j < block.count(); j++) {
            if (holds(block, h, j)) {
                continue;
            }
            double factor = 0;
            for (int round = 0; round <= block.rank(); round++) {
                double room = sum;
                double excess = 0;
                for (int c = 0; c < block.rank(); c++) {
                    double lo = block.lower(c, j);
                    double above = Math.max(0.0, h[c][j] - lo);
                    boolean capped = factor > 0 && lo + above * factor >= block.upper(c, j);
                    room -= capped ? block.upper(c, j) : lo;
                    excess += capped ? 0.0 : above;
                }
                double next = excess > 0 ? Math.max(0.0, room) / excess : factor;
                if (next <= factor) {
                    break;
                }
                factor = next;
            }
            double total = 0;
            for (int c = 0; c < block.rank(); c++) {
                double lo = block.lower(c, j);
                h[c][j] = Math.min(lo + Math.max(0.0, h[c][j] - lo) * factor, block.upper(c, j));
                total += h[c][j];
            }
            spread(block, h, j, sum - total);
        }
    }

    private boolean holds(Surrogate block, double[][] h, int j) {
        double total = 0;
        boolean within = true;
        for (int c = 0; c < block.rank(); c++) {
            total += h[c][j];
            within &= h[c][j] >= block.lower(c, j) && h[c][j] <= block.upper(c, j);
        }
        return within && Math.abs(total - sum) <= Multipliers.DONE * sum;
    }

    /** Gives what is missing to all entries alike, as far as their bounds let them. */
    private void spread(Surrogate block, double[][] h, int j, double missing) {
        double left = missing;
        for (int round = 0; round <= block.rank() && Math.abs(left) > ROUNDING * sum; round++) {
            int open = 0;
            for (int c = 0; c < block.rank(); c++) {
                open += left > 0 ? (h[c][j] < block.upper(c, j) ? 1 : 0) : (h[c][j] > block.lower(c, j) ? 1 : 0);
            }
            double share = open == 0 ? 0.0 : left / open;
            for (int c = 0; c < block.rank(); c++) {
                double moved = Math.min(Math.max(h[c][j] + share, block.lower(c, j)), block.upper(c, j));
                left -= moved - h[c][j];
                h[c][j] = moved;
            }
        }
    }
}
