package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Tile;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks beyond those of the contract, up to one of which a span is a single group; every count of entries up to nineteen. */
class VectorSparsePassTest {
    /** N = x/y, P = x·y; P is written where nobody asks for it, too. */
    private static final class Step implements SpanStep {
        private final Kind kind;
        private double logarithms;

        Step(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public void logarithms(double sum) {
            logarithms += sum;
        }

        @Override
        public void dense(
                int fixed, int moving, Along along, int n, double[] x, double[] y, double[] negative, double[] p) {
            throw new AssertionError("the tile is sparse");
        }

        @Override
        public void sparse(
                int moving, int[] fixed, int from, int n, double[] x, double[] y, double[] negative, double[] p) {
            for (int i = 0; i < n; i++) {
                negative[i] = x[i] / y[i];
                p[i] = x[i] * y[i];
            }
        }
    }

    /** Ranks that fill one, two, three and more registers of either width, and that do not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 8, 10, 12, 16, 20, 24, 25, 41, 50, 333, 5000})
    void everyKindSumsWhatItSaysAtAnyRank(int rank) {
        DenseMatrix x = DenseMatrix.zeros(20, 20);
        SplittableRandom random = new SplittableRandom(rank);
        for (int j = 0; j < 20; j++) {
            for (int i = 0; i < j; i++) {
                x.set(j, 19 - i, 1 + random.nextInt(9));
            }
        }
        assertSums(x, rank);
    }

    /** The second row ends with the array of stored entries, and neither with a group. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12, 16, 24, 30, 50})
    void vectorsOfMoreThanOneSpanAreSummedToTheirEnd(int rank) {
        DenseMatrix x = DenseMatrix.zeros(2, 1100);
        SplittableRandom random = new SplittableRandom(rank);
        for (int i = 0; i < 1031; i++) {
            x.set(0, i, 1 + random.nextInt(9));
            x.set(1, 1099 - i, 1 + random.nextInt(9));
        }
        assertSums(x, rank);
    }

    /** Every kind, against loops over all entries. */
    private static void assertSums(DenseMatrix x, int rank) {
        assumeThat(Lanes.bits()).isBetween(Lanes.LEAST_BITS, Lanes.MOST_BITS);
        SplittableRandom random = new SplittableRandom(rank);
        DenseMatrix fixed = positive(rank, x.columns(), random);
        DenseMatrix moving = positive(rank, x.rows(), random);
        VectorSparsePass.Buffers buffers = new VectorSparsePass.Buffers(rank); // kinds leave each other's numbers in it
        for (SpanStep.Kind kind : SpanStep.Kind.values()) {
            DenseMatrix negative = DenseMatrix.zeros(rank, x.rows());
            DenseMatrix positive = DenseMatrix.zeros(rank, x.rows());
            Step step = new Step(kind);
            VectorSparsePass.tile(
                    new Tile.Sparse(SparseMatrix.of(x), 0, x.rows()),
                    VectorSparsePass.pack(fixed, null),
                    moving,
                    step,
                    negative,
                    kind == SpanStep.Kind.BOTH ? positive : null,
                    buffers);
            double logarithms = 0;
            double terms = 0;
            for (int j = 0; j < x.rows(); j++) {
                double[] n = new double[rank];
                double[] p = new double[rank];
                for (int i = 0; i < x.columns(); i++) {
                    double y = 0;
                    for (int c = 0; c < rank; c++) {
                        y += fixed.get(c, i) * moving.get(c, j);
                    }
                    double term = x.get(j, i) * Math.log(y);
                    logarithms += term;
                    terms += Math.abs(term) + x.get(j, i); // an error of y is one of its logarithm
                    for (int c = 0; c < rank; c++) {
                        n[c] += fixed.get(c, i) * (kind == SpanStep.Kind.DATA ? x.get(j, i) : x.get(j, i) / y);
                        p[c] += fixed.get(c, i) * (kind == SpanStep.Kind.BOTH ? x.get(j, i) * y : 0);
                    }
                }
                assertColumn(kind + ", N", negative, j, n, x.columns());
                assertColumn(kind + ", P", positive, j, p, x.columns());
            }
            double expected = kind == SpanStep.Kind.RATIO_AND_LOG ? logarithms : 0;
            assertThat(step.logarithms)
                    .as("%s, rank %d", kind, rank)
                    .isCloseTo(expected, within(3e-16 * (rank + x.rows() * x.columns()) * terms));
        }
    }

    /** No term is negative: relative errors of the sums over components and over entries add. */
    private static void assertColumn(String what, DenseMatrix sum, int j, double[] expected, int entries) {
        int rank = expected.length;
        for (int c = 0; c < rank; c++) {
            assertThat(sum.get(c, j))
                    .as("%s, rank %d, [%d, %d]", what, rank, c, j)
                    .isCloseTo(expected[c], within(3e-16 * (rank + entries) * expected[c]));
        }
    }

    private static DenseMatrix positive(int rank, int vectors, SplittableRandom random) {
        DenseMatrix factor = DenseMatrix.zeros(rank, vectors);
        for (int c = 0; c < rank; c++) {
            for (int i = 0; i < vectors; i++) {
                factor.set(c, i, 0.1 + random.nextDouble());
            }
        }
        return factor;
    }
}
