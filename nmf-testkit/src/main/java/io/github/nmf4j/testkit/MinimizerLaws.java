package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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

/** The minimizer lies in the set, and no point of the set is lower. */
abstract class MinimizerLaws extends ConstraintProbe {
    /** Of the absolute terms of a difference of φ: roots and multipliers are right to about 1e-13. */
    private static final double ROUNDING = 1e-10;

    /** Of a sum: nearer points differ in their sums by more than {@link #ROUNDING} of what they differ by. */
    private static final double NEAR = 1e-5;

    private static final int MOVES = 60;
    private static final int SEARCHED = 300;

    private static final int THREADS = 4;

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
                RandomSurrogate.Gain gain = gain(surrogate, group, h, other);
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
                    + surrogate.show(group.components()[i], group.vectors()[i]) + where);
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
        int c = group.components()[0];
        int j = group.vectors()[0];
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
        int cg = group.components()[giver];
        int jg = group.vectors()[giver];
        int ct = group.components()[taker];
        int jt = group.vectors()[taker];
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

    /** On two components and two vectors, all of the set is searched, then closer and closer around the lowest point. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void bruteForceFindsNothingLower(long seed) {
        int two = 2;
        try {
            constraint().check(two, two);
        } catch (InvalidInputException otherSizes) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        RandomSurrogate surrogate = new RandomSurrogate(constraint(), two, two, random);
        double[][] h = minimizer(surrogate, two);
        for (Group group : groups(two, two)) {
            double[] best = group.of(h);
            double lowest = 0;
            for (int point = 0; point < SEARCHED; point++) {
                double spread = point < SEARCHED / 2 ? 8 : 8 * Math.pow(0.5, (point - SEARCHED / 2) / 8.0);
                double[][] other = Arrays.stream(h).map(double[]::clone).toArray(double[][]::new);
                for (int i = 0; i < group.size(); i++) {
                    other[group.components()[i]][group.vectors()[i]] = best[i] * Draw.decades(random, -spread, spread);
                }
                constraint().repair(surrogate.bounded(two, other));
                RandomSurrogate.Gain gain = gain(surrogate, group, h, other);
                String found = Arrays.toString(group.of(other)) + " is lower than " + Arrays.toString(group.of(h));
                assertNotLower(surrogate, group, 0, gain, found, where(seed, point));
                if (gain.sum < lowest) {
                    lowest = gain.sum;
                    best = group.of(other);
                }
            }
        }
    }

    /** What another point adds to φ over a group; nothing if both are so near that the rounding of a sum decides. */
    private RandomSurrogate.Gain gain(RandomSurrogate surrogate, Group group, double[][] h, double[][] other) {
        RandomSurrogate.Gain gain = new RandomSurrogate.Gain();
        double farthest = 0;
        for (int i = 0; i < group.size(); i++) {
            int c = group.components()[i];
            int j = group.vectors()[i];
            double d = other[c][j] - h[c][j];
            surrogate.addGain(c, j, h[c][j], d, gain);
            farthest = Math.max(farthest, Math.abs(d));
        }
        return ties() && farthest < NEAR * total() ? new RandomSurrogate.Gain() : gain;
    }
}
