package io.github.nmf4j.core;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.testkit.ConstraintContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Every built-in constraint keeps the laws, on both factors where that makes a difference. */
@Tag("slow")
class ConstraintsTest {
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
