package io.github.nmf4j.core;

import static io.github.nmf4j.core.EquivalenceTest.assertClose;
import static io.github.nmf4j.core.EquivalenceTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.regularizers.Ridge;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coordinate descent on Gram matrices: descent in any company, agreement with textbook loops, what it refuses. */
class HalsTest {
    /** Relative to the largest entry, after twenty iterations: another order of summation. */
    private static final double ROUNDING = 1e-10;

    private static final int RANK = 4;
    private static final int WIDE = 7 * 601;
    private static final DenseMatrix X = random(1, 37, 301, 0.4, 0);
    private static final DenseMatrix W = random(2, 37, RANK, 0, 0.1);
    private static final DenseMatrix H = random(3, RANK, 301, 0, 0.1);

    /** A user's loss that promises what HALS asks for, under a name that says nothing. */
    private record Squares() implements Loss {
        @Override
        public String name() {
            return "squares";
        }

        @Override
        public double growth() {
            return 1;
        }

        @Override
        public double decay() {
            return 0;
        }

        @Override
        public Positive positive() {
            return Positive.MODEL;
        }

        @Override
        public Negative negative() {
            return Negative.DATA;
        }

        @Override
        public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
            System.arraycopy(x, 0, negative, 0, n);
        }

        @Override
        public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
            for (int i = 0; i < n; i++) {
                into[i] = 0.5 * (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noHalfStepRaisesTheObjective(long seed) {
        Composition composition = Composition.onGramRoad(seed, seed % 2 == 0 ? new Euclidean() : new Squares());
        Hals hals = new Hals(1 + (int) (seed % 5));
        Nmf.Builder builder = composition.builder();
        Factorization fit = builder.solver(new Descent("seed " + seed + ": " + composition, hals::update))
                .stopWhen(StoppingRule.afterIterations(12))
                .build()
                .fit(composition.storedData());

        for (Matrix factor : new Matrix[] {fit.w(), fit.h()}) {
            for (double value : factor.toDense().data()) {
                assertThat(value).as("an entry: %s", composition).isFinite().isNotNegative();
            }
        }
    }

    private static Nmf.Builder from(int iterations) {
        return Nmf.builder()
                .rank(RANK)
                .loss(new Euclidean())
                .startW(W)
                .startH(H)
                .acceleration("none")
                .stopWhen(StoppingRule.afterIterations(iterations));
    }

    /** Textbook HALS on X ≈ WH: for every vector and component, the exact minimizer with the others held. */
    private static final class Textbook {
        private static final double FLOOR = 1e-14;
        private final double l1;
        private final double ridge;

        Textbook(double l1, double ridge) {
            this.l1 = l1;
            this.ridge = ridge;
        }

        /** {@return the squared distance that one sweep over h moves it} */
        double sweep(double[][] x, double[][] w, double[][] h) {
            double moved = 0;
            for (int c = 0; c < h.length; c++) {
                for (int j = 0; j < h[c].length; j++) {
                    double slope = l1 + ridge * h[c][j];
                    double curvature = ridge;
                    for (int i = 0; i < x.length; i++) {
                        double residual = -x[i][j];
                        for (int b = 0; b < h.length; b++) {
                            residual += w[i][b] * h[b][j];
                        }
                        slope += w[i][c] * residual;
                        curvature += w[i][c] * w[i][c];
                    }
                    double next = Math.max(FLOOR, h[c][j] - slope / curvature);
                    moved += (next - h[c][j]) * (next - h[c][j]);
                    h[c][j] = next;
                }
            }
            return moved;
        }

        /** At most so many sweeps, fewer where the last one moved a tenth as far as the first, or half the products' cost is spent. */
        void halfStep(double[][] x, double[][] w, double[][] h, int most) {
            double n = x.length;
            double p = x[0].length;
            double k = h.length;
            double affordable = 1 + Math.floor(0.5 * (n * p * k + n * k * k) / (p * k * k));
            double first = sweep(x, w, h);
            double last = first;
            for (int s = 1; s < Math.min(most, affordable) && last > 0.01 * first; s++) {
                last = sweep(x, w, h);
            }
        }
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            matrix.read(i, 0, 1, rows[i].length, rows[i], 0, rows[i].length);
        }
        return rows;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < t.length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    /** One sweep a half-step in cyclic order is what scikit-learn's {@code cd} does, H first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void agreesWithTextbookLoops(int sweeps) {
        assertAgreement(sweeps, new Textbook(0, 0), nmf -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void penaltiesEnterTheScalarProblems(int sweeps) {
        Regularizer penalty = new L1().times(0.7).plus(new Ridge().times(2));
        assertAgreement(
                sweeps, new Textbook(0.7, 2), nmf -> nmf.penalizeH(penalty).penalizeW(penalty));
    }

    private static void assertAgreement(int sweeps, Textbook textbook, Consumer<Nmf.Builder> more) {
        int iterations = 20;
        Nmf.Builder nmf = from(iterations).solver(new Hals(sweeps));
        more.accept(nmf);
        Factorization fit = nmf.build().fit(X);

        double[][] x = rows(X);
        double[][] xt = transposed(x);
        double[][] wt = transposed(rows(W));
        double[][] h = rows(H);
        for (int i = 0; i < iterations; i++) {
            textbook.halfStep(x, transposed(wt), h, sweeps);
            textbook.halfStep(xt, transposed(h), wt, sweeps);
        }
        assertClose(fit.h(), DenseMatrix.of(h), ROUNDING);
        assertClose(fit.w(), DenseMatrix.of(transposed(wt)), ROUNDING);
    }

    static Stream<ArgumentSet> settings() {
        Shape shape = new Shape(7, WIDE / 7);
        Laplacian smooth = new Laplacian(shape);
        Regularizer atOnce = smooth.with(Arguments.NONE.and("shape", shape).and("majorizer", "quadratic"));
        return Stream.of(
                set("no penalty", nmf -> nmf.startW(W)),
                set("coloured", nmf -> nmf.startW(W).penalizeH(smooth.times(3))),
                set("at once", nmf -> nmf.startW(W).penalizeH(atOnce.times(3))),
                set(
                        "box",
                        nmf -> nmf.startW(W)
                                .penalizeW(new LogPenalty(0.1).times(4))
                                .constrainW(new Box(0.01, 3))),
                set("dictionary", nmf -> nmf.startW(W).dictionary(random(8, 37, 37, 0.5, 0.1))));
    }

    private static ArgumentSet set(String name, Consumer<Nmf.Builder> more) {
        return argumentSet(name, more);
    }

    /** Wide enough for several tasks. */
    @ParameterizedTest
    @MethodSource("settings")
    void threadsDoNotChangeABit(Consumer<Nmf.Builder> more) {
        DenseMatrix x = random(4, 37, WIDE, 0.4, 0);
        DenseMatrix h = random(5, RANK, WIDE, 0, 0.1);
        Factorization[] fits = new Factorization[2];
        for (int i = 0; i < fits.length; i++) {
            Nmf.Builder nmf = Nmf.builder()
                    .rank(RANK)
                    .loss(new Euclidean())
                    .startH(h)
                    .solver(new Hals())
                    .stopWhen(StoppingRule.afterIterations(5))
                    .threads(1 + 6 * i);
            more.accept(nmf);
            fits[i] = nmf.build().fit(x);
        }
        assertThat(fits[1].h().toDense().data()).isEqualTo(fits[0].h().toDense().data());
        assertThat(fits[1].w().toDense().data()).isEqualTo(fits[0].w().toDense().data());
    }

    private static DenseMatrix reversed(Matrix matrix) {
        DenseMatrix reversed = DenseMatrix.zeros(matrix.rows(), matrix.columns());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                reversed.set(i, matrix.columns() - 1 - j, matrix.get(i, j));
            }
        }
        return reversed;
    }

