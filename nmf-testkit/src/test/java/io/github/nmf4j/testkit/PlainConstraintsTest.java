package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Surrogate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract lets correct constraints of every kind pass. */
@Tag("slow")
class PlainConstraintsTest {
    private static final Constraint NON_NEGATIVE = () -> "plain-floor";
    private static final Constraint BOX = new PlainBox();
    private static final Constraint VECTORS_SUM_TO_ONE = new PlainSimplex(Constraint.Ties.COMPONENTS);
    private static final Constraint COMPONENTS_SUM_TO_ONE = new PlainSimplex(Constraint.Ties.VECTORS);

    /** Every other vector lies in [0.1, 0.7], and one entry is held at 0. */
    static final class PlainBox implements Constraint {
        @Override
        public String name() {
            return "plain-box";
        }

        @Override
        public boolean interchangeable() {
            return false;
        }

        @Override
        public void bound(Surrogate block) {
            for (int c = 0; c < block.rank(); c++) {
                for (int j = 0; j < block.count(); j++) {
                    if (block.vector(j) % 2 == 0) {
                        block.lower(c)[j] = Math.max(block.lower(c)[j], 0.1);
                        block.upper(c)[j] = Math.min(block.upper(c)[j], 0.7);
                    }
                    if (c == 0 && block.vector(j) == 3) {
                        block.lower(c)[j] = 0;
                        block.upper(c)[j] = 0;
                    }
                }
            }
        }
    }

    @Nested
    class Floor extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return NON_NEGATIVE;
        }
    }

    @Nested
    class Box extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return BOX;
        }
    }

    @Nested
    class VectorsSumToOne extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return VECTORS_SUM_TO_ONE;
        }
    }

    @Nested
    class ComponentsSumToOne extends ConstraintContract {
        @Override
        protected Constraint constraint() {
            return COMPONENTS_SUM_TO_ONE;
        }
    }
}
