package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accelerations keep what sweeps promise, and need fewer of them. */
class AccelerationTest {
    private static final List<String> ALL = List.of("extrapolation", "gillis", "squarem", "none");

    /** Those that promise not to raise the objective. */
    private static final List<String> SOLVERS = List.of("auto", "mm", "hals", "ccd", "bregman");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** What a solver refuses it refuses before the first iteration, in one line that names what takes the problem. */
    @ParameterizedTest
    @MethodSource("seeds")
    void tracedPointsNeverRiseAndStayFeasible(long seed) {
        String acceleration = ALL.get((int) (seed % ALL.size()));
        String solver = SOLVERS.get((int) (seed / ALL.size() % SOLVERS.size()));
        Factorization fit;
        try {
            fit = fit(seed, solver, acceleration);
        } catch (InvalidInputException refusal) {
            assertThat(refusal).hasMessageStartingWith(solver).hasMessageEndingWith("; use mm or auto");
            assertThat(refusal.getMessage()).doesNotContain("\n");
            fit = fit(seed, "mm", acceleration);
        }
        Composition composition = new Composition(seed);
        String text = solver + ", " + acceleration + ", seed " + seed;

        assertNeverRises(fit, text);
        assertThat(fit.stop()).as(text).isIn(StopReason.ITERATIONS, StopReason.TOLERANCE);
        assertIsItsOwnStart(fit, composition);
    }

    /** {@return the fit that a result starts, without an iteration; a start in the constraints' sets is used as it is} */
    static Factorization assertIsItsOwnStart(Factorization fit, Composition composition) {
        Factorization same = composition
                .builder()
                .startW(fit.w())
                .startH(fit.h())
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(composition.storedData());
        EquivalenceTest.assertClose(same.w(), fit.w(), 1e-12);
        EquivalenceTest.assertClose(same.h(), fit.h(), 1e-12);
        return same;
    }

    /** {@return the objective at the start, its absolute value} */
    static double assertNeverRises(Factorization fit, String text) {
        double before = Double.POSITIVE_INFINITY;
        double atStart = Math.abs(fit.trace().rows().get(0).objective());
        for (Trace.Row row : fit.trace().rows()) {
            double size = row.terms().stream().mapToDouble(Math::abs).sum();
            assertThat(row.objective())
                    .as("%s: iteration %d", text, row.iteration())
                    .isLessThanOrEqualTo(before + 1e-12 * size + 1e-14 * atStart);
            before = row.objective();
        }
        return atStart;
    }

    private static Factorization fit(long seed, String solver, String acceleration) {
        Composition composition = new Composition(seed);
        return composition
                .builder()
                .solver(solver)
                .acceleration(acceleration)
                .stopWhen(StoppingRule.gapBelow(1e-300).orAfterIterations(40))
                .build()
                .fit(composition.storedData());
    }

    /** The objective that is reported is that of the factors that are returned. */
    @ParameterizedTest
    @ValueSource(strings = {"subspace", "extrapolation", "gillis", "squarem", "none"})
    void theLastPointIsTheOneReturned(String acceleration) {
        Matrix x = counts();
        Factorization fit = Nmf.builder()
                .rank(4)
                .startW(EquivalenceTest.random(1, x.rows(), 4, 0, 0.1))
                .startH(EquivalenceTest.random(2, 4, x.columns(), 0, 0.1))
                .acceleration(acceleration)
                .stopWhen(StoppingRule.afterIterations(13))
                .build()
                .fit(x);
        Factorization again = Nmf.builder()
                .rank(4)
                .startW(fit.w())
                .startH(fit.h())
                .stopWhen(StoppingRule.afterIterations(0))
                .build()
                .fit(counts());

        assertThat(again.objective()).isEqualTo(fit.objective());
        assertThat(fit.trace().rows()).hasSize(14);
    }

    @Test
    void extrapolationNeedsFewerSweeps() {
        double plain = objective("none", 400);
        assertThat(objective("extrapolation", 100)).isLessThan(plain);
        assertThat(objective("squarem", 200)).isLessThan(plain);
    }

    private static double objective(String acceleration, int iterations) {
        return Nmf.builder()
                .rank(4)
                .solver("mm")
                .start("random")
                .acceleration(acceleration)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(counts())
                .objective();
    }

    private static DenseMatrix counts() {
        SplittableRandom random = new SplittableRandom(5);
        DenseMatrix x = DenseMatrix.zeros(60, 70);
        double[][] w = new double[60][4];
        double[][] h = new double[70][4];
        for (double[][] factor : new double[][][] {w, h}) {
            for (double[] vector : factor) {
                for (int c = 0; c < 4; c++) {
                    vector[c] = random.nextInt(2) * random.nextDouble();
                }
            }
        }
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 70; j++) {
                double mean = 0.01;
                for (int c = 0; c < 4; c++) {
                    mean += 5 * w[i][c] * h[j][c];
                }
                x.set(i, j, Math.floor(mean * 2 * random.nextDouble()));
            }
        }
        return x;
    }
}
