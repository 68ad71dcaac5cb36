package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.Laplacian;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Newton steps along entries: they descend, whatever X is held in and whoever computes. */
class CcdTest {
    private static final int RANK = 4;
    private static final DenseMatrix X = counts(60, 84);

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static Loss loss(long seed) {
        return switch ((int) (seed % 7)) {
            case 0, 1 -> new KullbackLeibler();
            case 2 -> new BetaDivergence(1.5);
            case 3 -> new BetaDivergence(1.2);
            case 4 -> new Hellinger();
            case 5 -> new AlphaDivergence(2);
            default -> new Euclidean();
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noHalfStepRaisesTheObjective(long seed) {
        Composition composition = Composition.untied(seed, loss(seed));
        Nmf.Builder builder = composition.builder();
        Matrix x = composition.storedData();
        boolean refused = composition.loss instanceof Euclidean && x instanceof SparseMatrix;
        Nmf nmf = builder.solver(new Descent("seed " + seed + ": " + composition, new Ccd()::update))
                .stopWhen(StoppingRule.afterIterations(12))
                .build();
        Factorization fit = refused ? nmf.fit(x.toDense()) : nmf.fit(x);

        for (Matrix factor : new Matrix[] {fit.w(), fit.h()}) {
            for (double value : factor.toDense().data()) {
                assertThat(value).as("an entry: %s", composition).isFinite().isNotNegative();
            }
        }
    }

    private static DenseMatrix counts(int n, int p) {
        SplittableRandom random = new SplittableRandom(8);
        DenseMatrix x = DenseMatrix.zeros(n, p);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                x.set(i, j, random.nextInt(5) == 0 ? random.nextInt(1, 9) : 0);
            }
        }
        return x;
    }

    private static Nmf.Builder ccd(int iterations) {
        return Nmf.builder()
                .rank(RANK)
                .solver("ccd")
                .acceleration("none")
                .start("random")
                .stopWhen(StoppingRule.afterIterations(iterations));
    }

    /** Textbook, near enough to the solution that no step overshoots: for every entry in turn, h − D′/D″ with the model made anew, kept above the floor. */
    @Test
    void agreesWithTextbookLoops() {
        Factorization start = Nmf.builder()
                .rank(RANK)
                .solver("mm")
                .start("random")
                .stopWhen(StoppingRule.afterIterations(30))
                .build()
                .fit(X);
        double[][] w = rows(start.w());
        double[][] h = rows(start.h());
        newton(X, w, h);
        double[][] ht = transposed(h);
        double[][] wt = transposed(w);
        newton(X.transposed(), ht, wt);

        Factorization once = ccd(1).startW(start.w()).startH(start.h()).build().fit(X);
        EquivalenceTest.assertClose(once.h(), DenseMatrix.of(h), 1e-11);
        EquivalenceTest.assertClose(once.w(), DenseMatrix.of(transposed(wt)), 1e-11);
    }

    private static void newton(Matrix x, double[][] w, double[][] h) {
        for (int j = 0; j < x.columns(); j++) {
            for (int c = 0; c < h.length; c++) {
                double slope = 0;
                double curvature = 0;
                for (int i = 0; i < x.rows(); i++) {
                    double y = 0;
                    for (int b = 0; b < h.length; b++) {
                        y += w[i][b] * h[b][j];
                    }
                    slope += w[i][c] * (1 - x.get(i, j) / y);
                    curvature += w[i][c] * w[i][c] * x.get(i, j) / (y * y);
                }
                h[c][j] = Math.max(1e-14, curvature > 0 ? h[c][j] - slope / curvature : 0);
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

    @Test
    void sparseAgreesWithDense() {
        for (String backend : Backends.usable()) {
            Factorization dense = ccd(6).backend(backend).build().fit(X);
            Factorization sparse = ccd(6).backend(backend).build().fit(SparseMatrix.of(X));

            EquivalenceTest.assertClose(sparse.w(), dense.w(), 1e-9);
            EquivalenceTest.assertClose(sparse.h(), dense.h(), 1e-9);
            assertThat(sparse.objective()).isCloseTo(dense.objective(), org.assertj.core.api.Assertions.within(1e-9));
        }
    }

    @Test
    void threadsGiveTheSameBits() {
        for (Matrix x : List.of(X, SparseMatrix.of(X))) {
            Nmf.Builder smooth = ccd(5).penalizeH(new Laplacian(new Shape(7, 12)).times(0.5));
            Factorization one = smooth.threads(1).build().fit(x);
            Factorization three = ccd(5).penalizeH(new Laplacian(new Shape(7, 12)).times(0.5))
                    .threads(3)
                    .build()
                    .fit(x);

            assertThat(three.w().toDense()).isEqualTo(one.w().toDense());
            assertThat(three.h().toDense()).isEqualTo(one.h().toDense());
            assertThat(three.objective()).isEqualTo(one.objective());
        }
    }

    /** Ten rows of a component that have no weight, and ten where it is 1e-17 of them: all that is seen. */
    @Test
    void sumsOfWeightedEntriesKeepWhatIsSmall() {
        DenseMatrix w = DenseMatrix.zeros(20, 1);
        DenseMatrix x = DenseMatrix.zeros(20, 1);
        DenseMatrix weights = DenseMatrix.zeros(20, 1);
        x.fill(3);
        for (int i = 0; i < 20; i++) {
            w.set(i, 0, i < 10 ? 1 : 1e-17);
            weights.set(i, 0, i < 10 ? 0 : 1);
        }
        Factorization fit = Nmf.builder()
                .rank(1)
                .solver("ccd")
                .acceleration("none")
                .stopWhen(StoppingRule.afterIterations(20))
                .weights(weights)
                .startW(w)
                .startH(DenseMatrix.of(new double[] {1e17}))
                .hold(Factor.W)
                .build()
                .fit(x);

        assertThat(fit.h().get(0, 0)).isCloseTo(3e17, withinPercentage(1e-9));
    }

    @Test
    void refusesWhatItCannotSolve() {
        assertThatThrownBy(() -> ccd(1).loss("itakura-saito").build().fit(ones()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ccd needs a convex loss with a second derivative: itakura-saito is not; use mm or auto");
        assertThatThrownBy(() -> ccd(1).constrainH(new UnitColumns()).build().fit(ones()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("no constraint may tie entries together", "h:unit-columns", "use mm or auto");
    }

    private static DenseMatrix ones() {
        DenseMatrix ones = DenseMatrix.zeros(3, 4);
        ones.fill(1);
        return ones;
    }
}
