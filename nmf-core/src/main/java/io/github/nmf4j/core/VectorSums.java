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
        double[] ends = all.reduce(
                block -> {
                    double[] right = new double[rank];
                    for (int c = 0; c < rank; c++) {
                        right[c] = leaders[c] == null ? 0.0 : rebase(block, c, leaders[c], room[c], free[c]);
                    }
                    return right;
                },
                (a, b) -> {
                    Arrays.setAll(a, c -> Math.max(a[c], b[c]));
                    return a;
                });
        System.arraycopy(ends, 0, width, 0, rank);
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

    private static <T> List<T> joined(List<T> a, List<T> b) {
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

    /** {@return the least multiplier at which no entry is above its even share of the sum, 0 or more} */
    private static double rebase(Surrogate block, int c, Entry leader, double room, int free) {
        double right = 0;
        for (int j = 0; j < block.count(); j++) {
            double lo = block.lower(c, j);
            if (lo < block.upper(c, j)) {
                block.rebase(c, j, leader.linear, leader.bent, room);
                right = Math.max(right, block.multiplierAt(c, j, lo + room / free));
            }
        }
        return right;
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
            double rounding = parts[0][c] > 0 ? Multipliers.CLOSE : Multipliers.ROUNDING;
            factor[c] = (sum - parts[1][c]) / parts[0][c];
            fillings[c] = missing > rounding * sum ? filling(all, c, shift[c], missing) : null;
        }
        all.write((block, into) -> {
            for (int c = 0; c < rank; c++) {
                minimizers(block, c, shift[c], into[c]);
                for (int j = 0; j < block.count(); j++) {
                    double lo = block.lower(c, j);
                    double hi = block.upper(c, j);
                    double h = into[c][j];
                    double moved;
                    if (fillings[c] != null) {
                        moved = h + fillings[c].share(Filling.Room.of(block, c, j, h));
                    } else {
                        moved = h > lo && h < hi ? h * factor[c] : h;
                    }
                    into[c][j] = least[c] < sum ? Math.min(Math.max(moved, lo), hi) : lo;
                }
            }
        });
    }

    private static Filling filling(Blocks all, int c, double shift, double missing) {
        List<Filling.Room> open = all.reduce(
                block -> {
                    List<Filling.Room> found = new ArrayList<>();
                    double[] h = block.scratch(0);
                    minimizers(block, c, shift, h);
                    for (int j = 0; j < block.count(); j++) {
                        found.add(Filling.Room.of(block, c, j, h[j]));
                    }
                    return found;
                },
                VectorSums::joined);
        return new Filling(open, missing);
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

    /** {@link Repair}, from sums over all blocks. */
    void repair(Blocks all) {
        int rank = all.rank();
        Repair[] repairs = new Repair[rank];
        double[][] totals = all.reduce(VectorSums::totals, VectorSums::added);
        boolean moves = false;
        for (int c = 0; c < rank; c++) {
            repairs[c] = new Repair(sum);
            repairs[c].begin(totals[0][c]);
            moves |= !repairs[c].stays();
        }
        while (moves) {
            moves = advance(repairs, all.reduce(block -> measured(block, repairs), VectorSums::added));
        }
        all.write((block, h) -> {
            for (int c = 0; c < rank; c++) {
                for (int j = 0; j < block.count(); j++) {
                    h[c][j] = repairs[c].of(block.at(c)[j], block.lower(c, j), block.upper(c, j));
                }
            }
        });
    }

    private static double[][] totals(Surrogate block) {
        double[][] totals = new double[1][block.rank()];
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                totals[0][c] += Repair.within(block.at(c)[j], block.lower(c, j), block.upper(c, j));
            }
        }
        return totals;
    }

    private static boolean advance(Repair[] repairs, double[][] parts) {
        boolean moved = false;
        for (int c = 0; c < repairs.length; c++) {
            moved |= repairs[c].advance(parts[c]);
        }
        return moved;
    }

    private static double[][] measured(Surrogate block, Repair[] repairs) {
        double[][] parts = new double[repairs.length][Repair.PARTS];
        for (int c = 0; c < repairs.length; c++) {
            for (int j = 0; j < block.count(); j++) {
                repairs[c].measure(block.at(c)[j], block.lower(c, j), block.upper(c, j), parts[c]);
            }
        }
        return parts;
    }
}
