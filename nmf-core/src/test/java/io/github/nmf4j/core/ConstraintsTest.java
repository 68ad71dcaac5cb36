package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.ConstraintContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every built-in constraint keeps the laws, on both factors where that makes a difference. */
@Tag("slow")
class ConstraintsTest {
    private static final double[] HALVES = {0.5, 0.5, 0.5, 0.5};

    /** What an entry may be, lower and upper, after each constraint in turn has bound it. */
    private static double[] range(Constraint... constraints) {
        Surrogate block = new Surrogate(1, 1, 0, 1, 1e-14);
        block.begin(0, 1);
        for (Constraint constraint : constraints) {
            constraint.bound(block);
        }
        return new double[] {block.lower(0, 0), block.upper(0, 0)};
    }

    private static Factorization fit(Constraint box, Constraint unit) {
        Nmf fit = Nmf.builder().rank(2).constrainH(box, unit).build();
        return fit.fit(DenseMatrix.of(new double[][] {{1, 2}, {2, 1}, {3, 5}}));
    }

    private static void assertRefused(Constraint box, Constraint unit, String why) {
        assertThatThrownBy(() -> fit(box, unit))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(why);
    }

    @Test
    void boundsThatLeaveNoSumAreRefusedByTheirSums() {
        assertRefused(new Box(0.5025, 1), new UnitColumns(), "vector 0 has at least 1.005");
        assertRefused(new Box(0, 0.4975), new UnitColumns(), "vector 0 has at most 0.995");
        assertRefused(new Box(0.5025, 1), new UnitRows(), "component 0 has at least 1.005");
        assertRefused(new Box(0, 0.4975), new UnitRows(), "component 0 has at most 0.995");
    }

    @Test
    void boundsThatLeaveOnePointAreNotRefused() {
        for (Constraint unit : List.of(new UnitColumns(), new UnitRows())) {
            assertThat(fit(new Box(0, 0.5), unit).h().toDense().data()).containsExactly(HALVES, within(1e-15));
            assertThat(fit(new Box(0.5, 1), unit).h().toDense().data()).containsExactly(HALVES, within(1e-15));
        }
    }

    private static Constraint held(double value) {
        return new FixedEntries(DenseMatrix.of(new double[][] {{value}})).on(Factor.H);
    }

    @Test
    void boundsAreThoseGiven() {
        assertThat(new Floor(1e-3).floor()).hasValue(1e-3);
        assertThat(new Floor(1e-100).floor()).hasValue(1e-100);
        assertThat(range(new Box(0.1, 0.6))).containsExactly(0.1, 0.6);
        assertThat(range(new Box(0.2, 0.5), new Box(0.1, 0.6))).containsExactly(0.2, 0.5);
        assertThat(range(held(0.25))).containsExactly(0.25, 0.25);
        assertThat(range(held(-1), held(0.25), held(Double.NaN))).containsExactly(0.25, 0.25);
        assertThat(range(held(0))).containsExactly(0, 0);
        // Nothing is left: the fit refuses it, which it can tell from these.
        assertThat(range(new Box(0.3, 0.6), held(0.25))).containsExactly(0.3, 0.25);
        assertThat(range(new Box(0.1, 0.2), held(0.25))).containsExactly(0.25, 0.2);
    }

    @Nested
    class FloorLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new Floor(1e-3);
        }
    }

    @Nested
    class BoxLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new Box(0.1, 0.6);
        }
    }

    @Nested
    class FixedEntriesLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            DenseMatrix values = DenseMatrix.zeros(rank(), vectors());
            values.fill(Double.NaN);
            for (int j = 0; j < vectors(); j += 3) {
                values.set(j % rank(), j, 0.25 * (j % 5));
            }
            return new FixedEntries(values).on(Factor.H);
        }
    }

    @Nested
    class UnitColumnsOfHLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new UnitColumns().on(Factor.H);
        }

        @Override
        protected Constraint extension() {
            return new UnitColumns();
        }

        @Override
        protected double total() {
            return 1;
        }
    }

    @Nested
    class UnitColumnsOfWLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new UnitColumns().on(Factor.W);
        }

        @Override
        protected Constraint extension() {
            return new UnitColumns();
        }

        @Override
        protected double total() {
            return 1;
        }
    }

    @Nested
    class UnitRowsOfHLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new UnitRows().on(Factor.H);
        }

        @Override
        protected Constraint extension() {
            return new UnitRows();
        }

        @Override
        protected double total() {
            return 1;
        }
    }

    @Nested
    class UnitRowsOfWLaws extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return new UnitRows().on(Factor.W);
        }

        @Override
        protected Constraint extension() {
            return new UnitRows();
        }

        @Override
        protected double total() {
            return 1;
        }
    }
}
