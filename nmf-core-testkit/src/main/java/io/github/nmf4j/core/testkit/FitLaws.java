package io.github.nmf4j.core.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.Trace;
import io.github.nmf4j.testkit.ExtensionContract;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws of whatever moves a fit on: a solver, or what repeats it.
 *
 * @param <S> the service
 */
abstract class FitLaws<S extends Extension<S>> extends ExtensionContract<S> {
    static final int RANK = 3;
    static final int ITERATIONS = 15;

    /** Of the objective, and of the sum of the data, of which its terms are made. */
    private static final double ROUNDING = 1e-12;

    /** Of an objective whose factors were taken to another scale and back. */
    private static final double SCALED = 1e-11;

    private static final int ROWS = 14;
    private static final int COLUMNS = 11;

    /** {@return fits to look at, rank {@value #RANK}, without a stopping rule} */
    abstract List<Nmf.Builder> fits();

    /** {@return whether it promises that the objective never rises} */
    protected boolean descends() {
        return true;
    }

    /** {@return counts of a few components, some of them 0} */
    static DenseMatrix data(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix x = DenseMatrix.zeros(ROWS, COLUMNS);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double mean = 5.0 * (i % RANK == j % RANK ? 4 : 1) * random.nextDouble();
                x.set(i, j, Math.floor(mean));
            }
        }
        return x;
    }

    private Factorization run(Nmf.Builder fit, long seed, int iterations, int threads) {
        return fit.seed(seed)
                .threads(threads)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(data(seed));
    }

    /** The objective does not rise from one iteration to the next. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void objectiveNeverRises(long seed) {
        if (!descends()) {
            return;
        }
        double size = size(seed);
        for (Nmf.Builder fit : fits()) {
            List<Trace.Row> rows = run(fit, seed, ITERATIONS, 1).trace().rows();
            for (int t = 1; t < rows.size(); t++) {
                double before = rows.get(t - 1).objective();
                double after = rows.get(t).objective();
                int iteration = t;
                assertTrue(
                        after <= before + ROUNDING * (Math.abs(before) + size),
                        () -> "the objective must not rise: " + before + ", then " + after + " at iteration "
                                + iteration + " (seed " + seed + ")");
            }
        }
    }

    /** What is reported, descent promised or not, is the objective of the factors that are handed over. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void objectiveIsThatOfTheFactors(long seed) {
        List<Nmf.Builder> fits = fits();
        List<Nmf.Builder> again = fits();
        for (int f = 0; f < fits.size(); f++) {
            Factorization result = run(fits.get(f), seed, ITERATIONS, 1);
            Nmf.Builder there = again.get(f).startW(result.w()).startH(result.h());
            double expected = run(there, seed, 0, 1).objective();
            double slack = SCALED * Math.abs(expected) + ROUNDING * size(seed);
            assertEquals(expected, result.objective(), slack, () -> "objective of the factors (seed " + seed + ")");
        }
    }

    private static double size(long seed) {
        double size = 0;
        for (double x : data(seed).data()) {
            size += x;
        }
        return size;
    }

    /** A fit gets somewhere. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void objectiveFalls(long seed) {
        for (Nmf.Builder fit : fits()) {
            List<Trace.Row> rows = run(fit, seed, ITERATIONS, 1).trace().rows();
            double first = rows.get(0).objective();
            double last = rows.get(rows.size() - 1).objective();
            assertTrue(
                    last < first,
                    () -> "the objective must fall: " + first + ", then " + last + " (seed " + seed + ")");
        }
    }

    /** As many iterations are done as are asked for, none included. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void endsWhenItIsTold(long seed) {
        int asked = (int) (seed % 5);
        for (Nmf.Builder fit : fits()) {
            Factorization result = run(fit, seed, asked, 1);
            assertEquals(asked, result.iterations(), () -> "iterations (seed " + seed + ")");
            assertEquals(asked + 1, result.trace().rows().size(), () -> "rows of the trace (seed " + seed + ")");
        }
    }

    /** Factors are finite and not negative. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void factorsAreFiniteAndNotNegative(long seed) {
        for (Nmf.Builder fit : fits()) {
            Factorization result = run(fit, seed, ITERATIONS, 1);
            assertAll(() -> assertSound("w", result.w(), seed), () -> assertSound("h", result.h(), seed));
        }
    }

    static void assertSound(String name, Matrix factor, long seed) {
        DenseMatrix values = factor.toDense();
        for (int i = 0; i < values.rows(); i++) {
            for (int j = 0; j < values.columns(); j++) {
                double h = values.get(i, j);
                String place = name + "[" + i + ", " + j + "] = " + h + " (seed " + seed + ")";
                assertTrue(h >= 0 && h < Double.POSITIVE_INFINITY, () -> "must be finite and not negative: " + place);
            }
        }
    }

    /** The same fit again, and on more threads, gives the same bits. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void sameBitsAgainAndOnThreads(long seed) {
        List<Nmf.Builder> once = fits();
        List<Nmf.Builder> again = fits();
        List<Nmf.Builder> threads = fits();
        for (int f = 0; f < once.size(); f++) {
            DenseMatrix expected = run(once.get(f), seed, 4, 1).h().toDense();
            String where = " (seed " + seed + ")";
            assertEquals(expected, run(again.get(f), seed, 4, 1).h().toDense(), () -> "run again" + where);
            assertEquals(expected, run(threads.get(f), seed, 4, 3).h().toDense(), () -> "on threads" + where);
        }
    }

    /** A factor that is held is not touched. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void aHeldFactorStays(long seed) {
        DenseMatrix w = DenseMatrix.zeros(ROWS, RANK);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < RANK; c++) {
                w.set(i, c, 0.1 + random.nextDouble());
            }
        }
        for (Nmf.Builder fit : fits()) {
            Factorization result = run(fit.startW(w).hold(Factor.W), seed, 3, 1);
            assertEquals(w, result.w().toDense(), () -> "a held factor must stay (seed " + seed + ")");
        }
    }
}
