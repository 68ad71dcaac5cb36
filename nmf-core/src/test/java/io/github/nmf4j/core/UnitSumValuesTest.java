package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.core.Tied.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Minimizers over a sum within bounds: worked out by hand, and of problems made from their solutions. */
class UnitSumValuesTest {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final int DRAWS = 3000;

    static List<Constraint> constraints() {
        return Tied.both();
    }

    private static Entry quadratic(double q, double l, double lo, double hi) {
        return new Entry(q, l, 0, lo, hi, 0.1);
    }

    private static Entry log(double c, double l, double lo, double hi) {
        return new Entry(0, l, c, lo, hi, 0.1);
    }

    private static void assertMinimizer(Tied group, double... expected) {
        for (Constraint constraint : Tied.both()) {
            assertThat(group.minimized(constraint)).as("%s", constraint).containsExactly(expected, within(1e-12));
        }
    }

    /** With equal slopes at their even shares, which is where the bracket ends. */
    @Test
    void levelEntriesShareEvenly() {
        assertMinimizer(new Tied(quadratic(2, 3, 0, NONE), quadratic(2, 3, 0, NONE)), 0.5, 0.5);
        assertMinimizer(
                new Tied(log(2, 3, 0, NONE), log(2, 3, 0, NONE), log(2, 3, 0, NONE)), 1 / 3.0, 1 / 3.0, 1 / 3.0);
        assertMinimizer(new Tied(quadratic(2, 3, 0.4, NONE), quadratic(2, 3, 0.4, NONE)), 0.5, 0.5);
        assertMinimizer(new Tied(log(2, 3, 0.4, NONE), log(2, 3, 0.4, NONE)), 0.5, 0.5);
        assertMinimizer(new Tied(log(2, 3, 0.4, 0.9), log(2, 3, 0.4, 0.9)), 0.5, 0.5);
        assertMinimizer(new Tied(quadratic(2, 3, 0.4, NONE), quadratic(1, 3.5, 0.4, NONE)), 0.5, 0.5);
        assertMinimizer(new Tied(log(2, 3, 0.4, NONE), log(1, 1, 0.4, NONE)), 0.5, 0.5);
        assertMinimizer(
                new Tied(quadratic(2, 3, 0.25, 0.25), log(2, 3, 0, NONE), log(2, 3, 0, NONE)), 0.25, 0.375, 0.375);
    }

    @Test
    void theStraightEntryOfLeastSlopeTakesAll() {
        assertMinimizer(new Tied(quadratic(0, 1.005, 0, NONE), quadratic(0, 1, 0, NONE)), 0, 1);
        assertMinimizer(new Tied(quadratic(0, 1, 0, NONE), quadratic(0, 1.005, 0, NONE)), 1, 0);
        assertMinimizer(new Tied(quadratic(0, -1, 0, NONE), quadratic(0, -1.005, 0, NONE)), 0, 1);
    }

    /** With φ′ = −½/h of the other at its ½, the straight entry is level with it there. */
    @Test
    void aStraightEntryTakesWhatTheOthersLeave() {
        assertMinimizer(new Tied(quadratic(0, -1, 0, 0.8), log(0.5, 0, 0, NONE)), 0.5, 0.5);
        assertMinimizer(
                new Tied(quadratic(0, -1, 0, 0.2), quadratic(0, -1, 0, 0.8), log(0.5, 0, 0, NONE)), 0.2, 0.3, 0.5);
        assertMinimizer(
                new Tied(log(0.5, 0, 0, NONE), quadratic(0, -1, 0.1, 0.8), quadratic(0, -0.995, 0.1, 0.8)),
                0.5,
                0.4,
                0.1);
    }

    /** In doubles, 0.03 + (0.3 − 0.03) is more than 0.3. */
    @ParameterizedTest
    @MethodSource("constraints")
    void noneIsFilledBeyondItsUpperBound(Constraint constraint) {
        Tied group = new Tied(quadratic(0, -1, 0.03, 0.3), quadratic(0, -1, 0, 0.8), log(0.5, 0, 0, NONE));
        double[] h = group.minimized(constraint);
        assertThat(h[0]).isEqualTo(0.3);
        assertThat(h).containsExactly(new double[] {0.3, 0.2, 0.5}, within(1e-15));
    }

