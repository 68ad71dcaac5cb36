package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.core.Tied.Entry;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where starts and extrapolated points are moved to: worked out by hand, and by bisection. */
class UnitSumRepairTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    static java.util.List<Constraint> constraints() {
        return Tied.both();
    }

    private static void assertRepaired(Tied group, double... expected) {
        for (Constraint constraint : Tied.both()) {
            assertThat(group.repaired(constraint)).as("%s", constraint).containsExactly(expected, within(1e-15));
        }
    }

    private static void assertStays(double... values) {
        Tied group = new Tied(
                Arrays.stream(values).mapToObj(h -> Entry.between(0, NONE, h)).toArray(Entry[]::new));
        for (Constraint constraint : Tied.both()) {
            assertThat(group.repaired(constraint)).as("%s", constraint).containsExactly(values);
        }
    }

    @Test
    void whatLiesAboveLowerBoundsIsScaled() {
        assertRepaired(new Tied(Entry.between(0.1, NONE, 0.2), Entry.between(0.1, NONE, 0.5)), 0.26, 0.74);
        assertRepaired(new Tied(Entry.between(0.1, NONE, 2.1), Entry.between(0.5, NONE, 6.5)), 0.2, 0.8);
        assertRepaired(
                new Tied(Entry.between(0.1, NONE, 0.05), Entry.between(0.2, NONE, 0.5), Entry.between(0.3, NONE, 0.4)),
                0.1,
                0.5,
                0.4);
    }

    /** At t = 2 the second is cut off at 0.3, at t = 4 the third at 0.4; the first is left with 0.3. */
    @Test
    void upperBoundsCutOffAndTheOthersAreScaledOn() {
        assertRepaired(
                new Tied(Entry.between(0, NONE, 0.05), Entry.between(0, 0.3, 0.35), Entry.between(0, 0.4, 0.1)),
                0.3,
                0.3,
                0.4);
        assertRepaired(new Tied(Entry.between(0, 1, 0.1), Entry.between(0.25, 0.25, 7)), 0.75, 0.25);
    }

    @Test
    void whatScalingCannotReachIsSharedAlike() {
        assertRepaired(
                new Tied(Entry.between(0.1, NONE, 0.05), Entry.between(0.2, NONE, 0.05), Entry.between(0, 0.3, 0.5)),
                0.3,
                0.4,
                0.3);
        assertRepaired(
                new Tied(Entry.between(0.1, NONE, 0.05), Entry.between(0.2, 0.35, 0.05), Entry.between(0, 0.3, 0.5)),
                0.35,
                0.35,
                0.3);
        assertRepaired(new Tied(Entry.between(0, NONE, 1e-320), Entry.between(0, 0.25, 1e-320)), 0.75, 0.25);
    }

    @Test
    void pointsWhoseSumIsRightWithinTheirBoundsMoveNoFurther() {
        assertRepaired(new Tied(Entry.between(0, 0.25, 0.5), Entry.between(0, NONE, 0.75)), 0.25, 0.75);
        assertRepaired(new Tied(Entry.between(0.25, NONE, 0.1), Entry.between(0, NONE, 0.75)), 0.25, 0.75);
    }

    /** Once the first is within its bounds the sum is 0.998: near, and not there. */
    @Test
    void sumsAreTakenWithinTheBounds() {
        assertRepaired(new Tied(Entry.between(0.2, NONE, 0.1), Entry.between(0, NONE, 0.798)), 0.2, 0.8);
        assertRepaired(new Tied(Entry.between(0, 0.2, 0.3), Entry.between(0, NONE, 0.798)), 0.2, 0.8);
    }

    @Test
    void boundsThatLeaveOnePointGiveIt() {
        assertRepaired(new Tied(Entry.between(0.25, NONE, 3), Entry.between(0.75, NONE, 4)), 0.25, 0.75);
        assertRepaired(new Tied(Entry.between(0, 0.25, 3), Entry.between(0, 0.75, 0.01)), 0.25, 0.75);
    }

    /** The last sums to 1 + 6e-15, which is rounding; half a per cent is not. */
    @Test
    void pointsOfTheSetStayBitForBit() {
        assertStays(0.1, 0.2, 0.3, 0.4);
        assertStays(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
        assertStays(1 / 3.0, 0.5, 1 - 1 / 3.0 - 0.5 + 6e-15);
        assertRepaired(new Tied(Entry.between(0, NONE, 0.201), Entry.between(0, NONE, 0.804)), 0.2, 0.8);
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void repairedPointsAreThoseThatBisectionFinds(Constraint constraint) {
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < 500; draw++) {
            Entry[] entries = new Entry[1 + random.nextInt(8)];
            double room = 0.9;
            for (int i = 0; i < entries.length; i++) {
                double lo = random.nextBoolean() ? 0 : room * random.nextDouble();
                room -= lo;
                double hi = i == 0 || random.nextInt(3) == 0 ? NONE : lo + Math.pow(10, -3 * random.nextDouble());
                double at = random.nextInt(4) == 0 ? 0.9 * lo : lo + Math.pow(10, 4 * random.nextDouble() - 3);
                entries[i] = Entry.between(lo, hi, at);
            }
            assertThat(new Tied(entries).repaired(constraint))
                    .as("%d: %s", draw, Arrays.toString(entries))
                    .containsExactly(bisected(entries), within(1e-12));
        }
    }

    /** The least t, and if none will do the least s, of min(lo + t·(h − lo)⁺ + s, hi). */
    private static double[] bisected(Entry... entries) {
        double t = least(1e8, number -> sum(entries, number, 0));
        double s = sum(entries, t, 0) >= 1 - 1e-12 ? 0 : least(2, number -> sum(entries, t, number));
        return Arrays.stream(entries).mapToDouble(e -> moved(e, t, s)).toArray();
    }

    private static double least(double most, DoubleUnaryOperator total) {
        double low = 0;
        double high = most;
        for (int halving = 0; halving < 200; halving++) {
            double middle = 0.5 * (low + high);
            if (total.applyAsDouble(middle) < 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double sum(Entry[] entries, double t, double s) {
        return Arrays.stream(entries).mapToDouble(e -> moved(e, t, s)).sum();
    }

    private static double moved(Entry e, double t, double s) {
        return Math.min(e.lo() + t * Math.max(0, e.at() - e.lo()) + s, e.hi());
    }
}
