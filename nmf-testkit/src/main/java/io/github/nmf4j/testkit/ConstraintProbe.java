package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the laws of a constraint share: surrogates to minimize and groups of tied entries. */
abstract class ConstraintProbe extends ExtensionContract<Constraint> {
    /** Of a sum: a hundred units in the last place. */
    static final double FEASIBLE = 1e-14;

    static final int SURROGATES = 5;

    /** {@return the constraint under test, placed on a factor} */
    protected abstract Constraint constraint();

    /** {@return the constraint whose name and parameters are checked: before placing, where placing makes another of it} */
    @Override
    protected Constraint extension() {
        return constraint();
    }

    /** {@return components of the factor} */
    protected int rank() {
        return 4;
    }

    /** {@return vectors of the factor} */
    protected int vectors() {
        return 10;
    }

    /** {@return what tied entries sum to, if that is what ties them; otherwise override {@link #violation}} */
    protected double total() {
        return 1;
    }

    /**
     * {@return how far tied entries are from the set, relative to their size}
     *
     * @param tied the entries of one vector or of one component, as {@link Constraint#ties()} says
     */
    protected double violation(double[] tied) {
        double sum = 0;
        double lost = 0;
        for (double h : tied) {
            double next = sum + h;
            lost += Math.abs(sum) >= Math.abs(h) ? (sum - next) + h : (h - next) + sum;
            sum = next;
        }
        return Math.abs(sum - total() + lost) / total();
    }

    RandomSurrogate surrogate(RandomGenerator random) {
        return new RandomSurrogate(constraint(), rank(), vectors(), random);
    }

    static int blockSize(int vectors, RandomGenerator random) {
        return 1 + random.nextInt(vectors);
    }

    double[][] minimizer(RandomSurrogate surrogate, int size) {
        double[][] h = unset(surrogate);
        constraint().minimize((Blocks) surrogate.blocks(size, h));
        return h;
    }

    static double[][] unset(RandomSurrogate surrogate) {
        double[][] h = new double[surrogate.rank][surrogate.vectors];
        for (double[] row : h) {
            Arrays.fill(row, Double.NaN);
        }
        return h;
    }

    /** Entries that are minimized together. */
    record Group(int[] components, int[] vectors) {
        int size() {
            return components.length;
        }

        double[] of(double[][] h) {
            double[] entries = new double[size()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = h[components[i]][vectors[i]];
            }
            return entries;
        }
    }

    List<Group> groups(int rank, int vectors) {
        List<Group> groups = new ArrayList<>();
        switch (constraint().ties()) {
            case NOTHING -> {
                for (int c = 0; c < rank; c++) {
                    for (int j = 0; j < vectors; j++) {
                        groups.add(new Group(new int[] {c}, new int[] {j}));
                    }
                }
            }
            case COMPONENTS -> {
                for (int j = 0; j < vectors; j++) {
                    int[] same = new int[rank];
                    Arrays.fill(same, j);
                    groups.add(new Group(ascending(rank), same));
                }
            }
            case VECTORS -> {
                for (int c = 0; c < rank; c++) {
                    int[] same = new int[vectors];
                    Arrays.fill(same, c);
                    groups.add(new Group(same, ascending(vectors)));
                }
            }
        }
        return groups;
    }

    private static int[] ascending(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }

    boolean ties() {
        return constraint().ties() != Constraint.Ties.NOTHING;
    }

    void assertFeasible(RandomSurrogate surrogate, double[][] h, String what, String where) {
        Surrogate bounds = surrogate.bounded(surrogate.vectors, h).list().get(0);
        for (int c = 0; c < surrogate.rank; c++) {
            for (int j = 0; j < surrogate.vectors; j++) {
                double lower = bounds.lower(c, j);
                double upper = bounds.upper(c, j);
                if (!(h[c][j] >= lower && h[c][j] <= upper)) {
                    fail(what + " must lie in [" + lower + ", " + upper + "]: h[" + c + ", " + j + "] = " + h[c][j]
                            + "; " + surrogate.show(c, j) + where);
                }
            }
        }
        if (ties()) {
            for (Group group : groups(surrogate.rank, surrogate.vectors)) {
                double off = violation(group.of(h));
                if (!(off <= FEASIBLE)) {
                    fail(what + " must keep what is tied: " + Arrays.toString(group.of(h)) + " is off by " + off
                            + where);
                }
            }
        }
    }

    static String where(long seed, int round) {
        return " (seed " + seed + ", surrogate " + round + ")";
    }
}