    /** Neighbours are read as they were, whatever tile they stand in: an image read backwards gives the same maps backwards. */
    @ParameterizedTest
    @MethodSource("settings")
    void theOrderOfTilesDoesNotMatter(Consumer<Nmf.Builder> more) {
        DenseMatrix x = random(4, 37, WIDE, 0.4, 0);
        DenseMatrix h = random(5, RANK, WIDE, 0, 0.1);
        DenseMatrix[] found = new DenseMatrix[2];
        for (int i = 0; i < found.length; i++) {
            Nmf.Builder nmf = Nmf.builder()
                    .rank(RANK)
                    .loss(new Euclidean())
                    .startH(i == 0 ? h : reversed(h))
                    .solver(new Hals())
                    .stopWhen(StoppingRule.afterIterations(3));
            more.accept(nmf);
            found[i] = nmf.build().fit(i == 0 ? x : reversed(x)).h().toDense();
        }
        assertClose(reversed(found[1]), found[0], ROUNDING);
    }

    @Test
    void sparseEqualsDense() {
        Nmf nmf = from(20).solver(new Hals(1)).build();
        assertClose(nmf.fit(SparseMatrix.of(X)).h(), nmf.fit(X).h(), ROUNDING);
    }

    @Test
    void scaleIsUndone() {
        Nmf plain = from(20).solver(new Hals()).build();
        Nmf scaled = from(20).solver(new Hals()).scaledBy(0.03).build();
        assertClose(scaled.fit(X).h(), plain.fit(X).h(), ROUNDING);
        assertClose(scaled.fit(X).w(), plain.fit(X).w(), ROUNDING);
    }

