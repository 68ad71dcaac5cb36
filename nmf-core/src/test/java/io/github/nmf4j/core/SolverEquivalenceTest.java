package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.regularizers.Ridge;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every solver does the same on every backend, on sparse and dense X, on one thread and several. */
class SolverEquivalenceTest {
    /** Of rank four and noise: without structure solvers pass saddles, where rounding decides which way they go on. */
    private static final DenseMatrix X = structured();

    private static final DenseMatrix W = EquivalenceTest.random(52, 60, 4, 0, 0.2);
    private static final DenseMatrix H = EquivalenceTest.random(53, 4, 700, 0, 0.2);

    private static DenseMatrix structured() {
        DenseMatrix w = EquivalenceTest.random(54, 60, 4, 0.4, 0);
        DenseMatrix h = EquivalenceTest.random(55, 4, 700, 0.4, 0);
        DenseMatrix noise = EquivalenceTest.random(51, 60, 700, 0.5, 2.5);
        DenseMatrix x = DenseMatrix.zeros(60, 700);
        new PortableBackend().multiply(Product.AB, w, h, 0, x);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] *= noise.data()[i];
        }
        return x;
    }

    /**
     * A solver with a loss that it takes.
     *
     * @param alike whether the same steps are made for both storages; otherwise choices follow what a pass costs
     */
    private record Case(Solver solver, Loss loss, boolean alike) {
        @Override
        public String toString() {
            return solver + " " + loss.name();
        }
    }

    static Stream<Arguments> casesOnBackends() {
        List<Case> cases = List.of(
                new Case(new MajorizeMinimize(), new KullbackLeibler(), true),
                new Case(new MajorizeMinimize(), new BetaDivergence(1.5), true),
                new Case(new Hals(1), new Euclidean(), true),
                new Case(new Hals(), new Euclidean(), false),
                new Case(new Ccd(), new KullbackLeibler(), true),
                new Case(new Automatic(), new KullbackLeibler(), false),
                new Case(new Automatic(), new Euclidean(), false),
                new Case(new Bregman(), new KullbackLeibler(), true),
                new Case(new ProjectedGradient(2000, 4e4, true), new KullbackLeibler(), true));
        return cases.stream()
                .flatMap(c -> Backends.usable().stream()
                        .flatMap(
                                backend -> Stream.of(Arguments.of(c, backend, false), Arguments.of(c, backend, true))));
    }

    private static Factorization fit(Case c, String backend, Matrix x, int threads, int iterations) {
        return Nmf.builder()
                .rank(4)
                .solver(c.solver)
                .acceleration("none")
                .loss(c.loss)
                .penalizeW(new Ridge().times(0.1))
                .startW(W)
                .startH(H)
                .backend(backend)
                .threads(threads)
                .stopWhen(StoppingRule.afterIterations(iterations))
                .build()
                .fit(x);
    }

    @ParameterizedTest
    @MethodSource("casesOnBackends")
    void sameResult(Case c, String backend, boolean sparse) {
        Matrix x = sparse ? SparseMatrix.of(X) : X;
        Matrix base = c.alike ? X : x;
        Factorization expected = fit(c, "portable", base, 1, 1);
        Factorization one = fit(c, backend, x, 1, 1);
        EquivalenceTest.assertClose(one.w(), expected.w(), 1e-12);
        EquivalenceTest.assertClose(one.h(), expected.h(), 1e-12);

        Factorization fifty = fit(c, backend, x, 1, 50);
        double objective = fit(c, "portable", base, 1, 50).objective();
        assertThat(fifty.objective()).isCloseTo(objective, within(1e-9 * objective));
        Factorization threaded = fit(c, backend, x, 3, 50);
        assertThat(threaded.w().toDense()).isEqualTo(fifty.w().toDense());
        assertThat(threaded.h().toDense()).isEqualTo(fifty.h().toDense());
    }
}
