package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of a {@link Regularizer}. The test of a penalty extends this, names an instance and adds known values.
 *
 * <p>A surrogate is only defined up to a constant, so it touches the penalty at the current point once the constant is
 * chosen to; what can fail is its slope there and its height elsewhere. Points are drawn from a seed, which every failure
 * names: of one size, over eight decades, with ties, and near zero.
 */
public abstract class RegularizerContract extends PenaltyStateLaws {
    /** For tests of penalties to extend. */
    protected RegularizerContract() {}

    /** Values and coefficients of {@code times} and {@code plus} are linear, also with one weight a component. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void timesAndPlusAreLinear(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        Regularizer penalty = regularizer();
        assertMultiple(penalty.times(2.5), new double[] {2.5, 2.5, 2.5}, at, other, seed);
        assertMultiple(penalty.times(0.0), new double[RANK], at, other, seed);
        assertMultiple(penalty.times(2.0).times(3.0), new double[] {6, 6, 6}, at, other, seed);
        assertMultiple(penalty.plus(penalty.times(2.0)), new double[] {3, 3, 3}, at, other, seed);
        assertMultiple(penalty.plus(penalty).times(0.5), new double[] {1, 1, 1}, at, other, seed);
        if (penalty.separatesComponents()) {
            assertMultiple(penalty.times(0.0, 0.3, 7.0), new double[] {0, 0.3, 7}, at, other, seed);
            assertMultiple(
                    penalty.plus(penalty.times(1.0, 2.0, 3.0)).times(2.0, 1.0, 0.5),
                    new double[] {4, 3, 2},
                    at,
                    other,
                    seed);
        } else {
            assertThrows(InvalidInputException.class, () -> penalty.times(0.0, 0.3, 7.0));
        }
    }

    private void assertMultiple(Regularizer multiple, double[] weight, double[][] at, FactorView other, long seed) {
        multiple.check(RANK, vectors());
        assertArrayEquals(
                regularizer().colours(vectors()).orElse(null),
                multiple.colours(vectors()).orElse(null),
                () -> "times and plus must keep the colouring" + seed(seed));
        PenaltyProbe plain = probe(at, other);
        PenaltyProbe probe = new PenaltyProbe(multiple, at, other);
        assertSame(
                scaled(plain.majorize(plain.whole()), weight), probe.majorize(probe.whole()), "times and plus", seed);
        assertSame(
                scaled(plain.majorizeAlone(plain.whole()), weight),
                probe.majorizeAlone(probe.whole()),
                "times and plus, one colour moves",
                seed);
        double[] shares = plain.shares(plain.whole());
        for (int c = 0; c < RANK; c++) {
            shares[c] *= weight[c];
        }
        assertSame(shares, probe.shares(probe.whole()), "shares of times and plus", seed);
    }

    /**
     * A penalty on both factors has one value, whichever side asks, and bounds itself in the half-step of the other factor
     * too, while the factor that it was given for holds still.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void theOtherFactorSeesTheSamePenalty(long seed) {
        if (regularizer().reads() != Regularizer.Reads.BOTH_FACTORS) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        double[][] given = point(seed + 1, random);
        double[][] at = point(seed, random);
        FactorView other = FactorView.of(DenseMatrix.of(given), null);
        Regularizer seen = new OtherSide(regularizer());
        double[] shares = whole(regularizer(), given, FactorView.of(DenseMatrix.of(at), null));
        double[] sharesSeen = whole(seen, at, other);
        assertSame(shares, sharesSeen, "shares, seen from the other factor", seed);
        slopes(seen, at, other, seed);
        for (Change change : Change.values()) {
            bounds(seen, at, moved(at, change, null, random), other, seed, "other factor, near, " + change);
        }
        for (int kind = 0; kind < 4; kind++) {
            bounds(seen, at, point(kind, random), other, seed, "other factor, far");
        }
        assertMultiple(regularizer().times(2.5), 2.5, at, other, seed);
        assertMultiple(regularizer().plus(regularizer().times(2.0)), 3, at, other, seed);
    }

    private static double[] whole(Regularizer penalty, double[][] at, FactorView other) {
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        return probe.shares(probe.whole());
    }

    private void assertMultiple(Regularizer multiple, double weight, double[][] at, FactorView other, long seed) {
        PenaltyProbe plain = new PenaltyProbe(new OtherSide(regularizer()), at, other);
        PenaltyProbe probe = new PenaltyProbe(new OtherSide(multiple), at, other);
        double[] weights = new double[RANK];
        Arrays.fill(weights, weight);
        assertSame(
                scaled(plain.majorize(plain.whole()), weights),
                probe.majorize(probe.whole()),
                "times and plus, seen from the other factor",
                seed);
    }

    private static Coefficients scaled(Coefficients of, double[] weight) {
        for (double[][] plane : of.planes()) {
            for (int c = 0; c < RANK; c++) {
                for (int j = 0; j < plane[c].length; j++) {
                    plane[c][j] *= weight[c];
                }
            }
        }
        return of;
    }

    /** The parameter {@code weight} is every penalty's, and comes from {@code times}. */
    @Test
    protected final void weightIsLeftToTimes() {
        Regularizer penalty = regularizer();
        assertTrue(
                penalty.parameters().stream()
                        .noneMatch(parameter -> parameter.name().equals("weight")),
                "a penalty must not declare 'weight': times gives it one");
        assertTrue(
                penalty.times(2.0).parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals("weight")),
                "times must give a penalty its weight");
    }

    /** Its arguments rebuild the penalty from its prototype, alone and multiplied. */
    @Test
    protected final void argumentsRebuildItFromThePrototype() {
        Regularizer penalty = regularizer();
        assertRebuilt(penalty, prototype());
        assertRebuilt(penalty.times(0.25), prototype().times(1.0));
        if (penalty.separatesComponents()) {
            assertRebuilt(penalty.times(0.0, 0.3, 7.0), prototype().times(1.0));
        }
    }

    private static void assertRebuilt(Regularizer penalty, Regularizer from) {
        Regularizer rebuilt = from.with(penalty.arguments());
        assertEquals(penalty, rebuilt, "arguments must rebuild the penalty");
        assertEquals(penalty.hashCode(), rebuilt.hashCode(), "equal penalties must have equal hash codes");
        assertEquals(penalty.arguments(), rebuilt.arguments(), "arguments must survive");
    }

    /** A factor that fits is accepted, and weights that cannot be are not. */
    @Test
    protected final void acceptsAFactorThatFitsAndRefusesImpossibleWeights() {
        regularizer().check(RANK, vectors());
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InvalidInputException.class, () -> regularizer().times(weight));
        }
        Regularizer two = regularizer().separatesComponents() ? regularizer().times(1.0, 2.0) : null;
        if (two != null) {
            assertThrows(InvalidInputException.class, () -> two.check(RANK, vectors()), "2 weights, 3 components");
        }
    }
}
