package io.github.nmf4j.core;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over the vectors of each component: one multiplier a component, from sums over all blocks taken in order.
 */
record VectorSums(double sum) {
    private static final int REPAIR_ROUNDS = 100;
    private static final double ROUNDING = Multipliers.ROUNDING;

    /** Sums of the lower and of the upper bounds, a component each. */
    static double[][] bounds(Surrogate block) {
        double[][] ends = new double[2][block.rank()];
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                ends[0][c] += block.lower(c, j);
                ends[1][c] += block.upper(c, j);
            }
        }
        return ends;
    }

    static double[][] added(double[][] a, double[][] b) {
        for (int i = 0; i < a.length; i++) {
            for (int c = 0; c < a[i].length; c++) {
                a[i][c] += b[i][c];
            }
        }
        return a;
    }

    void minimize(Blocks all) {
        int rank = all.rank();
        Multipliers multipliers = new Multipliers(
                rank, sum, new double[rank], new double[rank], new double[rank], new double[rank], new double[rank]);
        rebase(all, multipliers.high());
        do {
            double[] shift = multipliers.values();
            double[][] sums = all.reduce(block -> sums(block, shift), VectorSums::added);
            System.arraycopy(sums[0], 0, multipliers.total(), 0, rank);
            System.arraycopy(sums[1], 0, multipliers.slope(), 0, rank);
        } while (multipliers.advance());
        multipliers.finish();
        settleComponents(all, multipliers.values(), all.reduce(VectorSums::bounds, VectorSums::added)[0]);
    }

    /** Sums of the minimizers and of their slopes, a component each. */
    private static double[][] sums(Surrogate block, double[] shift) {
        double[][] sums = new double[2][block.rank()];
        double[] h = block.scratch(0);
        double[] nu = block.scratch(1);
        double[] slope = block.scratch(2);
        for (int c = 0; c < block.rank(); c++) {
            Arrays.fill(nu, 0, block.count(), shift[c]);
            Arrays.fill(slope, 0, block.count(), 0.0);
            block.minimizer(c, nu, h, slope);
            for (int j = 0; j < block.count(); j++) {
                sums[0][c] += h[j];
                sums[1][c] += slope[j];
            }
        }
        return sums;
    }

    /** An entry at its greatest value: l, φ′ − l there, and what it then takes of the sum beyond its lower bound. */
    private record Entry(double linear, double bent, double takes) {
        boolean before(Entry other) {
            return (linear - other.linear) + (bent - other.bent) < 0;
        }
    }

    /** {@link Surrogate#rebase(double, double[])} for sums over vectors. */
    private void rebase(Blocks all, double[] width) {
        int rank = all.rank();
        double[][] bounds = all.reduce(VectorSums::bounds, VectorSums::added);
        double[] room = new double[rank];
        Arrays.setAll(room, c -> sum - bounds[0][c]);
        int[] free = all.reduce(VectorSums::freeEntries, (a, b) -> {
            Arrays.setAll(a, c -> a[c] + b[c]);
            return a;
        });
        Entry[] leaders = new Entry[rank];
        for (int c = 0; c < rank; c++) {
            int component = c;
            List<Entry> candidates =
                    all.reduce(block -> candidates(block, component, room[component]), VectorSums::joined);
            leaders[c] = leader(candidates, room[c]);
        }
        double[] least = all.reduce(
                block -> {
                    double[] low = new double[rank];
                    for (int c = 0; c < rank; c++) {
                        low[c] = leaders[c] == null ? 0.0 : rebase(block, c, leaders[c], room[c], free[c]);
                    }
                    return low;
                },
                (a, b) -> {
                    Arrays.setAll(a, c -> Math.min(a[c], b[c]));
                    return a;
                });
        Arrays.setAll(width, c -> Math.max(0.0, -least[c]));
    }

    /** Entries that may lead: all whose upper bound keeps them from taking what is left, and of the others the first. */
    private static List<Entry> candidates(Surrogate block, int c, double room) {
        List<Entry> capped = new ArrayList<>();
        Entry first = null;
        for (int j = 0; j < block.count() && room > 0; j++) {
            double lo = block.lower(c, j);
            double hi = block.upper(c, j);
            if (lo < hi) {
                double takes = Math.min(room, hi - lo);
                Entry own = new Entry(block.linear(c, j), block.bend(c, j, lo + takes), takes);
                if (takes < room) {
                    capped.add(own);
                } else if (first == null || own.before(first)) {
                    first = own;
                }
            }
        }
        if (first != null) {
            capped.add(first);
        }
        return capped;
    }

    private static List<Entry> joined(List<Entry> a, List<Entry> b) {
        a.addAll(b);
        return a;
    }

    /** The entry at which the sum is reached when entries are filled in the order of their slopes at their greatest values. */
    private static Entry leader(List<Entry> candidates, double room) {
        candidates.sort((a, b) -> a.before(b) ? -1 : b.before(a) ? 1 : 0);
        double left = room;
        Entry last = null;
        for (Entry entry : candidates) {
            last = entry;
            left -= entry.takes;
            if (left <= 0) {
                break;
            }
        }
        return last;
    }

    private static double rebase(Surrogate block, int c, Entry leader, double room, int free) {
        double least = 0;
        for (int j = 0; j < block.count(); j++) {
            double lo = block.lower(c, j);
            if (lo < block.upper(c, j)) {
                double l = block.rebase(c, j, leader.linear, leader.bent, room);
                least = Math.min(least, l + block.bend(c, j, lo + room / free));
            }
        }
        return least;
    }

    private static int[] freeEntries(Surrogate block) {
        int[] free = new int[block.rank()];
        for (int c = 0; c < free.length; c++) {
            for (int j = 0; j < block.count(); j++) {
                free[c] += block.lower(c, j) < block.upper(c, j) ? 1 : 0;
            }
        }
        return free;
    }

    /**
     * Writes the minimizers, with sums exact to rounding: free entries are scaled where only rounding is missing; otherwise the
     * flattest entries take what is left, straight ones by their slopes, up to their bounds. Where lower bounds alone make the
     * sum there is no multiplier, and they are what is written.
     *
     * @param least sums of the lower bounds
     */
    private void settleComponents(Blocks all, double[] shift, double[] least) {
        int rank = all.rank();
        double[][] parts = all.reduce(block -> parts(block, shift), VectorSums::added);
        double[] factor = new double[rank];
        Filling[] fillings = new Filling[rank];
        for (int c = 0; c < rank; c++) {
            double missing = sum - parts[0][c] - parts[1][c];
            boolean close = parts[0][c] > 0 && Math.abs(missing) <= Multipliers.CLOSE * sum;
            factor[c] = close ? (sum - parts[1][c]) / parts[0][c] : 1.0;
            fillings[c] = !close && missing > ROUNDING * sum ? filling(all, c, shift[c], missing) : null;
        }
        all.write((block, into) -> {
            for (int c = 0; c < rank; c++) {
                minimizers(block, c, shift[c], into[c]);
                for (int j = 0; j < block.count(); j++) {
                    double lo = block.lower(c, j);
                    double hi = block.upper(c, j);
                    double h = into[c][j];
                    double moved = h > lo && h < hi ? h * factor[c] : h;
                    if (fillings[c] != null && h < hi) {
                        moved = h + fillings[c].share(block.curvature(c, j, h), block.linear(c, j), hi - h);
                    }
                    into[c][j] = least[c] < sum ? Math.min(Math.max(moved, lo), hi) : lo;
                }
            }
        });
    }

    /** Who takes what is missing: entries before a last one take all they can, entries like it share the rest in order. */
    private static final class Filling {
        private final double curvature;
        private final double linear;
        private double rest;

        Filling(double curvature, double linear, double rest) {
            this.curvature = curvature;
            this.linear = linear;
            this.rest = rest;
        }

        double share(double curvatureHere, double linearHere, double room) {
            boolean level = curvatureHere == curvature;
            if (curvatureHere < curvature || level && linearHere < linear) {
                return room;
            }
            double taken = level && linearHere == linear ? Math.min(rest, room) : 0.0;
            rest -= taken;
            return taken;
        }
    }

    private static Filling filling(Blocks all, int c, double shift, double missing) {
        List<double[]> open = all.reduce(
                block -> {
                    List<double[]> found = new ArrayList<>();
                    double[] h = block.scratch(0);
                    minimizers(block, c, shift, h);
                    for (int j = 0; j < block.count(); j++) {
                        double room = block.upper(c, j) - h[j];
                        if (room > 0) {
                            found.add(new double[] {block.curvature(c, j, h[j]), block.linear(c, j), room});
                        }
                    }
                    return found;
                },
                (a, b) -> {
                    a.addAll(b);
                    return a;
                });
        open.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        double left = missing;
        for (int i = 0; i < open.size(); ) {
            double[] first = open.get(i);
            double room = 0;
            for (; i < open.size() && open.get(i)[0] == first[0] && open.get(i)[1] == first[1]; i++) {
                room += open.get(i)[2];
            }
            if (room >= left || i == open.size()) {
                return new Filling(first[0], first[1], Math.min(left, room));
            }
            left -= room;
        }
        return null;
    }

    private static void minimizers(Surrogate block, int c, double shift, double[] into) {
        double[] nu = block.scratch(1);
        Arrays.fill(nu, 0, block.count(), shift);
        block.minimizer(c, nu, into, null);
    }

    /** Sums over free entries and over entries at a bound. */
    private static double[][] parts(Surrogate block, double[] shift) {
        double[][] parts = new double[2][block.rank()];
        double[] h = block.scratch(0);
        for (int c = 0; c < block.rank(); c++) {
            minimizers(block, c, shift[c], h);
            for (int j = 0; j < block.count(); j++) {
                boolean free = h[j] > block.lower(c, j) && h[j] < block.upper(c, j);
                parts[free ? 0 : 1][c] += h[j];
            }
        }
        return parts;
    }

    void repair(Blocks all) {
        int rank = all.rank();
        double[] factor = new double[rank];
        double[] lift = new double[rank];
        double[][] start = all.reduce(block -> repairedParts(block, null, lift), VectorSums::added);
        Arrays.setAll(factor, c -> {
            double over = start[0][c] + start[1][c] - sum;
            boolean scales = start[0][c] > 0 && Math.abs(over) > Multipliers.DONE * sum;
            return scales ? Math.max(0.0, sum - start[1][c]) / start[0][c] : 1.0;
        });
        for (int round = 0; round < REPAIR_ROUNDS; round++) {
            double[][] parts = all.reduce(block -> repairedParts(block, factor, lift), VectorSums::added);
            boolean done = true;
            for (int c = 0; c < rank; c++) {
                double missing = sum - parts[0][c] - parts[1][c];
                if (Math.abs(missing) > Multipliers.DONE * sum) {
                    done = false;
                    if (parts[0][c] > 0) {
                        double grow = Math.max(0.0, parts[0][c] + missing) / parts[0][c];
                        factor[c] *= grow;
                        lift[c] *= grow;
                    } else if (parts[2][c] > 0) {
                        lift[c] += missing / parts[2][c];
                    }
                }
            }
            if (done) {
                break;
            }
        }
        all.write((block, h) -> {
            for (int c = 0; c < rank; c++) {
                for (int j = 0; j < block.count(); j++) {
                    h[c][j] = repaired(block, c, j, factor[c], lift[c]);
                }
            }
        });
    }

    /** The value to repair, scaled above its lower bound and lifted, within the bounds. */
    private static double repaired(Surrogate block, int c, int j, double factor, double lift) {
        double lo = block.lower(c, j);
        double h = Math.max(lo, block.at(c)[j]);
        double scaled = factor == 1 && lift == 0 ? h : lo + (h - lo) * factor + lift;
        return Math.min(scaled, block.upper(c, j));
    }

    /** What lies above lower bounds and may still grow; what is held; how many may grow; without factor, before any cap. */
    private static double[][] repairedParts(Surrogate block, double[] factor, double[] lift) {
        double[][] parts = new double[3][block.rank()];
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                double lo = block.lower(c, j);
                double h = factor == null ? Math.max(lo, block.at(c)[j]) : repaired(block, c, j, factor[c], lift[c]);
                boolean grows = lo < block.upper(c, j) && (factor == null || h < block.upper(c, j));
                parts[0][c] += grows ? h - lo : 0.0;
                parts[1][c] += grows ? lo : h;
                parts[2][c] += grows ? 1 : 0;
            }
        }
        return parts;
    }
}
