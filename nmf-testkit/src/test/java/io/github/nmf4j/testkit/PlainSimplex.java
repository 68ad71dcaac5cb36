package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries of a vector, or of a component, sum to one: by bisection down to neighbouring numbers, slow and simple. */
class PlainSimplex implements Constraint {
    private final Ties ties;

    PlainSimplex(Ties ties) {
        this.ties = ties;
    }

    @Override
    public String name() {
        return "plain-simplex";
    }

    @Override
    public Ties ties() {
        return ties;
    }

    /** The positions of several blocks next to each other, and which of them belong together. */
    private final class Positions {
        private final List<Surrogate> blocks;
        private final int rank;
        private final int count;

        Positions(List<Surrogate> blocks) {
            this.blocks = blocks;
            rank = blocks.get(0).rank();
            count = blocks.stream().mapToInt(Surrogate::count).sum();
        }

        int groups() {
            return ties == Ties.COMPONENTS ? count : rank;
        }

        int group(int c, int position) {
            return ties == Ties.COMPONENTS ? position : c;
        }

        double[] sums(double[][] h) {
            double[] sums = new double[groups()];
            for (int c = 0; c < rank; c++) {
                for (int i = 0; i < count; i++) {
                    sums[group(c, i)] += h[c][i];
                }
            }
            return sums;
        }

        /** What each entry becomes under the multiplier of its group; decreasing in the multiplier. */
        double[][] minimizers(double[] multipliers) {
            double[][] h = new double[rank][count];
            for (int c = 0; c < rank; c++) {
                int from = 0;
                for (Surrogate block : blocks) {
                    double[] shift = new double[block.count()];
                    for (int j = 0; j < shift.length; j++) {
                        shift[j] = multipliers[group(c, from + j)];
                    }
                    double[] into = new double[block.count()];
                    block.minimizer(c, shift, into, null);
                    for (int j = 0; j < into.length; j++) {
                        h[c][from + j] = Math.min(into[j], 1);
                    }
                    from += into.length;
                }
            }
            return h;
        }

        double[][] bounds(boolean upper) {
            double[][] bounds = new double[rank][count];
            for (int c = 0; c < rank; c++) {
                int from = 0;
                for (Surrogate block : blocks) {
                    for (int j = 0; j < block.count(); j++) {
                        bounds[c][from + j] = upper ? block.upper(c, j) : block.lower(c, j);
                    }
                    from += block.count();
                }
            }
            return bounds;
        }

        double[][] derivatives(double[][] at) {
            double[][] derivatives = new double[rank][count];
            for (int c = 0; c < rank; c++) {
                int from = 0;
                for (Surrogate block : blocks) {
                    double[] span = Arrays.copyOfRange(at[c], from, from + block.count());
                    block.derivative(c, span, span);
                    System.arraycopy(span, 0, derivatives[c], from, span.length);
                    from += span.length;
                }
            }
            return derivatives;
        }

        void copy(double[][] h, Surrogate block, double[][] into) {
            int from = 0;
            for (Surrogate each : blocks) {
                if (each == block) {
                    for (int c = 0; c < rank; c++) {
                        System.arraycopy(h[c], from, into[c], 0, block.count());
                    }
                }
                from += each.count();
            }
        }
    }

    /** Entries that decrease with a number a group. */
    @FunctionalInterface
    private interface Decreasing {
        double[][] at(double[] numbers);
    }

    private static double[][] meetOne(Positions positions, Decreasing entries, double[] left, double[] right) {
        for (int step = 0; step < 250; step++) {
            double[] middle = new double[left.length];
            for (int g = 0; g < middle.length; g++) {
                middle[g] = left[g] + 0.5 * (right[g] - left[g]);
            }
            double[] sums = positions.sums(entries.at(middle));
            for (int g = 0; g < middle.length; g++) {
                if (sums[g] >= 1) {
                    left[g] = middle[g];
                } else {
                    right[g] = middle[g];
                }
            }
        }
        // Straight entries jump between neighbouring multipliers: the sum is met on the way.
        double[][] high = entries.at(left);
        double[][] low = entries.at(right);
        double[] above = positions.sums(high);
        double[] below = positions.sums(low);
        for (int c = 0; c < high.length; c++) {
            for (int i = 0; i < high[c].length; i++) {
                int g = positions.group(c, i);
                double share = above[g] > below[g] ? (1 - below[g]) / (above[g] - below[g]) : 0;
                high[c][i] = low[c][i] + share * (high[c][i] - low[c][i]);
            }
        }
        return high;
    }

