package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.regularizers.Laplacian;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The certificate bounds what either factor could still gain, and tightly enough to stop by. */
class CertificateTest {
    private static final int TO_THE_END = 2000;

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static Nmf.Builder builder(long seed) {
        return new Composition(seed).builder();
    }

    private static Factorization few(long seed, int iterations) {
        return builder(seed)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(new Composition(seed).x);
    }

    /** What a factor gains when its half problem is solved to the end. */
    private static double gain(long seed, Factorization from, Factor moving) {
        Factorization end = builder(seed)
                .startW(from.w())
                .startH(from.h())
                .hold(moving.other())
                .stopWhen(StoppingRule.gapBelow(1e-12).orAfterIterations(TO_THE_END))
                .build()
                .fit(new Composition(seed).x);
        return end.trace().rows().get(0).objective() - end.objective();
    }

    @Tag("slow")
    @Test
    void isNeverBelowTheGainAndNotFarAboveIt() {
        List<Double> ratios = new ArrayList<>();
        int bounds = 0;
        for (long seed = 0; seed < 900; seed++) {
            Factorization fit = few(seed, 1 + (int) (seed % 20));
            Optimality optimality = fit.optimality().orElseThrow();
            if (!optimality.bound()) {
                continue;
            }
            bounds++;
            double gain = gain(seed, fit, Factor.H) + gain(seed, fit, Factor.W);
            double rounding = 1e-11 * Math.abs(fit.objective()) + 1e-12;
            assertThat(optimality.gap())
                    .as("seed %d: %s", seed, new Composition(seed))
                    .isGreaterThanOrEqualTo(gain - rounding);
            if (gain > 1e-6 * Math.abs(fit.objective())) {
                ratios.add(optimality.gap() / gain);
            }
        }
        Collections.sort(ratios);
        assertThat(bounds).isGreaterThan(150);
        assertThat(ratios.get(ratios.size() / 2))
                .as("median of %d", ratios.size())
                .isLessThanOrEqualTo(50);
        assertThat(ratios.get(ratios.size() * 95 / 100)).isLessThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aConvexHalfProblemReachesIt(long seed) {
        Composition composition = new Composition(seed);
        Factorization start = few(seed, 2);
        if (!start.optimality().orElseThrow().bound()) {
            return;
        }
        Factorization end = builder(seed)
                .startW(start.w())
                .startH(start.h())
                .hold(seed % 2 == 0 ? Factor.W : Factor.H)
                .stopWhen(StoppingRule.gapBelow(1e-6).orAfterIterations(20_000))
                .build()
                .fit(composition.x);
        assertThat(end.stop())
                .as("%s: %s", composition, end.optimality().orElseThrow())
                .isEqualTo(StopReason.TOLERANCE);
    }

    /** Column by column the bound would be wrong: mass can move along the path to where it costs nothing. */
    @Test
    void penaltiesThatCoupleVectorsArePooled() {
        Factorization fit = Nmf.builder()
                .rank(1)
                .startW(DenseMatrix.of(new double[] {1}, new double[] {1}))
                .startH(DenseMatrix.of(new double[] {2.27, 1e-9}))
                .hold(Factor.W)
                .penalizeH(new Laplacian(new Shape(1, 2)).times(3))
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(DenseMatrix.of(new double[] {10, 0}, new double[] {10, 0}));

        assertThat(fit.optimality().orElseThrow().bound()).isTrue();
        assertThat(fit.optimality().orElseThrow().gap()).isGreaterThan(8.73);
    }

    /** Hölder's inequality bounds the reach for α ≤ 1 and turns round beyond: Σ y ≥ Σ x under Pearson's divergence. */
    @Test
    void reachIsKnownForDecaysUpToOne() {
        for (double alpha : new double[] {0.3, 0.5, 1}) {
            assertThat(bounds(new AlphaDivergence(alpha))).as("%s", alpha).isTrue();
        }
        for (double alpha : new double[] {-1, 1.1, 2}) {
            assertThat(bounds(new AlphaDivergence(alpha))).as("%s", alpha).isFalse();
        }
        assertThat(bounds(new Huber())).isFalse();
        assertThat(bounds(new Cauchy())).isFalse();
    }

    private static boolean bounds(Loss loss) {
        return Nmf.builder()
                .rank(2)
                .loss(loss)
                .stopWhen(StoppingRule.afterIterations(1))
                .build()
                .fit(EquivalenceTest.random(1, 8, 9, 0, 0.1))
                .optimality()
                .orElseThrow()
                .bound();
    }

    @Test
    void vanishesAtAnExactFactorisation() {
        DenseMatrix w = DenseMatrix.of(new double[] {1, 0.5}, new double[] {2, 0.1}, new double[] {0.3, 3});
        DenseMatrix h = DenseMatrix.of(new double[] {1, 2, 3, 4}, new double[] {4, 1, 2, 0.5});
        DenseMatrix x = DenseMatrix.zeros(3, 4);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                x.set(i, j, w.get(i, 0) * h.get(0, j) + w.get(i, 1) * h.get(1, j));
            }
        }
        for (String loss : List.of("kullback-leibler", "euclidean", "beta")) {
            Factorization fit = Nmf.builder()
                    .rank(2)
                    .loss(loss)
                    .startW(w)
                    .startH(h)
                    .stopWhen(StoppingRule.gapBelow(1e-4).orAfterIterations(50))
                    .build()
                    .fit(x);
            assertThat(fit.optimality().orElseThrow().gap()).as(loss).isLessThan(1e-10);
            assertThat(fit.stop()).isEqualTo(StopReason.TOLERANCE);
        }
    }
}
