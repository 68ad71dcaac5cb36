package io.github.nmf4j.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupLassoTest extends RegularizerContract {
    @Override
    protected Regularizer regularizer() {
        return new GroupLasso(GroupLasso.Over.VECTORS, 0.2);
    }

    @Override
    protected Regularizer prototype() {
        return new GroupLasso();
    }

    private static final double[][] F = {{1, 2, 0.5}, {0.25, 1, 3}};

    /** With δ = 1, mpmath 1.2.1. */
    @Test
    void isTheSumOfNorms() {
        Regularizer vectors = new GroupLasso(GroupLasso.Over.VECTORS, 1);
        Regularizer components = new GroupLasso(GroupLasso.Over.COMPONENTS, 1);
        assertThat(Penalties.value(vectors, F)).isEqualTo(4.0871925231341096, within(1e-14));
        assertThat(Penalties.value(components, F)).isEqualTo(3.8260336739125177, within(1e-14));
        assertThat(Penalties.majorized(vectors, F).quadratic(1))
                .containsExactly(1 / Math.sqrt(2.0625), 1 / Math.sqrt(6), 1 / Math.sqrt(10.25));
        assertThat(Penalties.majorized(components, F).quadratic(0)).containsOnly(0.4); // 1/√(5.25 + 1)
    }

    @Nested
    class OverComponents extends RegularizerContract {
        @Override
        protected Regularizer regularizer() {
            return new GroupLasso(GroupLasso.Over.COMPONENTS, 0.2);
        }

        @Override
        protected Regularizer prototype() {
            return new GroupLasso();
        }
    }

    @Test
    void refusesWhatItCannotBe() {
        assertThatThrownBy(() -> new GroupLasso(GroupLasso.Over.VECTORS, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("group-lasso: delta and its square must be positive and finite: 0.0");
        assertThatThrownBy(() -> new GroupLasso().with(Arguments.NONE.and("over", "rows")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("group-lasso: over must be one of vectors, components: 'rows'");
    }
}
