package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.SymmetricEigen;
import io.github.nmf4j.core.PortableBackend;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
    private final PortableBackend backend = new PortableBackend();

    /** Against the eigenproblem of the whole covariance; samples on a few directions of different lengths, and little noise. */
    @ParameterizedTest
    @CsvSource({"60, 40, 1", "40, 60, 2", "30, 3, 3", "3, 30, 4"})
    void agreesWithTheWholeCovariance(int n, int p, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix x = DenseMatrix.zeros(n, p);
        for (int direction = 0; direction < 3; direction++) {
            double[] along = random.doubles(p).toArray();
            double length = 9 >> direction;
            for (int i = 0; i < n; i++) {
                double score = length * random.nextDouble();
                for (int j = 0; j < p; j++) {
                    x.set(i, j, x.get(i, j) + score * along[j] + 0.01 * random.nextDouble());
                }
            }
        }
        PrincipalComponents found = PrincipalComponents.of(x, 2, backend, 7);
        SymmetricEigen whole = backend.eigen(covariance(x));
        double total = Arrays.stream(whole.values()).sum();
        for (int c = 0; c < 2; c++) {
            assertThat(found.explained()[c]).isCloseTo(whole.values()[c] / total, within(1e-9));
            double square = 0;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                square += found.scores().get(i, c) * found.scores().get(i, c);
                sum += found.scores().get(i, c);
            }
            assertThat(square).isCloseTo(whole.values()[c], within(1e-9 * total));
            assertThat(sum).isCloseTo(0, within(1e-9 * Math.sqrt(total)));
        }
    }

    private static DenseMatrix covariance(DenseMatrix x) {
        int p = x.columns();
        double[] mean = new double[p];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < p; j++) {
                mean[j] += x.get(i, j) / x.rows();
            }
        }
        DenseMatrix covariance = DenseMatrix.zeros(p, p);
        for (int i = 0; i < x.rows(); i++) {
            for (int a = 0; a < p; a++) {
                for (int b = 0; b < p; b++) {
                    covariance.set(a, b, covariance.get(a, b) + (x.get(i, a) - mean[a]) * (x.get(i, b) - mean[b]));
                }
            }
        }
        return covariance;
    }

    @ParameterizedTest
    @CsvSource({"0", "4"})
    void moreThanThereAreIsRefused(int count) {
        assertThatThrownBy(() -> PrincipalComponents.of(DenseMatrix.zeros(5, 3), count, backend, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("principal components must be at least 1 and at most 3: " + count);
    }
}
