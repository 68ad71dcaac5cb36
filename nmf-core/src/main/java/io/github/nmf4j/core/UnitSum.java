package io.github.nmf4j.core;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Surrogate;
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
            multipliers.clear();
            for (int c = 0; c < block.rank(); c++) {
                block.minimizer(c, multipliers.values(), into[c], multipliers.slope());
                add(n, into[c], multipliers.total());
            }
        } while (multipliers.advance());
        settleVectors(block, into, multipliers.total());
    }

    private static void add(int n, double[] values, double[] total) {
        for (int j = 0; j < n; j++) {
            total[j] += values[j];
        }
    }

    /** Makes the sums exact to rounding: what is missing goes to the free entries in proportion, or to a vertex. */
    private void settleVectors(Surrogate block, double[][] into, double[] total) {
        for (int j = 0; j < block.count(); j++) {
            if (total[j] != sum) {
                settle(block, into, j);
            }
        }
    }

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

    /** Gives what is missing to the entries that gain most by it, up to their bounds. */
    private static void fill(Surrogate block, double[][] into, int j, double missing) {
        boolean[] used = new boolean[block.rank()];
        while (missing != 0) {
            int best = -1;
            for (int c = 0; c < used.length; c++) {
                double room = missing > 0 ? block.upper(c, j) - into[c][j] : into[c][j] - block.lower(c, j);
                if (!used[c] && room > 0 && (best < 0 || leads(block, c, best, j, missing))) {
                    best = c;
                }
            }
            if (best < 0) {
                return;
            }
            used[best] = true;
            double moved = Math.min(Math.max(into[best][j] + missing, block.lower(best, j)), block.upper(best, j));
            missing -= moved - into[best][j];
            into[best][j] = moved;
        }
    }

    private static boolean leads(Surrogate block, int c, int best, int j, double missing) {
        boolean straight = block.straight(c, j);
        if (straight != block.straight(best, j)) {
            return straight;
        }
        double a = block.linear(c, j);
        double b = block.linear(best, j);
        return missing > 0 ? a < b : a > b;
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

    /** The entry of a component that reaches the sum first: l and φ′ − l there. */
    private record Leader(double linear, double bent) {
        boolean before(Leader other, boolean capped) {
            double difference = (linear - other.linear) + (bent - other.bent);
            return capped ? difference > 0 : difference < 0;
        }
    }

    /** {@link Surrogate#rebase(double, double[])} for sums over vectors. */
    private void rebase(Blocks all, double[] width) {
        int rank = all.rank();
        boolean capped = all.reduce(Surrogate::hasUpper, Boolean::logicalOr);
        double[][] bounds = all.reduce(UnitSum::boundSums, UnitSum::added);
        double[] room = new double[rank];
        Arrays.setAll(room, c -> sum - bounds[0][c]);
        int[] free = all.reduce(UnitSum::freeEntries, (a, b) -> {
            Arrays.setAll(a, c -> a[c] + b[c]);
            return a;
        });
        Leader[] leaders = all.reduce(block -> leaders(block, room, capped), (a, b) -> {
            for (int c = 0; c < rank; c++) {
                if (a[c] == null || b[c] != null && b[c].before(a[c], capped)) {
                    a[c] = b[c];
                }
            }
            return a;
        });
        double[] least = all.reduce(
                block -> {
                    double[] low = new double[rank];
                    for (int c = 0; c < rank; c++) {
                        if (leaders[c] != null && room[c] > 0) {
                            block.rebase(c, leaders[c].linear, leaders[c].bent);
                            for (int j = 0; j < block.count(); j++) {
                                double lo = block.lower(c, j);
                                if (lo < block.upper(c, j)) {
                                    double at = lo + room[c] / free[c];
                                    low[c] = Math.min(low[c], block.linear(c, j) + block.bend(c, j, at));
                                }
                            }
                        }
                    }
                    return low;
                },
                (a, b) -> {
                    Arrays.setAll(a, c -> Math.min(a[c], b[c]));
                    return a;
                });
        Arrays.setAll(width, c -> Math.max(0.0, -least[c]));
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

    private static Leader[] leaders(Surrogate block, double[] room, boolean capped) {
        Leader[] leaders = new Leader[block.rank()];
        for (int c = 0; c < leaders.length; c++) {
            for (int j = 0; j < block.count(); j++) {
                double lo = block.lower(c, j);
                double hi = block.upper(c, j);
                if (lo < hi && room[c] > 0) {
                    Leader own = new Leader(block.linear(c, j), block.bend(c, j, Math.min(hi, lo + room[c])));
                    if (leaders[c] == null || own.before(leaders[c], capped)) {
                        leaders[c] = own;
                    }
                }
            }
        }
        return leaders;
    }

    private void settleComponents(Blocks all, double[] shift) {
        int rank = all.rank();
        double[][] parts = all.reduce(block -> parts(block, shift), UnitSum::added);
        double[] missing = new double[rank];
        double[] factor = new double[rank];
        for (int c = 0; c < rank; c++) {
            missing[c] = sum - parts[0][c] - parts[1][c];
            boolean close = parts[0][c] > 0 && Math.abs(missing[c]) <= Multipliers.CLOSE * sum;
            factor[c] = close ? (sum - parts[1][c]) / parts[0][c] : 1.0;
            missing[c] = close ? 0.0 : missing[c];
        }
        // Straight entries of least l first: with l rebased to 0 at the leaders, the first of them in block order.
        double[] leastLinear = all.reduce(block -> leastStraight(block, shift), (a, b) -> {
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
                    if (h > lo && h < hi) {
                        h *= factor[c];
                    } else if (missing[c] > 0 && block.straight(c, j) && block.linear(c, j) <= leastLinear[c]) {
                        double moved = Math.min(h + missing[c], hi);
                        missing[c] -= moved - h;
                        h = moved;
                    }
                    into[c][j] = Math.min(Math.max(h, lo), hi);
                }
            }
        });
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

    private static double[] leastStraight(Surrogate block, double[] shift) {
        double[] least = new double[block.rank()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int c = 0; c < least.length; c++) {
            for (int j = 0; j < block.count(); j++) {
                if (block.straight(c, j) && block.lower(c, j) < block.upper(c, j)) {
                    least[c] = Math.min(least[c], block.linear(c, j));
                }
            }
        }
        return least;
    }

    /** Scales the entries above their lower bounds, then clamps; repeated where upper bounds cut something off. */
    @Override
    public void repair(Surrogate block, double[][] h) {
        for (int j = 0; j < block.count(); j++) {
            for (int round = 0; round <= block.rank(); round++) {
                double excess = 0;
                double held = 0;
                for (int c = 0; c < block.rank(); c++) {
                    h[c][j] = Math.min(Math.max(h[c][j], block.lower(c, j)), block.upper(c, j));
                    boolean capped = h[c][j] == block.upper(c, j);
                    held += capped ? h[c][j] : block.lower(c, j);
                    excess += capped ? 0 : h[c][j] - block.lower(c, j);
                }
                double room = sum - held;
                if (!scaleExcess(block, h, j, excess, room)) {
                    break;
                }
            }
            double total = 0;
            for (int c = 0; c < block.rank(); c++) {
                total += h[c][j];
            }
            fill(block, h, j, Math.abs(sum - total) > 1e-15 * sum ? sum - total : 0.0);
        }
    }

    private static boolean scaleExcess(Surrogate block, double[][] h, int j, double excess, double room) {
        if (excess <= 0 || room <= 0) {
            return false;
        }
        double factor = room / excess;
        boolean cut = false;
        for (int c = 0; c < block.rank(); c++) {
            double lo = block.lower(c, j);
            double hi = block.upper(c, j);
            if (h[c][j] < hi) {
                double scaled = lo + (h[c][j] - lo) * factor;
                cut |= scaled > hi;
                h[c][j] = Math.min(scaled, hi);
            }
        }
        return cut;
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
        Arrays.fill(factor, 1.0);
        for (int round = 0; round < REPAIR_ROUNDS; round++) {
            double[][] parts = all.reduce(block -> repairedParts(block, factor, lift), UnitSum::added);
            boolean done = true;
            for (int c = 0; c < rank; c++) {
                double missing = sum - parts[0][c] - parts[1][c];
                if (Math.abs(missing) > Multipliers.DONE * sum) {
                    done = false;
                    if (parts[0][c] > 0) {
                        factor[c] *= Math.max(0.0, parts[0][c] + missing) / parts[0][c];
                        lift[c] *= Math.max(0.0, parts[0][c] + missing) / parts[0][c];
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
        double scaled = lo + Math.max(0.0, block.at(c)[j] - lo) * factor + lift;
        return Math.min(scaled, block.upper(c, j));
    }

    /** What lies above lower bounds and may still grow; what is held; how many entries may grow. */
    private static double[][] repairedParts(Surrogate block, double[] factor, double[] lift) {
        double[][] parts = new double[3][block.rank()];
        for (int c = 0; c < block.rank(); c++) {
            for (int j = 0; j < block.count(); j++) {
                double lo = block.lower(c, j);
                double h = repaired(block, c, j, factor[c], lift[c]);
                boolean grows = h < block.upper(c, j);
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