    double[][] solve(Positions positions) {
        double[][] lower = positions.bounds(false);
        double[][] upper = positions.bounds(true);
        double[] room = positions.sums(lower);
        int members = ties == Ties.COMPONENTS ? positions.rank : positions.count;
        double[][] most = new double[positions.rank][positions.count];
        double[][] share = new double[positions.rank][positions.count];
        for (int c = 0; c < most.length; c++) {
            for (int i = 0; i < most[c].length; i++) {
                most[c][i] = Math.min(upper[c][i], 1);
                share[c][i] = Math.min(upper[c][i], lower[c][i] + (1 - room[positions.group(c, i)]) / members);
            }
        }
        double[][] steepest = positions.derivatives(most);
        double[][] mildest = positions.derivatives(share);
        double[] left = new double[positions.groups()];
        double[] right = new double[positions.groups()];
        Arrays.fill(left, Double.POSITIVE_INFINITY);
        Arrays.fill(right, Double.NEGATIVE_INFINITY);
        for (int c = 0; c < most.length; c++) {
            for (int i = 0; i < most[c].length; i++) {
                int g = positions.group(c, i);
                left[g] = Math.min(left[g], -steepest[c][i]);
                right[g] = Math.max(right[g], -mildest[c][i]);
            }
        }
        for (int g = 0; g < left.length; g++) {
            left[g] -= 1e-9 * Math.abs(left[g]) + 1e-30;
            right[g] += 1e-9 * Math.abs(right[g]) + 1e-30;
        }
        return meetOne(positions, positions::minimizers, left, right);
    }

    @Override
    public void minimize(Surrogate block, double[][] into) {
        Positions positions = new Positions(List.of(block));
        positions.copy(solve(positions), block, into);
    }

    private Positions all(Blocks all) {
        return new Positions(all.reduce(List::of, (a, b) -> {
            List<Surrogate> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }));
    }

    @Override
    public void minimize(Blocks all) {
        if (ties == Ties.COMPONENTS) {
            Constraint.super.minimize(all);
            return;
        }
        Positions positions = all(all);
        double[][] h = solve(positions);
        all.write((block, into) -> positions.copy(h, block, into));
    }

    private double[][] repaired(Positions positions, double[][] h) {
        double[][] lower = positions.bounds(false);
        double[][] upper = positions.bounds(true);
        double[] left = new double[positions.groups()];
        double[] right = new double[positions.groups()];
        Arrays.fill(left, -100);
        Arrays.fill(right, 100);
        return meetOne(
                positions,
                numbers -> {
                    double[][] scaled = new double[h.length][positions.count];
                    for (int c = 0; c < h.length; c++) {
                        for (int i = 0; i < positions.count; i++) {
                            double moved = h[c][i] * Math.exp(-numbers[positions.group(c, i)]);
                            scaled[c][i] = Math.max(lower[c][i], Math.min(Math.min(1, upper[c][i]), moved));
                        }
                    }
                    return scaled;
                },
                left,
                right);
    }

    @Override
    public void repair(Surrogate block, double[][] h) {
        Positions positions = new Positions(List.of(block));
        positions.copy(repaired(positions, h), block, h);
    }

    @Override
    public void repair(Blocks all) {
        if (ties == Ties.COMPONENTS) {
            Constraint.super.repair(all);
            return;
        }
        Positions positions = all(all);
        double[][] start = new double[positions.rank][positions.count];
        int[] from = {0};
        all.write((block, into) -> {
            for (int c = 0; c < start.length; c++) {
                System.arraycopy(into[c], 0, start[c], from[0], block.count());
            }
            from[0] += block.count();
        });
        double[][] h = repaired(positions, start);
        all.write((block, into) -> positions.copy(h, block, into));
    }

    @Override
    public void requireFeasible(Blocks all) {
        Positions positions = all(all);
        double[] least = positions.sums(positions.bounds(false));
        double[] most = positions.sums(positions.bounds(true));
        for (int g = 0; g < least.length; g++) {
            if (least[g] > 1 || most[g] < 1) {
                throw new InvalidInputException(
                        "bounds must leave room for a sum of 1: group " + g + " in " + least[g] + " … " + most[g]);
            }
        }
    }
}
