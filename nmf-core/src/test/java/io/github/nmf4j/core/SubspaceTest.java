package io.github.nmf4j.core;

import static io.github.nmf4j.core.EquivalenceTest.assertClose;
import static io.github.nmf4j.core.EquivalenceTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.L1;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps on what passes have shown: descent in any company, fewer passes, and the same result however X is stored and read. */
class SubspaceTest {
    private static final int RANK = 5;

    /** Whatever the size of X. */
    private static final Subspace ALWAYS = new Subspace(100);

    private static final DenseMatrix X = clusters(400, 120);

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    /** Rows around five centres, each entry with noise of its own. */
    private static DenseMatrix clusters(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(3);
        DenseMatrix centres = random(4, 5, columns, 0, 0);
        DenseMatrix x = DenseMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            int centre = random.nextInt(5);
            for (int j = 0; j < columns; j++) {
                x.set(i, j, Math.max(0.0, centres.get(centre, j) * (1 + 0.5 * random.nextGaussian())));
            }
        }
        return x;
    }

    private static Composition composition(long seed) {
        return Composition.onGramRoad(seed, new Euclidean());
    }

    private static Nmf.Builder fit(Acceleration acceleration, int iterations) {
        return Nmf.builder()
                .rank(RANK)
                .loss("euclidean")
                .start("random")
                .acceleration(acceleration)
                .stopWhen(StoppingRule.afterIterations(iterations));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tracedPointsNeverRiseAndStayFeasible(long seed) {
        Composition composition = composition(seed);
        Factorization fit = composition
                .builder()
                .solver("hals")
                .acceleration(ALWAYS)
                .stopWhen(StoppingRule.gapBelow(1e-300).orAfterIterations(20))
                .build()
                .fit(composition.storedData());

        double atStart = AccelerationTest.assertNeverRises(fit, "seed " + seed);
        Factorization same = AccelerationTest.assertIsItsOwnStart(fit, composition(seed));
        assertThat(same.objective()).isCloseTo(fit.objective(), within(1e-12 * atStart));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void aQuarterOfThePassesLeadsAsFar(long seed) {
        Factorization few = fit(ALWAYS, 10).seed(seed).build().fit(X);
        Factorization many = fit(new Extrapolation(), 40).seed(seed).build().fit(X);

        assertThat(few.acceleration()).isEqualTo("subspace");
        assertThat(few.objective()).isLessThan(many.objective() * (1 + 1e-6));
    }

    @Test
    void productsWithWhatWasSeenAreThoseWithX() {
        Probe probe = new Probe();
        fit(probe, 0).build().fit(X);
        SeenData seen = new SeenData(probe.problem);
        Iterate from = probe.start;
        for (int sweep = 0; sweep < 3; sweep++) { // more than it keeps
            Iterate into = from.copy();
            probe.sweep.run(from, into, Probe.OPEN);
            seen.add(
                    Factor.W,
                    from.values(Factor.W),
                    probe.problem.halfStep(Factor.H).negative());
            seen.add(
                    Factor.H,
                    into.values(Factor.H),
                    probe.problem.halfStep(Factor.W).negative());
            seen.assemble();
            assertExact(probe.problem, seen, Factor.H, from);
            assertExact(probe.problem, seen, Factor.W, into);
            from = into;
        }
    }

    /** The products of one factor, and the data term, where the other lies in the span of what was seen of it. */
    private static void assertExact(Problem problem, SeenData seen, Factor moving, Iterate at) {
        CrossProducts products = seen.products(moving);
        double value = products.at(at, true);
        DenseMatrix fixed = at.values(moving.other());
        DenseMatrix expected = DenseMatrix.zeros(RANK, at.values(moving).columns());
        problem.backend().multiply(moving == Factor.H ? Product.AB : Product.ABT, fixed, X, 0, expected);

        assertClose(products.values(), expected, 1e-11);
        assertThat(value).isCloseTo(problem.objective(at).data(), within(1e-11 * value));
    }

    @Test
    void threadsAndStorageChangeNothing() {
        DenseMatrix tall = clusters(2500, 30); // several tiles of vectors
        Factorization one = fit(ALWAYS, 5).threads(1).build().fit(tall);
        Factorization three = fit(ALWAYS, 5).threads(3).build().fit(tall);
        // How many sweeps are made follows what a pass costs, so that only the ends agree.
        Factorization dense = fit(ALWAYS, 30).build().fit(tall);
        Factorization stored = fit(ALWAYS, 30).build().fit(SparseMatrix.of(tall));

        assertThat(three.w()).isEqualTo(one.w());
        assertThat(three.h()).isEqualTo(one.h());
        assertThat(three.objective()).isEqualTo(one.objective());
        assertThat(stored.objective()).isCloseTo(dense.objective(), within(1e-9 * dense.objective()));
    }

    @Test
    void elsewhereItIsExtrapolation() {
        Factorization small = fit(new Subspace(), 30).build().fit(clusters(8, 9));
        Factorization extrapolated = fit(new Extrapolation(), 30).build().fit(clusters(8, 9));
        Factorization otherwise = fit(ALWAYS, 3).solver("mm").build().fit(X);
        Factorization held = fit(ALWAYS, 3)
                .startW(random(5, 400, RANK, 0, 0.1))
                .hold(Factor.W)
                .build()
                .fit(X);
        Factorization penalized =
                fit(ALWAYS, 3).penalizeH(new L1().times(0.1)).build().fit(X);

        assertThat(small.acceleration()).isEqualTo("extrapolation");
        assertThat(small.w()).isEqualTo(extrapolated.w());
        assertThat(small.h()).isEqualTo(extrapolated.h());
        assertThat(otherwise.acceleration()).isEqualTo("extrapolation");
        assertThat(held.acceleration()).isEqualTo("extrapolation");
        assertThat(penalized.acceleration()).isEqualTo("subspace");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAShareThatIsNone(double share) {
        assertThatThrownBy(() -> new Subspace(share))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("subspace: share must be finite and at least 0: " + share);
    }
}
