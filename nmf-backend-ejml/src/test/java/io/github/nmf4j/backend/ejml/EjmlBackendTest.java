package io.github.nmf4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.testkit.BackendContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EjmlBackendTest extends BackendContract {
    @Override
    protected LinearAlgebraBackend backend() {
        return new EjmlBackend();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LinearAlgebraBackend.class))
                .singleElement()
                .isInstanceOf(EjmlBackend.class);
    }

    @Test
    void refusesWhatItCannotSolve() {
        DenseMatrix dependent = DenseMatrix.of(new double[][] {{1, 2, 3}, {2, 4, 1}, {3, 6, 0}, {1, 2, 7}});
        assertThatThrownBy(() -> backend().leastSquares(dependent, DenseMatrix.zeros(4, 1), DenseMatrix.zeros(3, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("linearly independent columns");
        DenseMatrix notANumber = DenseMatrix.wrap(2, 2, 1, 0, Double.NaN, 1);
        assertThatThrownBy(() -> backend().eigen(notANumber)).hasMessageContaining("a[1, 0] = NaN");
    }
}
