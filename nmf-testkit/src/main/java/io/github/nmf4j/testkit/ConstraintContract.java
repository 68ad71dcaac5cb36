package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every constraint keeps; its test extends this and names the instance, placed on a factor, and the sizes to use it with.
 *
 * <p>Surrogates are random: quadratic, logarithmic, with powers, straight, dead, with vectors that have no data, with
 * coefficients over sixteen decades, and half of them with bounds of some other constraint besides. Minimizers are compared
 * with other points of the set, found without using the constraint's own minimization.
 */
public abstract class ConstraintContract extends ExtensionContract<Constraint> {
    /** Of a sum: a hundred units in the last place. */
    private static final double FEASIBLE = 1e-14;

    /** Of the absolute terms of a difference of φ: roots and multipliers are right to about 1e-13. */
    private static final double ROUNDING = 1e-10;

    /** Of a sum: nearer points differ in their sums by more than {@link #ROUNDING} of what they differ by. */
    private static final double NEAR = 1e-5;

    private static final int SURROGATES = 5;
    private static final int MOVES = 60;
    private static final int THREADS = 4;

    /** For tests that extend this. */
    protected ConstraintContract() {}

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

    private RandomSurrogate surrogate(RandomGenerator random) {
        return new RandomSurrogate(constraint(), rank(), vectors(), random);
    }

    private static int blockSize(int vectors, RandomGenerator random) {
        return 1 + random.nextInt(vectors);
    }

    private double[][] minimizer(RandomSurrogate surrogate, int size) {
        double[][] h = unset(surrogate);
        constraint().minimize((Blocks) surrogate.blocks(size, h));
        return h;
    }

    private static double[][] unset(RandomSurrogate surrogate) {
        double[][] h = new double[surrogate.rank][surrogate.vectors];
        for (double[] row : h) {
            Arrays.fill(row, Double.NaN);
        }
        return h;
    }

    /** Entries that are minimized together. */
    private record Group(int[] components, int[] vectors) {
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

