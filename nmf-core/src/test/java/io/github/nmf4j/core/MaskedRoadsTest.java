package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weighted and missing entries: roads that visit few entries agree with dense tiles that visit all. */
class MaskedRoadsTest {
    private static final int RANK = 4;
    private static final int ROWS = 60;
    private static final int COLUMNS = 300;
    private static final double ONE_SWEEP = 1e-12;

    private static final DenseMatrix W = EquivalenceTest.random(2, ROWS, RANK, 0, 0.1);
    private static final DenseMatrix H = EquivalenceTest.random(3, RANK, COLUMNS, 0, 0.1);

    /** Which entries a fit visits: null for all, by dense tiles. */
    private static final class Road implements Acceleration {
        private Entries entries;

        @Override
        public String name() {
            return "road";
        }

        @Override
        public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
            entries = problem.facts().entries();
            return new NoAcceleration().run(sweep, start, gate, problem);
        }
    }

    /** A matrix of no known kind is read in dense tiles. */
    private record Plain(Matrix of) implements Matrix {
        @Override
        public int rows() {
            return of.rows();
        }

        @Override
        public int columns() {
            return of.columns();
        }

        @Override
        public double get(int row, int column) {
            return of.get(row, column);
        }

        @Override
        public void read(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            of.read(row, column, rows, columns, into, offset, stride);
        }
    }

    private final Road road = new Road();

    private Factorization fit(Loss loss, String backend, Matrix x, Matrix weights, boolean missing, Matrix background) {
        Nmf.Builder builder = Nmf.builder()
                .solver("mm")
                .rank(RANK)
                .loss(loss)
                .backend(backend)
                .startW(W)
                .startH(H)
                .scaledBy(0.75)
                .acceleration(road)
                .stopWhen(StoppingRule.afterIterations(1));
        if (weights != null) {
            builder.weights(weights);
        }
        if (missing) {
            builder.missingNaN();
        }
        if (background != null) {
            builder.background(background);
        }
        return builder.build().fit(x);
    }

    private static void assertSame(Factorization found, Factorization expected) {
        EquivalenceTest.assertClose(found.w(), expected.w(), ONE_SWEEP);
        EquivalenceTest.assertClose(found.h(), expected.h(), ONE_SWEEP);
        for (int t = 0; t <= 1; t++) {
            double objective = expected.trace().rows().get(t).objective();
            assertThat(found.trace().rows().get(t).objective())
                    .isCloseTo(objective, within(1e-11 * Math.abs(objective)));
        }
    }

    /** Weights 0, 1 and others; of ten entries so many are not 1, and NaN stands where the weight is 0. */
    private static DenseMatrix weights(long seed, double share, double usual) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix weights = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < weights.data().length; e++) {
            boolean odd = random.nextDouble() < share;
            weights.data()[e] = odd ? new double[] {1 - usual, 0.3, 2.5}[random.nextInt(3)] : usual;
        }
        return weights;
    }

    private static DenseMatrix withNaN(DenseMatrix x, DenseMatrix weights) {
        DenseMatrix odd = x.copy();
        for (int e = 0; e < odd.data().length; e++) {
            odd.data()[e] = weights.data()[e] == 0 ? Double.NaN : odd.data()[e];
        }
        return odd;
    }

    static Stream<Arguments> cases() {
        return Stream.of("portable", "ejml")
                .flatMap(backend -> EquivalenceTest.losses()
                        .flatMap(loss -> Stream.of(false, true).map(known -> Arguments.of(loss, backend, known))));
    }

    private static Matrix background(boolean known) {
        return known ? EquivalenceTest.random(31, ROWS, 1, 0, 0.2) : null;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mostlyObservedSparseDataAgreeWithDense(Loss loss, String backend, boolean known) {
        boolean closed = loss.positive() == Loss.Positive.ONE || loss instanceof Euclidean && !known;
        DenseMatrix x = EquivalenceTest.random(4, ROWS, COLUMNS, loss.allowsZero() ? 0.95 : 0, 0.1);
        DenseMatrix weights = weights(5, 0.05, 1);
        Factorization dense = fit(loss, backend, new Plain(x), weights, false, background(known));
        assertThat(road.entries).isNull();
        Factorization sparse =
                fit(loss, backend, SparseMatrix.of(withNaN(x, weights)), weights, false, background(known));
        assertThat(road.entries != null).isEqualTo(closed);
        assertSame(sparse, dense);

        DenseMatrix mask = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < mask.data().length; e++) {
            mask.data()[e] = weights.data()[e] == 0 ? 0 : 1;
        }
        Factorization masked = fit(loss, backend, new Plain(x), mask, false, background(known));
        Factorization missing = fit(loss, backend, SparseMatrix.of(withNaN(x, mask)), null, true, background(known));
        assertThat(road.entries != null).isEqualTo(closed);
        assertSame(missing, masked);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mostlyMissingDataAgreeWithDenseTiles(Loss loss, String backend, boolean known) {
        DenseMatrix x = EquivalenceTest.random(6, ROWS, COLUMNS, loss.allowsZero() ? 0.3 : 0, 0.1);
        DenseMatrix weights = weights(7, 0.1, 0);
        DenseMatrix odd = withNaN(x, weights);
        Factorization dense = fit(loss, backend, new Plain(odd), weights, false, background(known));
        assertThat(road.entries).isNull();
        for (Matrix stored : new Matrix[] {odd, SparseMatrix.of(odd)}) {
            for (Matrix given : new Matrix[] {weights, SparseMatrix.of(weights)}) {
                assertSame(fit(loss, backend, stored, given, false, background(known)), dense);
                assertThat(road.entries.all()).isTrue();
            }
        }

        DenseMatrix mask = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int e = 0; e < mask.data().length; e++) {
            mask.data()[e] = weights.data()[e] == 0 ? 0 : 1;
        }
        Factorization masked = fit(loss, backend, new Plain(odd), mask, false, background(known));
        for (Matrix stored : new Matrix[] {odd, SparseMatrix.of(odd)}) {
            assertSame(fit(loss, backend, stored, null, true, background(known)), masked);
            assertThat(road.entries.all()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMaskOfOnesOnSparseDataIsNone(Loss loss, String backend, boolean known) {
        DenseMatrix x = EquivalenceTest.random(8, ROWS, COLUMNS, loss.allowsZero() ? 0.95 : 0, 0.1);
        DenseMatrix ones = weights(9, 0, 1);
        Factorization dense = fit(loss, backend, x, null, false, background(known));
        assertSame(fit(loss, backend, SparseMatrix.of(x), null, false, background(known)), dense);
        assertSame(fit(loss, backend, SparseMatrix.of(x), ones, false, background(known)), dense);
        assertSame(fit(loss, backend, SparseMatrix.of(x), SparseMatrix.of(ones), false, background(known)), dense);
    }

    /** What is not observed outweighs the rest by 1e14: taken away from a sum it would leave nothing but rounding. */
    @Test
    void aLargeShareThatIsMissingTakesNoDigits() {
        DenseMatrix x = EquivalenceTest.random(10, ROWS, COLUMNS, 0.95, 0.1);
        DenseMatrix w = W.copy();
        DenseMatrix weights = weights(11, 0, 1);
        for (int j = 0; j < COLUMNS; j += 10) {
            weights.set(3, j, 0);
        }
        for (int c = 0; c < RANK; c++) {
            w.set(3, c, 1e14 * w.get(3, c));
        }
        for (Loss loss : new Loss[] {new KullbackLeibler(), new Euclidean()}) {
            Factorization[] fits = new Factorization[2];
            for (int i = 0; i < 2; i++) {
                fits[i] = Nmf.builder()
                        .solver("mm")
                        .rank(RANK)
                        .loss(loss)
                        .backend("portable")
                        .startW(w)
                        .startH(H)
                        .hold(Factor.W)
                        .weights(weights)
                        .acceleration(road)
                        .stopWhen(StoppingRule.afterIterations(1))
                        .build()
                        .fit(i == 0 ? new Plain(x) : SparseMatrix.of(x));
            }
            assertThat(road.entries.all()).isFalse();
            for (int j = 0; j < COLUMNS; j += 10) {
                for (int c = 0; c < RANK; c++) {
                    double expected = fits[0].h().get(c, j);
                    assertThat(fits[1].h().get(c, j)).isCloseTo(expected, within(1e-12 * expected));
                }
            }
        }
    }
}