    @Test
    void fixedEntriesHold() {
        DenseMatrix fixed = DenseMatrix.zeros(RANK, 301);
        fixed.fill(Double.NaN);
        fixed.set(2, 17, 0.25);
        fixed.set(0, 18, 0);
        Factorization fit = from(5).constrainH(new FixedEntries(fixed))
                .solver(new Hals())
                .build()
                .fit(X);
        assertThat(fit.h().get(2, 17)).isEqualTo(0.25);
        assertThat(fit.h().get(0, 18)).isZero();
    }

    /** Multiplicative updates crawl away from 0; an exact step leaves it at once. */
    @Test
    void zerosInAStartDoNotLock() {
        DenseMatrix w = W.copy();
        for (int c = 0; c < RANK; c++) {
            w.set(5, c, 0);
        }
        Nmf nmf = Nmf.builder()
                .rank(RANK)
                .loss(new Euclidean())
                .startW(w)
                .startH(H)
                .solver(new Hals())
                .stopWhen(StoppingRule.afterIterations(1))
                .build();
        Matrix found = nmf.fit(X).w();
        assertThat(found.get(5, 0) + found.get(5, 1) + found.get(5, 2) + found.get(5, 3))
                .isGreaterThan(0.01);
    }

    /** Where majorize-minimize is still on its way, exact steps along entries have arrived. */
    @Test
    void needsFewerIterationsThanMajorizeMinimize() {
        double hals = from(30).solver(new Hals()).build().fit(X).objective();
        double mm = from(100).solver("mm").build().fit(X).objective();
        assertThat(hals).isLessThan(mm);
    }

    private static void assertRefused(Consumer<Nmf.Builder> more, String... words) {
        Nmf.Builder nmf = Nmf.builder().rank(RANK).solver("hals").stopWhen(StoppingRule.afterIterations(1));
        more.accept(nmf);
        assertThatThrownBy(() -> nmf.build().fit(X))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void refusesWhatHasNoGramRoad() {
        assertRefused(nmf -> {}, "W^T X and W^T W", "kullback-leibler does not", "use mm");
        assertRefused(
                nmf -> nmf.loss(new Euclidean()).constrainH(new UnitColumns()), "tie", "h:unit-columns does", "use mm");
        DenseMatrix ones = DenseMatrix.zeros(37, 301);
        ones.fill(1);
        assertRefused(nmf -> nmf.loss(new Euclidean()).weights(ones), "weights", "use mm");
        assertRefused(nmf -> nmf.loss(new Euclidean()).background(ones), "background", "use mm");
    }

    @Test
    void takesAConstraintThatTiesAFactorItHolds() {
        Factorization fit = from(3).solver(new Hals())
                .constrainW(new UnitColumns())
                .hold(Factor.W)
                .build()
                .fit(X);
        assertClose(fit.w(), W, 0);
    }

    @Test
    void refusesFewerThanOneSweep() {
        assertThatThrownBy(() -> new Hals(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sweeps must be at least 1: 0");
        Solver one = new Hals().with(Arguments.NONE.and("sweeps", 1));
        assertThat(one).isEqualTo(new Hals(1));
        assertThat(new Hals().with(one.arguments())).isEqualTo(one);
    }
}