    /** Their slopes rise by less than the last digit of the multiplier: the flattest takes all it can. */
    @Test
    void nearlyStraightEntriesTakeWhatTheOthersLeave() {
        assertMinimizer(new Tied(quadratic(1e-20, -1, 0, 0.8), log(0.5, 0, 0, NONE)), 0.5, 0.5);
        assertMinimizer(new Tied(log(1e-20, -1, 0, 0.8), log(0.5, 0, 0, NONE)), 0.5, 0.5);
        assertMinimizer(
                new Tied(quadratic(1e-20, -1, 0, 0.2), log(0.5, 0, 0, NONE), quadratic(2e-20, -1, 0, 0.8)),
                0.2,
                0.5,
                0.3);
        assertMinimizer(
                new Tied(quadratic(2e-20, -1, 0, 0.8), log(0.5, 0, 0, NONE), quadratic(1e-20, -1, 0, 0.2)),
                0.3,
                0.5,
                0.2);
        assertMinimizer(new Tied(log(0.5, 0, 0, NONE), log(1e-20, -1, 0.1, 0.8)), 0.5, 0.5);
    }

    /** The first two leave five thousandths, for which the slopes h − 1 and 1.1h − 1 are level at 11 to 10. */
    @Test
    void upperBoundsThatNearlyMakeTheSumLeaveTheRestToTheOthers() {
        for (double lo : new double[] {0, 0.2}) {
            assertMinimizer(
                    new Tied(
                            quadratic(1, -10, lo, 0.4975),
                            quadratic(1, -10, lo, 0.4975),
                            quadratic(1, -1, 0, NONE),
                            quadratic(1.1, -1, 0, NONE)),
                    0.4975,
                    0.4975,
                    0.005 * 11 / 21,
                    0.005 * 10 / 21);
        }
    }

    /** Of upper bounds that do make the sum nothing is left. */
    @Test
    void boundsThatLeaveOnePointGiveIt() {
        assertMinimizer(new Tied(quadratic(1, -1, 0, 0.25), log(1, -1, 0, 0.75)), 0.25, 0.75);
        assertMinimizer(new Tied(quadratic(1, -1, 0.25, NONE), log(1, -1, 0.75, NONE)), 0.25, 0.75);
    }

    /** φ′ = −ν in all free entries, more at lower bounds, less at upper ones; bounds that do not hold may be near. */
    @ParameterizedTest
    @MethodSource("constraints")
    void problemsMadeFromTheirSolutionsHaveThem(Constraint constraint) {
        SplittableRandom random = new SplittableRandom(6);
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] h = solution(2 + random.nextInt(5), random);
            double nu = random.nextDouble(-10, 10);
            boolean alike = random.nextBoolean();
            Entry[] entries = new Entry[h.length];
            for (int i = 0; i < h.length; i++) {
                entries[i] =
                        entry(h[i], nu, alike ? 2 + 0.02 * random.nextDouble() : random.nextDouble(0.5, 4), random);
            }
            entries[0] = new Entry(1, 1 / h[0] - h[0] - nu, 1, 0, NONE, h[0]);
            assertThat(new Tied(entries).minimized(constraint))
                    .as("%d: %s", draw, Arrays.toString(entries))
                    .containsExactly(h, within(1e-12));
        }
    }

    private static double[] solution(int n, SplittableRandom random) {
        boolean even = random.nextBoolean();
        double[] h = new double[n];
        Arrays.setAll(h, i -> even ? random.nextDouble(1, 1.02) : Math.pow(10, -2 * random.nextDouble()));
        double sum = Arrays.stream(h).sum();
        Arrays.setAll(h, i -> h[i] / sum);
        return h;
    }

    private static Entry entry(double h, double nu, double size, SplittableRandom random) {
        double q = random.nextInt(3) == 0 ? 0 : size;
        double k = q > 0 && random.nextBoolean() ? 0 : size;
        double l = k / h - q * h - nu;
        double push = random.nextDouble(0.1, 3);
        return switch (random.nextInt(8)) {
            case 0 -> new Entry(q, l + push, k, h, NONE, h);
            case 1 -> new Entry(q, l - push, k, 0, h, h);
            case 2 -> new Entry(q, l, k, 0.995 * h, NONE, h);
            case 3 -> new Entry(q, l, k, 0, 1.005 * h, h);
            case 4 -> new Entry(q, l, k, 0.5 * h, 2 * h, h);
            default -> new Entry(q, l, k, 0, NONE, h);
        };
    }
}
