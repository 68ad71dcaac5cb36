package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Tile;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks beyond those of the contract, up to one of which a span is a single group; every count of entries up to twenty. */
class VectorSparsePassTest {
    private static final int MOVING = 20;

    private record Ratio(Kind kind) implements SpanStep {
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
            }
        }
    }

    /** Fused or not, Σ F·x/y. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10, 50, 333, 5000})
    void ratiosAreSummedAtAnyRank(int rank) {
        SplittableRandom random = new SplittableRandom(rank);
        DenseMatrix x = DenseMatrix.zeros(MOVING, MOVING);
        for (int j = 0; j < MOVING; j++) {
            for (int i = 0; i < j; i++) {
                x.set(j, MOVING - 1 - i, 1 + random.nextInt(9));
            }
        }
        DenseMatrix fixed = positive(rank, random);
        DenseMatrix moving = positive(rank, random);
        for (SpanStep.Kind kind : new SpanStep.Kind[] {SpanStep.Kind.RATIO, SpanStep.Kind.NEGATIVE}) {
            DenseMatrix sum = DenseMatrix.zeros(rank, MOVING);
            VectorSparsePass.tile(
                    new Tile.Sparse(SparseMatrix.of(x), 0, MOVING),
                    VectorSparsePass.pack(fixed, null),
                    moving,
                    new Ratio(kind),
                    sum,
                    null,
                    new VectorSparsePass.Buffers(rank));
            for (int j = 0; j < MOVING; j++) {
                double[] expected = new double[rank];
                for (int i = 0; i < MOVING; i++) {
                    double y = 0;
                    for (int c = 0; c < rank; c++) {
                        y += fixed.get(c, i) * moving.get(c, j);
                    }
                    for (int c = 0; c < rank; c++) {
                        expected[c] += fixed.get(c, i) * x.get(j, i) / y;
                    }
                }
                for (int c = 0; c < rank; c++) {
                    // no term is negative: relative errors of the sums over c and over i add
                    assertThat(sum.get(c, j))
                            .as("%s, rank %d, [%d, %d]", kind, rank, c, j)
                            .isCloseTo(expected[c], within(3e-16 * (rank + MOVING) * expected[c]));
                }
            }
        }
    }

    private static DenseMatrix positive(int rank, SplittableRandom random) {
        DenseMatrix factor = DenseMatrix.zeros(rank, MOVING);
        for (int c = 0; c < rank; c++) {
            for (int i = 0; i < MOVING; i++) {
                factor.set(c, i, 0.1 + random.nextDouble());
            }
        }
        return factor;
    }
}
