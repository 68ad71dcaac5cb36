package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coefficients are added to any block, and blocks add up. */
abstract class PenaltyBlockLaws extends PenaltySurrogateLaws {
    /** Coefficients q and c are not negative, all are finite, and nothing but them is written. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void coefficientsAreFiniteAndOfTheRightSign(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        PenaltyProbe probe = probe(at, other(random));
        for (Coefficients written : List.of(probe.majorize(probe.whole()), probe.majorizeAlone(probe.whole()))) {
            for (int c = 0; c < RANK; c++) {
                for (int j = 0; j < vectors(); j++) {
                    double l = written.linear()[c][j];
                    double q = written.quadratic()[c][j];
                    double k = written.log()[c][j];
                    String what = "l = " + l + ", q = " + q + ", c = " + k + where(c, j, seed);
                    assertTrue(Double.isFinite(l) && Double.isFinite(q) && Double.isFinite(k), () -> "finite: " + what);
                    assertTrue(q >= 0 && k >= 0, () -> "q and c must not be negative: " + what);
                }
            }
        }
    }

    /** Coefficients and shares are added to what is there; the current values and the bounds are left alone. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void addsWithoutOverwriting(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        PenaltyProbe probe = probe(at, other(random));
        double[][] before = new double[RANK][vectors()];
        for (double[] row : before) {
            Arrays.setAll(row, j -> 1 + random.nextDouble());
        }
        for (boolean alone : new boolean[] {false, true}) {
            Coefficients plain = alone ? probe.majorizeAlone(probe.whole()) : probe.majorize(probe.whole());
            Surrogate block = probe.whole();
            for (int c = 0; c < RANK; c++) {
                System.arraycopy(before[c], 0, block.linear(c), 0, vectors());
                System.arraycopy(before[c], 0, block.quadratic(c), 0, vectors());
                System.arraycopy(before[c], 0, block.log(c), 0, vectors());
            }
            Coefficients added = alone ? probe.majorizeAlone(block) : probe.majorize(block);
            for (int plane = 0; plane < 3; plane++) {
                for (int c = 0; c < RANK; c++) {
                    double[] expected = plain.planes()[plane][c].clone();
                    double size = 2 + largest(expected);
                    for (int j = 0; j < vectors(); j++) {
                        expected[j] += before[c][j];
                    }
                    assertArrayEquals(
                            expected,
                            added.planes()[plane][c],
                            ROUNDING * size,
                            () -> "coefficients must be added to what is there" + seed(seed));
                }
            }
            assertUntouched(at, block, seed);
        }
        Surrogate block = probe.whole();
        double[] shares = {1, 2, 3};
        probe.term().value(block, shares);
        double[] plain = probe.shares(probe.whole());
        for (int c = 0; c < RANK; c++) {
            double expected = plain[c] + 1 + c;
            assertEquals(
                    expected,
                    shares[c],
                    ROUNDING * (4 + Math.abs(expected)),
                    () -> "shares must be added to what is there" + seed(seed));
        }
        assertUntouched(at, block, seed);
    }

    private static void assertUntouched(double[][] at, Surrogate block, long seed) {
        for (int c = 0; c < RANK; c++) {
            assertArrayEquals(
                    at[c],
                    Arrays.copyOf(block.at(c), block.count()),
                    () -> "the current values must not be written" + seed(seed));
            for (int j = 0; j < block.count(); j++) {
                assertTrue(
                        block.lower(c, j) == block.floor() && block.upper(c, j) == Double.POSITIVE_INFINITY,
                        () -> "a penalty must leave the bounds alone" + seed(seed));
            }
        }
    }

    /** Any split of the vectors into blocks, consecutive or gathered, gives the coefficients and the value of the whole. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void blocksAddUpToTheWhole(long seed) {
        RandomGenerator random = Draw.from(seed);
        PenaltyProbe probe = probe(point(seed, random), other(random));
        Coefficients whole = probe.majorize(probe.whole());
        Coefficients wholeAlone = probe.majorizeAlone(probe.whole());
        double[] shares = probe.shares(probe.whole());
        assertSame(whole, probe.majorize(pieces(probe, random)), "consecutive blocks", seed);
        assertSame(whole, probe.majorize(handfuls(probe, random)), "gathered blocks", seed);
        assertSame(wholeAlone, probe.majorizeAlone(handfuls(probe, random)), "gathered blocks, one colour moves", seed);
        assertSame(shares, probe.shares(pieces(probe, random)), "shares of consecutive blocks", seed);
        assertSame(shares, probe.shares(handfuls(probe, random)), "shares of gathered blocks", seed);
    }

    private static Surrogate[] pieces(PenaltyProbe probe, RandomGenerator random) {
        List<Surrogate> blocks = new ArrayList<>();
        for (int first = 0; first < probe.vectors(); ) {
            int count = 1 + random.nextInt(probe.vectors() - first);
            blocks.add(probe.consecutive(first, count));
            first += count;
        }
        return blocks.toArray(Surrogate[]::new);
    }

    private static Surrogate[] handfuls(PenaltyProbe probe, RandomGenerator random) {
        int groups = 1 + random.nextInt(4);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int j : probe.everyVector()) {
            members.computeIfAbsent(random.nextInt(groups), group -> new ArrayList<>())
                    .add(j);
        }
        return members.values().stream()
                .map(group -> probe.gathered(
                        group.stream().mapToInt(Integer::intValue).toArray()))
                .toArray(Surrogate[]::new);
    }
}
