package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Laplacian;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A message states the rule, the value and its place; and what is odd but valid gives finite factors. */
class BadInputTest {
    private static DenseMatrix x() {
        return DenseMatrix.of(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    }

    private static DenseMatrix x(double odd) {
        DenseMatrix x = x();
        x.set(1, 2, odd);
        return x;
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    private static Nmf.Builder rank2() {
        return Nmf.builder().rank(2);
    }

    @Test
    void dataMustBeFiniteAndNonNegative() {
        for (Matrix x : List.of(x(-0.25), SparseMatrix.of(x(-0.25)))) {
            refused(() -> rank2().build().fit(x), "x must be finite and non-negative: x[1, 2] = -0.25");
        }
        refused(
                () -> rank2().build().fit(x(Double.NaN)),
                "x must be finite and non-negative: x[1, 2] = NaN; NaN can be declared missing");
        refused(
                () -> rank2().missingNaN().build().fit(x(Double.POSITIVE_INFINITY)),
                "x must be finite and non-negative: x[1, 2] = Infinity");
        refused(
                () -> rank2().build().fit(DenseMatrix.zeros(0, 3)),
                "x must have at least one row and one column: 0 x 3");
    }

    @Test
    void itakuraSaitoNeedsPositiveData() {
        for (Matrix x : List.of(x(0), SparseMatrix.of(x(0)))) {
            refused(
                    () -> rank2().loss("itakura-saito").build().fit(x),
                    "itakura-saito needs strictly positive data: x[1, 2] = 0.0; use kullback-leibler, or add a floor to x");
        }
    }

    @Test
    void oddsNeedDataUpToOneAsTheyAre() {
        for (Matrix x : List.of(x(0), SparseMatrix.of(x(0)))) {
            refused(
                    () -> rank2().loss("bernoulli-odds").build().fit(x),
                    "bernoulli-odds needs data from 0.0 to 1.0: x[0, 1] = 2.0");
        }
        refused(
                () -> rank2().loss("bernoulli-odds").normalized().build().fit(x(0)),
                "bernoulli-odds needs data as they are, from 0.0 to 1.0: they were to be normalized");
        refused(
                () -> rank2().loss("bernoulli-odds").scaledBy(0.1).build().fit(x(0)),
                "bernoulli-odds needs data as they are, from 0.0 to 1.0: they were to be multiplied by 0.1");
    }

    @Test
    void negativeAlphaNeedsPositiveData() {
        refused(
                () -> rank2().loss(new AlphaDivergence(-1)).build().fit(x(0)),
                "alpha needs strictly positive data: x[1, 2] = 0.0; use kullback-leibler, or add a floor to x");
    }

    @Test
    void ranksSizesAndNumbersHaveRanges() {
        refused(() -> Nmf.builder().rank(0), "rank must be at least 1: 0");
        refused(() -> Nmf.builder().build(), "rank must be given");
        refused(() -> rank2().rank(3), "rank must be set once");
        refused(() -> rank2().threads(0), "threads must be at least 1: 0");
        refused(() -> StoppingRule.relativeDecreaseBelow(-1), "tolerance must be at least 0 and below 1: -1.0");
        refused(() -> StoppingRule.afterIterations(-1), "the number of iterations must be at least 0: -1");
        refused(
                () -> rank2().stopWhen(StoppingRule.relativeDecreaseBelow(0)),
                "a stopping rule needs a tolerance, a number of iterations or a time limit: it has none");
        refused(() -> rank2().scaledBy(0), "the scale must be finite and above 0: 0.0");
        assertThatThrownBy(() -> Nmf.builder().rank(Integer.MAX_VALUE).build().fit(x()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("factors must fit in memory: rank 2147483647 for 2 x 3 needs");
    }

    /** A matrix of two rows that says what it takes of the heap. */
    private record Weighing(long heapBytes) implements Matrix {
        @Override
        public int rows() {
            return 2;
        }

        @Override
        public int columns() {
            return 3;
        }

        @Override
        public double get(int row, int column) {
            return 1;
        }

        @Override
        public void read(int row, int column, int rows, int columns, double[] into, int offset, int stride) {
            x().read(row, column, rows, columns, into, offset, stride);
        }
    }

    @Test
    void factorsMustFitBesideTheData() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThatThrownBy(() -> rank2().build().fit(new Weighing(heap)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("factors must fit in memory: rank 2 for 2 x 3 needs 0.0 MB, and the data ");
        assertThatThrownBy(() -> rank2().weights(new Weighing(heap)).build().fit(x()))
                .hasMessageStartingWith("factors must fit in memory: rank 2 for 2 x 3 needs 0.0 MB, and the data ");
        assertThatThrownBy(() -> rank2().background(new Weighing(heap)).build().fit(x()))
                .hasMessageStartingWith("factors must fit in memory: rank 2 for 2 x 3 needs 0.0 MB, and the data ");
        assertThat(rank2().build().fit(new Weighing(0)).iterations()).isPositive();
    }

    @Test
    void placesAreNamedInMatricesOfManyTiles() {
        DenseMatrix x = DenseMatrix.zeros(40, 2100);
        x.fill(1.0);
        x.set(37, 2055, -3);
        refused(() -> rank2().build().fit(x), "x must be finite and non-negative: x[37, 2055] = -3.0");
    }

    @Test
    void shapesMustFit() {
        refused(
                () -> rank2().startW(DenseMatrix.zeros(2, 3)).build().fit(x()),
                "initial w must be 2 x 2 (rows of x, or columns of the dictionary, by rank): 2 x 3");
        refused(
                () -> rank2().startH(DenseMatrix.zeros(3, 2)).build().fit(x()),
                "initial h must be 2 x 3 (rank by columns of x): 3 x 2");
        refused(
                () -> rank2().startH(DenseMatrix.of(new double[] {1, 1, 1}, new double[] {1, -2, 1}))
                        .build()
                        .fit(x()),
                "initial h must be finite and non-negative: h[1, 1] = -2.0");
        refused(
                () -> rank2().weights(DenseMatrix.zeros(3, 2)).build().fit(x()),
                "weights must be 2 x 3 as x is: 3 x 2");
        refused(
                () -> rank2().weights(x(-1)).build().fit(x()),
                "weights must be finite and non-negative: weights[1, 2] = -1.0");
        refused(
                () -> rank2().background(DenseMatrix.zeros(2, 2)).build().fit(x()),
                "background must be 2 x 3 as x is: 2 x 2");
        refused(
                () -> rank2().dictionary(DenseMatrix.zeros(3, 2)).build().fit(x()),
                "the dictionary must have as many rows as x, 2: 3 x 2");
        refused(
                () -> rank2().constrainH(new FixedEntries(DenseMatrix.zeros(3, 2)))
                        .build()
                        .fit(x()),
                "h:fixed: values must be 2 x 3 as the factor is: 3 x 2");
        assertThatThrownBy(() -> rank2().penalizeH(new Laplacian(new Shape(5, 5)))
                        .build()
                        .fit(x()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("5x5")
                .hasMessageContaining("3");
        refused(
                () -> rank2().penalizeH(new L1().times(1, 2, 3)).build().fit(x()),
                "h:l1: weight needs one number or one a component, 2: 3 numbers");
    }

    @Test
    void constraintsMustLeaveSomething() {
        refused(
                () -> rank2().constrainH(new UnitColumns(), new UnitRows())
                        .build()
                        .fit(x()),
                "at most one constraint of a factor may tie entries together: H has unit-columns and unit-rows");
        refused(
                () -> rank2().constrainH(new UnitColumns(), new Floor(0.6))
                        .build()
                        .fit(x()),
                "unit-columns: lower bounds and fixed entries must leave room for a sum of 1.0: vector 0 has at least 1.2");
        refused(
                () -> rank2().constrainW(new UnitColumns(), new Box(0, 0.3))
                        .build()
                        .fit(x()),
                "unit-columns: upper bounds and fixed entries must allow a sum of 1.0: component 0 has at most 0.6");
        refused(
                () -> rank2().constrainW(new UnitColumns())
                        .constrainH(new UnitRows())
                        .normalized()
                        .build(),
                "normalising needs a factor to undo it on: entries of both W and H are tied to a sum");
        DenseMatrix fixed = DenseMatrix.of(new double[] {0.5, Double.NaN, -1}, new double[] {-1, -1, -1});
        refused(
                () -> rank2().constrainH(new FixedEntries(fixed), new Box(1, 2))
                        .build()
                        .fit(x()),
                "bounds of H must leave a value for each entry: component 0, vector 0 must be at least 1.0 and at most 0.5");
        refused(
                () -> new FixedEntries(DenseMatrix.of(new double[] {-2})),
                "fixed: values must be finite and non-negative, or NaN or -1 where free: values[0, 0] = -2.0");
        refused(() -> new Floor(0), "floor: epsilon must be finite and at least 1.0E-100: 0.0");
        refused(() -> new Box(2, 1), "box: upper must be above 0 and at least lower: lower = 2.0, upper = 1.0");
        refused(() -> rank2().hold(Factor.W).build(), "a factor that is held must be given");
    }

    @Test
    void aModelHeldAtZeroMustNotMeetData() {
        DenseMatrix g = DenseMatrix.of(new double[] {1, 2}, new double[] {0, 0});
        refused(
                () -> rank2().dictionary(g).build().fit(x()),
                "kullback-leibler needs a model above 0 where x is: x[1, 0] = 4.0, but row 1 of the dictionary is zero");
        DenseMatrix zeros = DenseMatrix.of(new double[] {0, 1, 1}, new double[] {0, 1, 1});
        refused(
                () -> rank2().constrainH(new FixedEntries(zeros)).build().fit(x()),
                "kullback-leibler needs a model above 0 where x is: x[0, 0] = 1.0, but the entries of H that could raise it"
                        + " are held at 0");
        assertFinite(rank2().loss("euclidean").dictionary(g).build().fit(x()));
        DenseMatrix noCounts = DenseMatrix.of(new double[] {1, 2, 3}, new double[] {0, 0, 0});
        assertFinite(rank2().dictionary(g).build().fit(noCounts));
    }

    @Test
    void namesMustExist() {
        assertThatThrownBy(() -> rank2().loss("kulback-leibler"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "no Loss is named 'kulback-leibler'; found: alpha, bernoulli-odds, beta, cauchy, euclidean, hellinger, huber, itakura-saito, kullback-leibler, negative-binomial");
        assertThatThrownBy(() -> rank2().backend("mkl"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("no LinearAlgebraBackend is named 'mkl'; found: ");
        assertThat(Plugins.load().find(io.github.nmf4j.api.Loss.class, "kl")).isEqualTo(new KullbackLeibler());
    }

    private static void assertFinite(Factorization fit) {
        for (Matrix factor : List.of(fit.w(), fit.h())) {
            for (double value : factor.toDense().data()) {
                assertThat(value).isFinite().isNotNegative();
            }
        }
        assertThat(fit.objective()).isNotNaN();
    }

    @Test
    void oddShapesGiveFiniteFactors() {
        DenseMatrix empty = x();
        empty.fill(0);
        DenseMatrix withEmptyLines =
                DenseMatrix.of(new double[] {0, 2, 3, 0}, new double[] {0, 0, 0, 0}, new double[] {0, 5, 0, 1});
        DenseMatrix oneRow = DenseMatrix.of(new double[] {1, 0, 3});
        DenseMatrix tiny = DenseMatrix.of(new double[] {1e-310, 4e-320}, new double[] {0, 1e-300});
        DenseMatrix huge = DenseMatrix.of(new double[] {1e150, 4e150}, new double[] {0, 1e149});
        for (String loss : List.of("kl", "frobenius", "beta")) {
            for (DenseMatrix x : List.of(empty, withEmptyLines, oneRow, oneRow.transposed(), tiny, huge)) {
                for (String start : StartsTest.ALL) {
                    for (int rank : new int[] {1, 2, 7}) {
                        for (Matrix stored : List.of(x, SparseMatrix.of(x))) {
                            assertFinite(Nmf.builder()
                                    .rank(rank)
                                    .loss(loss)
                                    .start(start)
                                    .stopWhen(StoppingRule.afterIterations(5))
                                    .build()
                                    .fit(stored));
                        }
                    }
                }
            }
        }
        refused(
                () -> rank2().normalized().build().fit(empty),
                "normalising needs data whose sum is above 0: the sum of x is 0.0");
    }
}
