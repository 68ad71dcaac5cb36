package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Steps that must end at the root at once: wrong ones find it too, only later. */
class MultipliersTest {
    private static final double SUM = 2;

    private final double[] value = new double[1];
    private final double[] high = {100};
    private final double[] total = new double[1];
    private final double[] slope = new double[1];
    private final Multipliers multipliers = new Multipliers(1, SUM, value, new double[1], high, total, slope);

    private void assertValue(double expected) {
        assertThat(value[0]).isCloseTo(expected, within(1e-14 * expected));
    }

    /** A straight piece 5 − ν/2. */
    private void straight() {
        total[0] = 5 - 0.5 * value[0];
        slope[0] = 0.5;
    }

    /** 6/(½ + ν), at ν = 1. */
    @Test
    void halleyIsExactForOneEntry() {
        value[0] = 1;
        total[0] = 4;
        slope[0] = 8 / 3.0;
        assertThat(multipliers.approach(new double[] {32 / 9.0})).isTrue();
        assertValue(2.5);
    }

    @Test
    void halleyIsExactForAStraightPiece() {
        straight();
        assertThat(multipliers.approach(new double[] {0})).isTrue();
        assertValue(6);
    }

    @Test
    void halleyGoesNoFurtherThanFourStepsOfNewton() {
        straight();
        assertThat(multipliers.approach(new double[] {1})).isTrue();
        assertValue(24);
    }

    /** 6/(½ + ν), at ν = 0. */
    @Test
    void newtonOfTheInverseIsExactForOneEntry() {
        total[0] = 12;
        slope[0] = 24;
        assertThat(multipliers.advance()).isTrue();
        assertValue(2.5);
    }

    @Test
    void newtonIsExactForAStraightPieceFromBeyondTheRoot() {
        value[0] = 9;
        straight();
        assertThat(multipliers.advance()).isTrue();
        assertValue(6);
    }

    @Test
    void newtonIsExactForAStraightPieceAfterThreeSteps() {
        for (int step = 0; step < 3; step++) {
            total[0] = SUM + 1e-3;
            slope[0] = 1;
            assertThat(multipliers.advance()).isTrue();
        }
        straight();
        assertThat(multipliers.advance()).isTrue();
        assertValue(6);
    }

    @Test
    void aStepBeyondTheBracketIsItsMiddle() {
        total[0] = 12;
        slope[0] = 0.1;
        assertThat(multipliers.advance()).isTrue();
        assertValue(50);
        assertThat(multipliers.advance()).isTrue();
        assertValue(75);
    }

    /** The first is 1e-13 from its sum: no more to gain, and what it does must not depend on the second, which is away. */
    @Test
    void multipliersThatAreThereAreHeldWhereTheyAre() {
        double[] values = new double[2];
        double[] totals = {SUM * (1 + 1e-13), 12};
        double[] slopes = {1e-12, 24};
        Multipliers two = new Multipliers(2, SUM, values, new double[2], new double[] {100, 100}, totals, slopes);
        values[0] = 7;
        values[1] = 9;
        assertThat(two.restart()).isTrue();
        assertThat(values).containsExactly(7, 0);
        assertThat(two.advance()).isTrue();
        assertThat(values[0]).isEqualTo(7);
        assertThat(values[1]).isCloseTo(2.5, within(1e-14));
        totals[0] = SUM * (1 - 1e-13);
        totals[1] = SUM;
        assertThat(two.advance()).isFalse();
        assertThat(values[0]).isEqualTo(7);
    }
}
