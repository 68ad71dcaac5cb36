package io.github.nmf4j.core;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Entries of a group sum to a given number: the minimizer of Σ φ over the simplex, by a multiplier ν added to every φ′.
 *
 * <p>The sum of the minimizers falls with ν; {@link Multipliers} finds its root. A group whose bent entries cannot reach the
 * sum at the left end (a vector without data, a dead component) has a straight entry that takes what is left: a vertex of
 * the linear program.
 */
abstract class UnitSum implements Constraint {
    private static final Parameter SUM =
            new Parameter("sum", Parameter.Kind.NUMBER, "1", "what the entries add up to, above 0");
    private static final double FEASIBLE = 1e-12;
    private static final int REPAIR_ROUNDS = 100;
    private static final double ROUNDING = 1e-15;

    private final String name;
    private final double sum;
    private final Ties ties;

    UnitSum(String name, double sum, Ties ties) {
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(name + ": sum must be finite and above 0: " + sum);
        }
        this.name = name;
        this.sum = sum;
        this.ties = ties;
    }

    double sum() {
        return sum;
    }

    double given(Arguments values) {
        return values.checkedAgainst(name, parameters()).number(SUM.name(), sum);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SUM);
    }

    @Override
    public Arguments arguments() {
        return Arguments.NONE.and(SUM.name(), sum);
    }

    @Override
    public Ties ties() {
        return ties;
    }

    @Override
    public void requireFeasible(Blocks all) {
        if (ties == Ties.COMPONENTS) {
            all.reduce(
                    block -> {
                        for (int j = 0; j < block.count(); j++) {
                            double least = 0;
                            double most = 0;
                            for (int c = 0; c < block.rank(); c++) {
                                least += block.lower(c, j);
                                most += block.upper(c, j);
                            }
                            require(least, most, "vector " + block.vector(j));
                        }
                        return true;
                    },
                    (a, b) -> a);
        } else {
            double[][] ends = all.reduce(UnitSum::boundSums, UnitSum::added);
            for (int c = 0; c < all.rank(); c++) {
                require(ends[0][c], ends[1][c], "component " + c);
            }
        }
    }

    private static double[][] boundSums(Surrogate block) {
        double[][] ends = new double[2][block.rank()];
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                ends[0][c] += block.lower(c, j);
                ends[1][c] += block.upper(c, j);
            }
        }
        return ends;
    }

    private static double[][] added(double[][] a, double[][] b) {
        for (int i = 0; i < a.length; i++) {
            for (int c = 0; c < a[i].length; c++) {
                a[i][c] += b[i][c];
            }
        }
        return a;
    }

    private void require(double least, double most, String place) {
        if (least > sum * (1 + FEASIBLE)) {
            throw new InvalidInputException(name + ": lower bounds and fixed entries must leave room for a sum of "
                    + sum + ": " + place + " has at least " + least);
        }
        if (most < sum * (1 - FEASIBLE)) {
            throw new InvalidInputException(name + ": upper bounds and fixed entries must allow a sum of " + sum + ": "
                    + place + " has at most " + most);
        }
    }

    @Override
    public void minimize(Surrogate block, double[][] into) {
        int n = block.count();
        Multipliers multipliers = new Multipliers(
                n, sum, block.scratch(0), block.scratch(1), block.scratch(2), block.scratch(3), block.scratch(4));
        block.rebase(sum, multipliers.high());
        do {
            minimizers(block, multipliers, into);
        } while (multipliers.advance());
        if (multipliers.finish()) {
            minimizers(block, multipliers, into);
        }
        for (int j = 0; j < n; j++) {
            if (multipliers.total()[j] != sum) {
                settle(block, into, j);
            }
        }
    }

    private static void minimizers(Surrogate block, Multipliers multipliers, double[][] into) {
        multipliers.clear();
        for (int c = 0; c < block.rank(); c++) {
            block.minimizer(c, multipliers.values(), into[c], multipliers.slope());
            add(block.count(), into[c], multipliers.total());
        }
    }

    private static void add(int n, double[] values, double[] total) {
        for (int j = 0; j < n; j++) {
            total[j] += values[j];
        }
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

    @Override
    public void minimize(Blocks all) {
        if (ties != Ties.VECTORS) {
            all.write(this::minimize);
            return;
        }
        int rank = all.rank();
        Multipliers multipliers = new Multipliers(
                rank, sum, new double[rank], new double[rank], new double[rank], new double[rank], new double[rank]);
        rebase(all, multipliers.high());
        do {
            double[] shift = multipliers.values();
            double[][] sums = all.reduce(block -> sums(block, shift), UnitSum::added);
            multipliers.clear();
            System.arraycopy(sums[0], 0, multipliers.total(), 0, rank);
            System.arraycopy(sums[1], 0, multipliers.slope(), 0, rank);
        } while (multipliers.advance());
        multipliers.finish();
        settleComponents(all, multipliers.values());
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
        double[][] bounds = all.reduce(UnitSum::boundSums, UnitSum::added);
        double[] room = new double[rank];
        Arrays.setAll(room, c -> sum - bounds[0][c]);
        int[] free = all.reduce(UnitSum::freeEntries, (a, b) -> {
            Arrays.setAll(a, c -> a[c] + b[c]);
            return a;
        });
        Entry[] leaders = new Entry[rank];
        for (int c = 0; c < rank; c++) {
            int component = c;
            List<Entry> candidates =
                    all.reduce(block -> candidates(block, component, room[component]), UnitSum::joined);
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
     * Writes the minimizers, with sums exact to rounding: free entries are scaled where only rounding is missing; otherwise
     * straight entries of least slope take what is left, in block order, or failing those the flattest entry.
     */
    private void settleComponents(Blocks all, double[] shift) {
        int rank = all.rank();
        double[][] parts = all.reduce(block -> parts(block, shift), UnitSum::added);
        double[] missing = new double[rank];
        double[] factor = new double[rank];
        double[] filled = new double[rank];
        for (int c = 0; c < rank; c++) {
            missing[c] = sum - parts[0][c] - parts[1][c];
            boolean close = parts[0][c] > 0 && Math.abs(missing[c]) <= Multipliers.CLOSE * sum;
            factor[c] = close ? (sum - parts[1][c]) / parts[0][c] : 1.0;
            missing[c] = close || Math.abs(missing[c]) <= ROUNDING * sum ? 0.0 : missing[c];
            filled[c] = Double.NEGATIVE_INFINITY;
            if (missing[c] > 0) {
                filled[c] = level(all, c, shift, missing[c]);
            }
        }
        double[] flattest = all.reduce(block -> flattest(block, shift, missing), (a, b) -> {
            Arrays.setAll(a, c -> Math.min(a[c], b[c]));
            return a;
        });
        all.write((block, into) -> {
            for (int c = 0; c < rank; c++) {
                minimizers(block, c, shift[c], into[c]);
                for (int j = 0; j < block.count(); j++) {
                    double lo = block.lower(c, j);
                    double hi = block.upper(c, j);
                    double h = into[c][j];
                    boolean free = h > lo && h < hi;
                    if (missing[c] != 0 && takes(block, c, j, filled[c], block.curvature(c, j, h) == flattest[c])) {
                        double moved = Math.min(Math.max(h + missing[c], lo), hi);
                        missing[c] -= moved - h;
                        missing[c] = Math.abs(missing[c]) <= ROUNDING * sum ? 0.0 : missing[c];
                        into[c][j] = moved;
                    } else if (free) {
                        into[c][j] = Math.min(Math.max(h * factor[c], lo), hi);
                    }
                }
            }
        });
    }

    private static boolean takes(Surrogate block, int c, int j, double level, boolean flattest) {
        return level > Double.NEGATIVE_INFINITY
                ? block.straight(c, j) && block.linear(c, j) <= level && block.lower(c, j) < block.upper(c, j)
                : flattest;
    }

    /** The slope up to which straight entries must be filled to take what is missing; −∞ if there are none. */
    private double level(Blocks all, int c, double[] shift, double missing) {
        List<double[]> straight = all.reduce(
                block -> {
                    List<double[]> found = new ArrayList<>();
                    double[] h = block.scratch(0);
                    minimizers(block, c, shift[c], h);
                    for (int j = 0; j < block.count(); j++) {
                        if (block.straight(c, j) && h[j] < block.upper(c, j)) {
                            found.add(new double[] {block.linear(c, j), block.upper(c, j) - h[j]});
                        }
                    }
                    return found;
                },
                (a, b) -> {
                    a.addAll(b);
                    return a;
                });
        straight.sort((a, b) -> Double.compare(a[0], b[0]));
        double left = missing;
        double level = Double.NEGATIVE_INFINITY;
        for (double[] entry : straight) {
            level = entry[0];
            left -= entry[1];
            if (left <= 0) {
                break;
            }
        }
        return level;
    }

    private static double[] flattest(Surrogate block, double[] shift, double[] missing) {
        double[] flattest = new double[block.rank()];
        double[] h = block.scratch(0);
        for (int c = 0; c < flattest.length; c++) {
            flattest[c] = Double.POSITIVE_INFINITY;
            minimizers(block, c, shift[c], h);
            for (int j = 0; j < block.count() && missing[c] != 0; j++) {
                if (missing[c] > 0 ? h[j] < block.upper(c, j) : h[j] > block.lower(c, j)) {
                    flattest[c] = Math.min(flattest[c], block.curvature(c, j, h[j]));
                }
            }
        }
        return flattest;
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

    /** Scales what lies above the lower bounds, again where upper bounds cut something off. */
    @Override
    public void repair(Surrogate block, double[][] h) {
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

    @Override
    public void repair(Blocks all) {
        if (ties != Ties.VECTORS) {
            all.write(this::repair);
            return;
        }
        int rank = all.rank();
        double[] factor = new double[rank];
        double[] lift = new double[rank];
        double[][] start = all.reduce(block -> repairedParts(block, null, lift), UnitSum::added);
        Arrays.setAll(factor, c -> {
            double over = start[0][c] + start[1][c] - sum;
            boolean scales = start[0][c] > 0 && Math.abs(over) > Multipliers.DONE * sum;
            return scales ? Math.max(0.0, sum - start[1][c]) / start[0][c] : 1.0;
        });
        for (int round = 0; round < REPAIR_ROUNDS; round++) {
            double[][] parts = all.reduce(block -> repairedParts(block, factor, lift), UnitSum::added);
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

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitSum that && that.getClass() == getClass() && that.sum == sum && that.ties == ties;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sum, ties);
    }

    @Override
    public String toString() {
        return name + " (sum " + sum + ")";
    }
}
