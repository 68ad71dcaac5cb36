package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Laplacian;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Roads that must lead to one result: fast and plain, sparse and dense, W and H, weighted by ones and not at all. */
class EquivalenceTest {
    /** Relative to the largest entry, after one sweep: another order of summation. */
    private static final double ONE_SWEEP = 1e-12;

    /** Relative, of the objective, after fifty. */
    private static final double FIFTY_SWEEPS = 1e-9;

    private static final int RANK = 4;

    static DenseMatrix random(long seed, int rows, int columns, double zeros, double least) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextDouble() < zeros ? 0.0 : least + 5 * random.nextDouble();
        }
        return matrix;
    }

    private static Nmf.Builder from(DenseMatrix w, DenseMatrix h, Loss loss, int iterations) {
        return Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(RANK)
                .loss(loss)
                .startW(w)
                .startH(h)
                .stopWhen(StoppingRule.afterIterations(iterations));
    }

    static void assertClose(Matrix found, Matrix expected, double tolerance) {
        double largest = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                largest = Math.max(largest, expected.get(i, j));
            }
        }
        assertThat(List.of(found.rows(), found.columns())).isEqualTo(List.of(expected.rows(), expected.columns()));
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                assertThat(found.get(i, j))
                        .as("[%d, %d]", i, j)
                        .isCloseTo(expected.get(i, j), within(tolerance * largest));
            }
        }
    }

    private static double[][] rows(DenseMatrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            matrix.read(i, 0, 1, rows[i].length, rows[i], 0, rows[i].length);
        }
        return rows;
    }

    static Stream<Arguments> lossesOnBackends() {
        return Backends.usable().stream()
                .flatMap(backend ->
                        Stream.of(-1.0, 0.0, 0.5, 1.0, 1.3, 2.0, 3.0).map(beta -> Arguments.of(backend, beta)));
    }

    @ParameterizedTest
    @MethodSource("lossesOnBackends")
    void everyBackendAgreesWithTripleLoops(String backend, double beta) {
        DenseMatrix x = random(1, 37, 301, beta >= 1 ? 0.4 : 0, 0.1);
        DenseMatrix w = random(2, 37, RANK, 0, 0.1);
        DenseMatrix h = random(3, RANK, 301, 0, 0.1);
        ReferenceNmf plain = new ReferenceNmf(beta, rows(x), rows(w), rows(h));
        plain.iterate();
        Factorization once =
                from(w, h, new BetaDivergence(beta), 1).backend(backend).build().fit(x);
        assertClose(once.w(), DenseMatrix.of(plain.w), ONE_SWEEP);
        assertClose(once.h(), DenseMatrix.of(plain.h), ONE_SWEEP);

        for (int i = 1; i < 50; i++) {
            plain.iterate();
        }
        Factorization many = from(w, h, new BetaDivergence(beta), 50)
                .backend(backend)
                .build()
                .fit(x);
        double expected = plain.objective();
        assertThat(many.objective()).isCloseTo(expected, within(FIFTY_SWEEPS * expected));
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new KullbackLeibler(),
                new Euclidean(),
                new ItakuraSaito(),
                new BetaDivergence(1.5),
                new Hellinger(),
                new AlphaDivergence(2),
                new NegativeBinomial(2),
                new Composition.Charbonnier(0.5));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sparseAgreesWithDense(Loss loss) {
        DenseMatrix x = random(4, 50, 333, loss.allowsZero() ? 0.9 : 0, 0.1);
        DenseMatrix w = random(5, 50, RANK, 0, 0.1);
        DenseMatrix h = random(6, RANK, 333, 0, 0.1);
        for (String backend : List.of("portable", "ejml")) {
            Factorization dense = from(w, h, loss, 5).backend(backend).build().fit(x);
            Factorization sparse = from(w, h, loss, 5).backend(backend).build().fit(SparseMatrix.of(x));

            assertClose(sparse.w(), dense.w(), ONE_SWEEP * 100);
            assertClose(sparse.h(), dense.h(), ONE_SWEEP * 100);
            for (int t = 0; t <= 5; t++) {
                double expected = dense.trace().rows().get(t).objective();
                assertThat(sparse.trace().rows().get(t).objective()).isCloseTo(expected, within(1e-11 * expected));
            }
        }
    }

    /** The update of W is that of H on the transposed problem: with H held on one side and W on the other they agree. */
    @ParameterizedTest
    @MethodSource("losses")
    void updateOfWIsTheUpdateOfHOfTheTransposed(Loss loss) {
        DenseMatrix x = random(7, 41, 290, loss.allowsZero() ? 0.3 : 0, 0.1);
        DenseMatrix w = random(8, 41, RANK, 0, 0.1);
        DenseMatrix h = random(9, RANK, 290, 0, 0.1);
        Regularizer penalty = new L1().times(0.3);
        Factorization ofW = from(w, h, loss, 3)
                .penalizeW(penalty)
                .constrainW(new UnitRows())
                .hold(Factor.H)
                .build()
                .fit(x);
        Factorization ofH = from(h.transposed(), w.transposed(), loss, 3)
                .penalizeH(penalty)
                .constrainH(new UnitColumns())
                .hold(Factor.W)
                .build()
                .fit(x.transposed());

        assertClose(ofW.w(), ofH.h().transposed(), ONE_SWEEP);
        assertThat(ofW.h().toDense()).isEqualTo(h);
        assertThat(ofW.objective()).isCloseTo(ofH.objective(), within(1e-12 * Math.abs(ofH.objective())));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void weightsOfOneAreNoWeights(Loss loss) {
        DenseMatrix x = random(10, 30, 280, loss.allowsZero() ? 0.3 : 0, 0.1);
        DenseMatrix ones = DenseMatrix.zeros(30, 280);
        ones.fill(1);
        DenseMatrix w = random(11, 30, RANK, 0, 0.1);
        DenseMatrix h = random(12, RANK, 280, 0, 0.1);
        Factorization plain = from(w, h, loss, 4).build().fit(x);
        Factorization weighted = from(w, h, loss, 4).weights(ones).build().fit(x);

        assertClose(weighted.w(), plain.w(), ONE_SWEEP * 10);
        assertClose(weighted.h(), plain.h(), ONE_SWEEP * 10);
        assertThat(weighted.objective()).isCloseTo(plain.objective(), within(1e-11 * plain.objective()));
    }

    /** What stands at a masked entry makes no difference, not even NaN, infinity or a negative number. */
    @ParameterizedTest
    @MethodSource("losses")
    void maskedEntriesAreNeverUsed(Loss loss) {
        DenseMatrix x = random(13, 30, 280, 0, 0.1);
        DenseMatrix mask = random(14, 30, 280, 0.2, 1);
        DenseMatrix odd = x.copy();
        DenseMatrix missing = x.copy();
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, -3, 0, 1e300};
        for (int i = 0; i < mask.data().length; i++) {
            mask.data()[i] = mask.data()[i] > 0 ? 1 : 0;
            odd.data()[i] = mask.data()[i] > 0 ? x.data()[i] : values[i % values.length];
            missing.data()[i] = mask.data()[i] > 0 ? x.data()[i] : Double.NaN;
        }
        StoppingRule stop = StoppingRule.afterIterations(10);
        for (Start start : List.of(new Nndsvdar(), new RandomStart())) {
            Nmf nmf = Nmf.builder()
                    .solver("mm")
                    .acceleration("none")
                    .rank(RANK)
                    .loss(loss)
                    .weights(mask)
                    .start(start)
                    .stopWhen(stop)
                    .build();
            Factorization expected = nmf.fit(x);
            Factorization found = nmf.fit(odd);
            assertThat(found.w().toDense()).isEqualTo(expected.w().toDense());
            assertThat(found.h().toDense()).isEqualTo(expected.h().toDense());
            assertThat(found.objective()).isEqualTo(expected.objective());
        }
        Factorization masked = Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(RANK)
                .loss(loss)
                .weights(mask)
                .stopWhen(stop)
                .build()
                .fit(x);
        Factorization nan = Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(RANK)
                .loss(loss)
                .missingNaN()
                .stopWhen(stop)
                .build()
                .fit(missing);
        assertThat(nan.w().toDense()).isEqualTo(masked.w().toDense());
        assertThat(nan.objective()).isEqualTo(masked.objective());
    }

    /** A known background is a component whose both factors are held. */
    @ParameterizedTest
    @MethodSource("losses")
    void backgroundIsAHeldComponent(Loss loss) {
        DenseMatrix x = random(15, 20, 260, 0, 0.5);
        DenseMatrix w = random(16, 20, RANK, 0, 0.1);
        DenseMatrix h = random(17, RANK, 260, 0, 0.1);
        DenseMatrix freeW = DenseMatrix.zeros(20, RANK);
        DenseMatrix freeH = DenseMatrix.zeros(RANK, 260);
        DenseMatrix background = DenseMatrix.zeros(20, 260);
        for (int i = 0; i < 20; i++) {
            for (int c = 0; c < RANK; c++) {
                freeW.set(i, c, c == 0 ? w.get(i, 0) : Double.NaN);
            }
        }
        for (int j = 0; j < 260; j++) {
            for (int c = 0; c < RANK; c++) {
                freeH.set(c, j, c == 0 ? h.get(0, j) : Double.NaN);
            }
            for (int i = 0; i < 20; i++) {
                background.set(i, j, w.get(i, 0) * h.get(0, j));
            }
        }
        Factorization held = from(w, h, loss, 5)
                .constrainW(new FixedEntries(freeW))
                .constrainH(new FixedEntries(freeH))
                .build()
                .fit(x);
        Factorization known = Nmf.builder()
                .solver("mm")
                .acceleration("none")
                .rank(RANK - 1)
                .loss(loss)
                .background(background)
                .startW(w.slice(0, 1, 20, RANK - 1).copy())
                .startH(h.slice(1, 0, RANK - 1, 260).copy())
                .stopWhen(StoppingRule.afterIterations(5))
                .build()
                .fit(x);

        assertClose(known.w(), held.w().toDense().slice(0, 1, 20, RANK - 1).copy(), 1e-11);
        assertThat(known.objective()).isCloseTo(held.objective(), within(1e-11 * held.objective()));
    }

    @Test
    void aDictionaryOfUnitVectorsIsNone() {
        DenseMatrix x = random(18, 12, 270, 0.3, 0.1);
        DenseMatrix identity = DenseMatrix.zeros(12, 12);
        for (int i = 0; i < 12; i++) {
            identity.set(i, i, 1);
        }
        DenseMatrix w = random(19, 12, RANK, 0, 0.1);
        DenseMatrix h = random(20, RANK, 270, 0, 0.1);
        for (Loss loss : List.of(new KullbackLeibler(), new Euclidean(), new BetaDivergence(1.5))) {
            Factorization plain = from(w, h, loss, 5).build().fit(x);
            Factorization through =
                    from(w, h, loss, 5).dictionary(identity).build().fit(x);
            assertClose(through.w(), plain.w(), ONE_SWEEP * 10);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.nmf4j.core.Backends#usable")
    void sameSeedSameBitsWhateverTheThreads(String backend) {
        DenseMatrix x = random(21, 70, 1500, 0.3, 0.1);
        Shape image = new Shape(30, 50);
        for (Loss loss : List.of(new KullbackLeibler(), new Euclidean(), new BetaDivergence(1.5))) {
            Factorization one = null;
            for (int threads : new int[] {1, 1, 2, 7}) {
                Factorization fit = Nmf.builder()
                        .solver("mm")
                        .acceleration("none")
                        .rank(RANK)
                        .loss(loss)
                        .seed(99)
                        .start("random")
                        .backend(backend)
                        .threads(threads)
                        .penalizeH(new Laplacian(image).times(0.1))
                        .constrainH(new UnitColumns())
                        .constrainW(new Floor(1e-9))
                        .stopWhen(StoppingRule.afterIterations(4))
                        .build()
                        .fit(x);
                one = one == null ? fit : one;
                assertThat(fit.w().toDense())
                        .as("%d threads", threads)
                        .isEqualTo(one.w().toDense());
                assertThat(fit.h().toDense()).isEqualTo(one.h().toDense());
                assertThat(fit.objective()).isEqualTo(one.objective());
            }
            Factorization other = Nmf.builder()
                    .solver("mm")
                    .acceleration("none")
                    .rank(RANK)
                    .loss(loss)
                    .seed(100)
                    .start("random")
                    .stopWhen(StoppingRule.afterIterations(4))
                    .build()
                    .fit(x);
            assertThat(other.w().toDense()).isNotEqualTo(one.w().toDense());
        }
    }

    /** Sparse and weighted data, ties across a whole factor, penalties in colours, losses that promise nothing. */
    @ParameterizedTest
    @MethodSource("losses")
    void anyRoadGivesTheSameBitsWhateverTheThreads(Loss loss) {
        DenseMatrix x = random(25, 300, 700, loss.allowsZero() ? 0.8 : 0, 0.1);
        Matrix mask = SparseMatrix.of(random(26, 300, 700, 0.7, 0.5));
        for (Matrix stored : List.of(x, SparseMatrix.of(x))) {
            for (boolean weighted : new boolean[] {false, true}) {
                Factorization one = null;
                for (int threads : new int[] {1, 2, 7}) {
                    Nmf.Builder builder = Nmf.builder()
                            .solver("mm")
                            .acceleration("none")
                            .rank(RANK)
                            .loss(loss)
                            .seed(7)
                            .start("random")
                            .backend("portable")
                            .threads(threads)
                            .penalizeH(new Laplacian(new Shape(20, 35)).times(0.1))
                            .constrainW(new UnitColumns())
                            .stopWhen(StoppingRule.afterIterations(4));
                    Factorization fit =
                            (weighted ? builder.weights(mask) : builder).build().fit(stored);
                    one = one == null ? fit : one;
                    assertThat(fit.w().toDense())
                            .as("%d threads", threads)
                            .isEqualTo(one.w().toDense());
                    assertThat(fit.h().toDense()).isEqualTo(one.h().toDense());
                    assertThat(fit.trace().last().objective())
                            .isEqualTo(one.trace().last().objective());
                    assertThat(fit.objective()).isEqualTo(one.objective());
                }
            }
        }
    }

    /** A value comes out of the same pass as the statistics, and x is scaled for it. */
    @ParameterizedTest
    @MethodSource("io.github.nmf4j.core.Backends#usable")
    void lookingAtTheObjectiveChangesNoBit(String backend) {
        DenseMatrix dense = random(1, 37, 211, 0.5, 0);
        for (Matrix x : List.of(dense, SparseMatrix.of(dense))) {
            for (Loss loss : List.of(new KullbackLeibler(), new Euclidean(), new BetaDivergence(1.5))) {
                List<Factorization> fits = Stream.of(1, 1000)
                        .map(every -> Nmf.builder()
                                .solver("mm")
                                .acceleration("none")
                                .rank(RANK)
                                .loss(loss)
                                .backend(backend)
                                .normalized()
                                .traceEvery(every)
                                .stopWhen(StoppingRule.afterIterations(5))
                                .build()
                                .fit(x))
                        .toList();
                assertClose(fits.get(1).h(), fits.get(0).h(), 0);
                assertClose(fits.get(1).w(), fits.get(0).w(), 0);
            }
        }
    }

    @Test
    void normalisingChangesNothingWithoutPenalties() {
        DenseMatrix x = random(22, 25, 300, 0.3, 0.1);
        DenseMatrix w = random(23, 25, RANK, 0, 0.1);
        DenseMatrix h = random(24, RANK, 300, 0, 0.1);
        for (Matrix stored : List.of(x, SparseMatrix.of(x))) {
            for (Loss loss : List.of(new KullbackLeibler(), new Euclidean(), new BetaDivergence(1.5))) {
                Factorization plain = from(w, h, loss, 6).build().fit(stored);
                Factorization scaled = from(w, h, loss, 6).normalized().build().fit(stored);
                assertThat(scaled.scale()).isNotEqualTo(1);
                assertClose(scaled.w(), plain.w(), 1e-11);
                assertClose(scaled.h(), plain.h(), 1e-11);
            }
        }
    }

    @Test
    void sparseCopiesOfManyTilesKeepEveryEntry() {
        DenseMatrix x = DenseMatrix.zeros(40, 2100);
        SplittableRandom random = new SplittableRandom(3);
        for (int e = 0; e < x.data().length; e++) {
            x.data()[e] = random.nextInt(5) == 0 ? 1 + random.nextInt(9) : 0;
        }
        x.set(20, 1500, Double.NaN);
        SparseMatrix copy = SparseMatrix.of(x);
        assertThat(copy.toDense()).isEqualTo(x);
        assertThat(SparseMatrix.ofCompressedRows(40, 2100, copy.start(), copy.index(), copy.values())
                        .stored())
                .isEqualTo(java.util.Arrays.stream(x.data()).filter(v -> v != 0).count());
    }
}
