package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.regularizers.Ard;
import io.github.nmf4j.regularizers.ScaleInvariantSparsity;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Penalties that read both factors: counted once, bounded in both half-steps, whichever factor they are given for. */
class BothFactorsTest {
    private static final int RANK = 6;
    private static final Regularizer ARD = new Ard(Ard.Norm.L2, 0.3).times(4);

    /** Three components' worth of data with some noise. */
    private static DenseMatrix data() {
        SplittableRandom random = new SplittableRandom(4);
        DenseMatrix x = DenseMatrix.zeros(40, 300);
        double[][] w = new double[40][3];
        double[][] h = new double[3][300];
        for (double[][] factor : new double[][][] {w, h}) {
            for (double[] row : factor) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = random.nextInt(3) == 0 ? 4 * random.nextDouble() : 0.0;
                }
            }
        }
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 300; j++) {
                double y = 0.01 * random.nextDouble();
                for (int c = 0; c < 3; c++) {
                    y += w[i][c] * h[c][j];
                }
                x.set(i, j, y);
            }
        }
        return x;
    }

    private static Nmf.Builder nmf(int iterations) {
        return Nmf.builder().rank(RANK).start("random").stopWhen(StoppingRule.afterIterations(iterations));
    }

    private static double ard(Factorization fit) {
        double sum = 0;
        for (int c = 0; c < RANK; c++) {
            double size = 0.3;
            for (int i = 0; i < fit.w().rows(); i++) {
                size += 0.5 * Math.pow(fit.w().get(i, c), 2);
            }
            for (int j = 0; j < fit.h().columns(); j++) {
                size += 0.5 * Math.pow(fit.h().get(c, j), 2);
            }
            sum += 4 * Math.log(size);
        }
        return sum;
    }

    @Test
    void countsOnceOnTheFactorItIsGivenFor() {
        Matrix x = data();
        Factorization plain = nmf(0).build().fit(x);
        for (Factor factor : Factor.values()) {
            Nmf.Builder builder = nmf(0).startW(plain.w()).startH(plain.h());
            builder = factor == Factor.W ? builder.penalizeW(ARD) : builder.penalizeH(ARD);
            Factorization fit = builder.build().fit(x);

            assertThat(fit.objective()).isCloseTo(plain.objective() + ard(plain), within(1e-9));
        }
    }

    /** Symmetric in the factors, so it cannot matter; and 3 threads give the bits of one. */
    @ParameterizedTest
    @ValueSource(strings = {"mm", "ccd"})
    void theFactorItIsGivenForDoesNotMatter(String solver) {
        Factorization ofW = nmf(15).solver(solver).penalizeW(ARD).build().fit(data());
        Factorization ofH =
                nmf(15).solver(solver).penalizeH(ARD).threads(3).build().fit(data());

        assertThat(ofH.w().toDense()).isEqualTo(ofW.w().toDense());
        assertThat(ofH.h().toDense()).isEqualTo(ofW.h().toDense());
        assertThat(ofH.objective()).isEqualTo(ofW.objective());
    }

    /** Half the objective's gradient would be missing in W otherwise: a stationary point of it is one of both half-steps. */
    @Test
    void bothFactorsShrinkAndSpareComponentsVanish() {
        Factorization fit =
                nmf(300).penalizeH(new Ard(Ard.Norm.L1, 0.1).times(60)).build().fit(data());
        int alive = 0;
        for (int c = 0; c < RANK; c++) {
            double w = 0;
            double h = 0;
            for (int i = 0; i < 40; i++) {
                w += fit.w().get(i, c);
            }
            for (int j = 0; j < 300; j++) {
                h += fit.h().get(c, j);
            }
            // where both sums have the same slope, scale settles so that they are equal
            if (w * h > 1e-3) {
                alive++;
                assertThat(w).isCloseTo(h, within(0.02 * h));
            }
        }
        assertThat(alive).isEqualTo(3);
    }

    @Test
    void transformHoldsTheOtherFactorInIt() {
        Factorization fit = nmf(30).penalizeH(ARD).build().fit(data());
        Factorization again = nmf(30).penalizeH(ARD)
                .startW(fit.w())
                .startH(fit.h())
                .hold(Factor.H)
                .build()
                .fit(data());

        assertThat(again.h().toDense()).isEqualTo(fit.h().toDense());
        assertThat(again.objective()).isLessThan(fit.objective());
    }

    /** Convex in either factor, so the certificate is a bound; a logarithm is not, and it says so. */
    @Test
    void theCertificateIsABoundWhereEachHalfIsConvex() {
        Factorization linear = nmf(5).penalizeH(new ScaleInvariantSparsity().times(0.1))
                .build()
                .fit(data());
        Factorization concave = nmf(5).penalizeH(ARD).build().fit(data());

        assertThat(linear.optimality().orElseThrow().bound()).isTrue();
        assertThat(concave.optimality().orElseThrow().bound()).isFalse();
    }
}
