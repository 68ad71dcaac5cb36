package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.regularizers.Lp;
import io.github.nmf4j.regularizers.ScaleInvariantSparsity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documentation says of penalties under Kullback–Leibler: which of them sparsify, and which only scale. */
class SparsityTest {
    private static final double LAMBDA = 3;
    private static final DenseMatrix X = EquivalenceTest.random(1, 20, 30, 0.2, 0.1);
    private static final DenseMatrix W = unitColumns(EquivalenceTest.random(2, 20, 4, 0, 0.1));
    private static final DenseMatrix H = EquivalenceTest.random(3, 4, 30, 0, 0.1);

    private static DenseMatrix unitColumns(DenseMatrix matrix) {
        for (int c = 0; c < matrix.columns(); c++) {
            double sum = 0;
            for (int i = 0; i < matrix.rows(); i++) {
                sum += matrix.get(i, c);
            }
            for (int i = 0; i < matrix.rows(); i++) {
                matrix.set(i, c, matrix.get(i, c) / sum);
            }
        }
        return matrix;
    }

    private static Nmf.Builder from(DenseMatrix h) {
        return Nmf.builder()
                .rank(4)
                .solver("mm")
                .acceleration("none")
                .startW(W)
                .startH(h)
                .stopWhen(StoppingRule.afterIterations(40));
    }

    private static DenseMatrix divided(Matrix h) {
        DenseMatrix copy = h.toDense().copy();
        copy.scale(1 / (1 + LAMBDA));
        return copy;
    }

    /** Σ H is Σ Y there, and λ Σ Y divides the model by 1 + λ: D(X ‖ (1 + λ)Y) but for a constant. */
    @Test
    void l1OnHWithUnitColumnsOfWOnlyScales() {
        Factorization plain = from(H).constrainW(new UnitColumns()).build().fit(X);
        Factorization sparse = from(divided(H))
                .constrainW(new UnitColumns())
                .penalizeH(new L1().times(LAMBDA))
                .build()
                .fit(X);

        EquivalenceTest.assertClose(sparse.w(), plain.w(), 1e-10);
        EquivalenceTest.assertClose(sparse.h(), divided(plain.h()), 1e-10);
    }

    @Test
    void linearScaleInvariantSparsityOnlyScales() {
        Factorization plain = from(H).build().fit(X);
        Factorization sparse = from(divided(H))
                .penalizeH(new ScaleInvariantSparsity().times(LAMBDA))
                .build()
                .fit(X);

        EquivalenceTest.assertClose(sparse.w(), plain.w(), 1e-10);
        EquivalenceTest.assertClose(sparse.h(), divided(plain.h()), 1e-10);
    }

    @Test
    void concavePenaltiesSparsify() {
        int before = zeros(from(H).constrainW(new UnitColumns()).build().fit(X));
        List<Regularizer> concave = List.of(
                new LogPenalty(0.1),
                new Lp(0.5, 1e-6),
                new ScaleInvariantSparsity(ScaleInvariantSparsity.Form.LOG, 0.1));
        for (Regularizer penalty : concave) {
            Factorization fit = from(H).constrainW(new UnitColumns())
                    .penalizeH(penalty.times(LAMBDA))
                    .build()
                    .fit(X);
            assertThat(zeros(fit)).as(penalty.name()).isGreaterThan(before + 20);
        }
    }

    private static int zeros(Factorization fit) {
        int zeros = 0;
        for (double value : fit.h().toDense().data()) {
            zeros += value < 1e-6 ? 1 : 0;
        }
        return zeros;
    }
}