    private List<Group> groups(int rank, int vectors) {
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

    private boolean ties() {
        return constraint().ties() != Constraint.Ties.NOTHING;
    }

    private void assertFeasible(RandomSurrogate surrogate, double[][] h, String what, String where) {
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

    private static String where(long seed, int round) {
        return " (seed " + seed + ", surrogate " + round + ")";
    }

    /** The sizes named are sizes it can be used with. */
    @Test
    protected final void sizesAreAccepted() {
        assertDoesNotThrow(() -> constraint().check(rank(), vectors()));
    }

    /** The minimizer lies in the set, whatever is minimized and however the factor is cut into blocks. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void minimizerIsFeasible(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < SURROGATES; round++) {
            RandomSurrogate surrogate = surrogate(random);
            double[][] h = minimizer(surrogate, blockSize(vectors(), random));
            assertFeasible(surrogate, h, "a minimizer", where(seed, round));
        }
    }

    /** No point of the set is lower: neither near the minimizer, nor random ones, nor the current one. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void noFeasiblePointIsLower(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < SURROGATES; round++) {
            RandomSurrogate surrogate = surrogate(random);
            double[][] h = minimizer(surrogate, blockSize(vectors(), random));
            assertOptimal(surrogate, h, random, where(seed, round));
        }
    }

    /** Vectors picked by colour are minimized as consecutive ones are. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void colouredBlocksAreMinimizedToo(long seed) {
        if (constraint().ties() == Constraint.Ties.VECTORS) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        RandomSurrogate surrogate = surrogate(random);
        double[][] h = unset(surrogate);
        for (Surrogate colour : surrogate.colours(h).list()) {
            new BlocksInMemory(List.of(colour), h).write(constraint()::minimize);
        }
        assertFeasible(surrogate, h, "a minimizer", where(seed, 0));
        assertOptimal(surrogate, h, random, where(seed, 0));
    }

    private void assertOptimal(RandomSurrogate surrogate, double[][] h, RandomGenerator random, String where) {
        List<double[][]> others = List.of(surrogate.at, surrogate.feasible(random), surrogate.feasible(random));
        Surrogate bounds = surrogate.bounded(surrogate.vectors, h).list().get(0);
        for (Group group : groups(surrogate.rank, surrogate.vectors)) {
            for (double[][] other : others) {
                RandomSurrogate.Gain gain = new RandomSurrogate.Gain();
                double farthest = 0;
                for (int i = 0; i < group.size(); i++) {
                    int c = group.components[i];
                    int j = group.vectors[i];
                    double d = other[c][j] - h[c][j];
                    surrogate.addGain(c, j, h[c][j], d, gain);
                    farthest = Math.max(farthest, Math.abs(d));
                }
                if (ties() && farthest < NEAR * total()) {
                    continue; // both keep the sum to its rounding only, which would decide; exchanges look near by
                }
                String found = Arrays.toString(group.of(other)) + " is lower than " + Arrays.toString(group.of(h));
                assertNotLower(surrogate, group, 0, gain, found, where);
            }
            for (int move = 0; move < MOVES; move++) {
                if (ties()) {
                    exchange(surrogate, group, h, bounds, random, where);
                } else {
                    shift(surrogate, group, h, bounds, random, where);
                }
            }
        }
    }

    private static void assertNotLower(
            RandomSurrogate surrogate, Group group, int i, RandomSurrogate.Gain gain, String found, String where) {
        if (!(gain.sum >= -ROUNDING * gain.terms)) {
            fail("a minimizer must be lowest: " + found + " by " + -gain.sum + ", terms " + gain.terms + "; "
                    + surrogate.show(group.components[i], group.vectors[i]) + where);
        }
    }

    /** Moves one entry within its bounds. */
    private static void shift(
            RandomSurrogate surrogate,
            Group group,
            double[][] h,
            Surrogate bounds,
            RandomGenerator random,
            String where) {
        int c = group.components[0];
        int j = group.vectors[0];
        double from = h[c][j];
        double step = Draw.decades(random, -8, 1);
        double to = random.nextBoolean() ? from * (1 + step) : from / (1 + step);
        to = Math.max(bounds.lower(c, j), Math.min(bounds.upper(c, j), to));
        RandomSurrogate.Gain gain = new RandomSurrogate.Gain();
        surrogate.addGain(c, j, from, to - from, gain);
        assertNotLower(surrogate, group, 0, gain, to + " is lower than " + from, where);
    }

    /** Moves a little from one entry of a group to another, which keeps their sum. */
    private void exchange(
            RandomSurrogate surrogate,
            Group group,
            double[][] h,
            Surrogate bounds,
            RandomGenerator random,
            String where) {
        int giver = random.nextInt(group.size());
        int taker = random.nextInt(group.size());
        if (giver == taker) {
            return;
        }
        int cg = group.components[giver];
        int jg = group.vectors[giver];
        int ct = group.components[taker];
        int jt = group.vectors[taker];
        double room = Math.min(h[cg][jg] - bounds.lower(cg, jg), bounds.upper(ct, jt) - h[ct][jt]);
        double d = room * Draw.decades(random, -6, 0);
        if (!(d > 0) || !(h[cg][jg] - d > 0)) {
            return;
        }
        double[] moved = group.of(h);
        moved[giver] -= d;
        moved[taker] += d;
        if (violation(moved) > FEASIBLE) {
            return;
        }
        RandomSurrogate.Gain gain = new RandomSurrogate.Gain();
        surrogate.addGain(cg, jg, h[cg][jg], -d, gain);
        surrogate.addGain(ct, jt, h[ct][jt], d, gain);
        String found = Arrays.toString(moved) + " is lower than " + Arrays.toString(group.of(h));
        assertNotLower(surrogate, group, giver, gain, found + ", taker " + surrogate.show(ct, jt), where);
    }

    /** Minimizing twice, or in many threads, gives the same bits. */
    @Test
    protected final void oneInstanceServesManyThreads() throws Exception {
        Constraint constraint = constraint();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                RandomSurrogate surrogate =
                        new RandomSurrogate(constraint, rank(), vectors(), Draw.from(1000 + (long) t));
                double[][] alone = unset(surrogate);
                constraint.minimize((Blocks) surrogate.blocks(3, alone));
                answers.add(threads.submit(() -> {
                    start.await();
                    boolean same = true;
                    for (int round = 0; round < 100; round++) {
                        double[][] now = unset(surrogate);
                        constraint.minimize((Blocks) surrogate.blocks(3, now));
                        same &= Arrays.deepEquals(alone, now);
                    }
                    return same;
                }));
            }
            start.countDown();
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get(), "a constraint must give in many threads what it gives in one");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The current point is only read. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void currentPointIsNotWritten(long seed) {
        RandomSurrogate surrogate = surrogate(Draw.from(seed));
        BlocksInMemory blocks = surrogate.blocks(vectors(), unset(surrogate));
        constraint().minimize((Blocks) blocks);
        for (int c = 0; c < surrogate.rank; c++) {
            double[] at = Arrays.copyOf(blocks.list().get(0).at(c), vectors());
            assertArrayEquals(surrogate.at[c], at, "the current point must not be written (seed " + seed + ")");
        }
    }

    /** Any positive point can be repaired, and a point of the set needs no repair. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void repairedPointsAreFeasibleAndStay(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < SURROGATES; round++) {
            RandomSurrogate surrogate = surrogate(random);
            double[][] h = surrogate.positive(random);
            constraint().repair(surrogate.bounded(blockSize(vectors(), random), h));
            assertFeasible(surrogate, h, "a repaired point", where(seed, round));
            double[][] again = Arrays.stream(h).map(double[]::clone).toArray(double[][]::new);
            constraint().repair(surrogate.bounded(blockSize(vectors(), random), again));
            for (int c = 0; c < h.length; c++) {
                for (int j = 0; j < h[c].length; j++) {
                    String place = "a point of the set must stay where it is: h[" + c + ", " + j + "]";
                    assertEquals(h[c][j], again[c][j], 1e-12 * h[c][j], place + where(seed, round));
                }
            }
        }
    }

    /** Bounds intersect with those already there: narrowing never widens, and the order of constraints does not matter. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void boundsIntersect(long seed) {
        RandomGenerator random = Draw.from(seed);
        Constraint constraint = constraint();
        double floor = constraint.floor().orElse(1e-14);
        Surrogate alone = new Surrogate(rank(), vectors(), 0, 1, floor);
        Surrogate both = new Surrogate(rank(), vectors(), 0, 1, floor);
        alone.begin(0, vectors());
        both.begin(0, vectors());
        double[][] low = new double[rank()][vectors()];
        double[][] high = new double[rank()][vectors()];
        for (int c = 0; c < rank(); c++) {
            for (int j = 0; j < vectors(); j++) {
                low[c][j] = Draw.chance(random, 0.3) ? floor : Math.max(floor, Draw.decades(random, -6, 1));
                high[c][j] =
                        Draw.chance(random, 0.3) ? Double.POSITIVE_INFINITY : low[c][j] + Draw.decades(random, -6, 1);
                both.lower(c)[j] = low[c][j];
                both.upper(c)[j] = high[c][j];
            }
        }
        constraint.bound(alone);
        constraint.bound(both);
        for (int c = 0; c < rank(); c++) {
            for (int j = 0; j < vectors(); j++) {
                double own = alone.lower(c, j);
                double cap = alone.upper(c, j);
                String place = "bounds of h[" + c + ", " + j + "] must intersect (seed " + seed + ")";
                if (own == cap) {
                    if (own >= low[c][j] && own <= high[c][j]) {
                        assertEquals(own, both.lower(c, j), place);
                        assertEquals(own, both.upper(c, j), place);
                    }
                } else {
                    assertEquals(Math.max(own, low[c][j]), both.lower(c, j), place);
                    assertEquals(Math.min(cap, high[c][j]), both.upper(c, j), place);
                }
            }
        }
    }

    /** Bounds belong to vectors of the factor, not to positions in a block. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void boundsFollowTheVector(long seed) {
        RandomSurrogate surrogate = surrogate(Draw.from(seed));
        Surrogate whole = surrogate.bounded(vectors(), surrogate.at).list().get(0);
        for (Surrogate colour : surrogate.colours(surrogate.at).list()) {
            for (int c = 0; c < rank(); c++) {
                for (int j = 0; j < colour.count(); j++) {
                    String place = "bounds of h[" + c + ", " + colour.vector(j) + "] in a block of one colour (seed ";
                    assertEquals(whole.lower(c, colour.vector(j)), colour.lower(c, j), place + seed + ")");
                    assertEquals(whole.upper(c, colour.vector(j)), colour.upper(c, j), place + seed + ")");
                }
            }
        }
    }

    /** Bounds that leave the set empty are refused before a run, in one line; others are not. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void emptySetsAreRefused(long seed) {
        if (!ties()) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        RandomSurrogate surrogate = surrogate(random);
        BlocksInMemory fine = surrogate.bounded(blockSize(vectors(), random), surrogate.at);
        assertDoesNotThrow(() -> constraint().requireFeasible(fine), "bounds around a point of the set are not empty");

        List<Group> groups = groups(rank(), vectors());
        Group group = groups.get(random.nextInt(groups.size()));
        BlocksInMemory high = surrogate.bounded(blockSize(vectors(), random), surrogate.at);
        squeeze(high, group, 2 * total() / group.size(), Double.POSITIVE_INFINITY);
        assertRefused(high, "lower bounds that sum to more", seed);

        double[] small = new double[group.size()];
        Arrays.fill(small, total() / (2.0 * group.size()));
        if (violation(small) > FEASIBLE) {
            BlocksInMemory low = surrogate.bounded(blockSize(vectors(), random), surrogate.at);
            squeeze(low, group, 0, small[0]);
            assertRefused(low, "upper bounds that sum to less", seed);
        }
    }

    private static void squeeze(BlocksInMemory blocks, Group group, double low, double high) {
        for (Surrogate block : blocks.list()) {
            for (int i = 0; i < group.size(); i++) {
                for (int j = 0; j < block.count(); j++) {
                    if (block.vector(j) == group.vectors[i]) {
                        int c = group.components[i];
                        if (low > 0) {
                            block.lower(c)[j] = Math.max(low, block.lower(c, j));
                            block.upper(c)[j] = Math.max(block.lower(c, j), block.upper(c, j));
                        } else {
                            block.upper(c)[j] = Math.min(high, block.upper(c, j));
                            block.lower(c)[j] = Math.min(block.lower(c, j), block.upper(c, j));
                        }
                    }
                }
            }
        }
    }

    private void assertRefused(Blocks blocks, String what, long seed) {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> constraint().requireFeasible(blocks),
                () -> what + " must be refused (seed " + seed + ")");
        assertFalse(String.valueOf(refusal.getMessage()).contains("\n"), "a refusal must be one line");
    }

    /** One component, or one vector, is a group like any other. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void groupsOfOneAreMinimizedToo(long seed) {
        RandomGenerator random = Draw.from(seed);
        int rank = constraint().ties() == Constraint.Ties.VECTORS ? rank() : 1;
        int vectors = constraint().ties() == Constraint.Ties.VECTORS ? 1 : vectors();
        try {
            constraint().check(rank, vectors);
        } catch (InvalidInputException otherSizes) {
            return;
        }
        RandomSurrogate surrogate = new RandomSurrogate(constraint(), rank, vectors, random);
        double[][] h = minimizer(surrogate, blockSize(vectors, random));
        assertFeasible(surrogate, h, "a minimizer", where(seed, 0));
        assertOptimal(surrogate, h, random, where(seed, 0));
    }
}
