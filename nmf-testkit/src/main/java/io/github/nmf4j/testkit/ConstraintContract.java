package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every constraint keeps; its test extends this and names the instance, placed on a factor, and the sizes to use it with.
 *
 * <p>Surrogates are random: quadratic, logarithmic, with powers, straight, dead, with vectors that have no data, with
 * coefficients over sixteen decades, and half of them with bounds of some other constraint besides. Minimizers are compared
 * with other points of the set, found without using the constraint's own minimization.
 */
public abstract class ConstraintContract extends MinimizerLaws {
    /** For tests that extend this. */
    protected ConstraintContract() {}

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

    /** Where a point is moved to does not depend on how the factor is cut into blocks. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void repairDoesNotDependOnBlocks(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < SURROGATES; round++) {
            RandomSurrogate surrogate = surrogate(random);
            double[][] h = surrogate.positive(random);
            double[][] whole = Arrays.stream(h).map(double[]::clone).toArray(double[][]::new);
            constraint().repair(surrogate.bounded(blockSize(vectors(), random), h));
            constraint().repair(surrogate.bounded(vectors(), whole));
            for (Group group : groups(rank(), vectors())) {
                double[] entries = group.of(h);
                double[] expected = group.of(whole);
                double largest = Arrays.stream(expected).max().orElseThrow();
                String place = "a repaired point must not depend on blocks" + where(seed, round);
                assertArrayEquals(expected, entries, 1e-12 * largest, place);
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
                    if (block.vector(j) == group.vectors()[i]) {
                        int c = group.components()[i];
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

    /** Where components may change places, a point of the set is still one after they have. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void componentsMayChangePlacesIfInterchangeable(long seed) {
        Constraint constraint = constraint();
        if (!constraint.interchangeable()) {
            return;
        }
        double[][] h = new double[rank()][vectors()];
        RandomGenerator random = Draw.from(seed);
        for (double[] row : h) {
            Arrays.setAll(row, j -> Draw.decades(random, -3, 3));
        }
        repairAlone(h);
        Collections.rotate(Arrays.asList(h), 1);
        double[][] exchanged = Arrays.stream(h).map(double[]::clone).toArray(double[][]::new);
        repairAlone(exchanged);
        for (int c = 0; c < rank(); c++) {
            for (int j = 0; j < vectors(); j++) {
                String place = "an exchange of components must not leave the set: h[" + c + ", " + j + "] (seed ";
                assertEquals(h[c][j], exchanged[c][j], 1e-12 * h[c][j], place + seed + ")");
            }
        }
    }

    private void repairAlone(double[][] h) {
        Surrogate block =
                new Surrogate(rank(), vectors(), 0, 1, constraint().floor().orElse(1e-14));
        block.begin(0, vectors());
        for (int c = 0; c < h.length; c++) {
            System.arraycopy(h[c], 0, block.at(c), 0, vectors());
        }
        constraint().bound(block);
        constraint().repair(new BlocksInMemory(List.of(block), h));
    }
}
