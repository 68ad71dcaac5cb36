package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries that multiplicative updates hold near 0 are let go where the objective falls as they grow. */
class ReleaseTest {
    private static final int LIMIT = 150;
    private static final double FLOOR = 1e-14;

    private final DenseMatrix w = EquivalenceTest.random(62, 12, 3, 0, 0.2);
    private final DenseMatrix x = data();

    /** In every third vector little of the last component: near 0 its slope is small. */
    private DenseMatrix data() {
        DenseMatrix h = EquivalenceTest.random(63, 3, 30, 0, 0.5);
        for (int j = 0; j < 30; j += 3) {
            h.set(2, j, 0.1);
        }
        DenseMatrix data = DenseMatrix.zeros(12, 30);
        new PortableBackend().multiply(Product.AB, w, h, 0, data);
        DenseMatrix noise = EquivalenceTest.random(64, 12, 30, 0, 0);
        for (int i = 0; i < data.data().length; i++) {
            data.data()[i] *= 0.99 + 0.004 * noise.data()[i];
        }
        return data;
    }

    private Nmf.Builder half(String loss, List<Constraint> constraints, DenseMatrix h) {
        return Nmf.builder()
                .rank(3)
                .loss(loss)
                .solver("mm")
                .startW(w)
                .startH(h)
                .hold(Factor.W)
                .constrainH(constraints.toArray(Constraint[]::new));
    }

    private DenseMatrix solved(String loss, List<Constraint> constraints) {
        return half(loss, constraints, EquivalenceTest.random(65, 3, 30, 0, 0.2))
                .stopWhen(StoppingRule.gapBelow(1e-8).orAfterIterations(20_000))
                .build()
                .fit(x)
                .h()
                .toDense();
    }

    /** The same, but entries that are small lie at the floor; what they were goes to another, so that sums hold. */
    private static DenseMatrix fallen(DenseMatrix solved) {
        DenseMatrix h = solved.copy();
        for (int j = 0; j < 30; j += 3) {
            h.set(1, j, h.get(1, j) + h.get(2, j));
            h.set(2, j, FLOOR);
        }
        return h;
    }

    /** {@return how many of the entries that a solution has above 0 are held near it} */
    private static long held(Factorization fit, DenseMatrix solved) {
        return IntStream.range(0, 30)
                .filter(j -> solved.get(2, j) > 0.02 && fit.h().get(2, j) < 1e-3)
                .count();
    }

    static Stream<Object[]> compositions() {
        Constraint sums = new UnitColumns().with(Arguments.NONE.and("sum", 6.0));
        List<List<Constraint>> all = List.of(List.of(), List.of(sums), List.of(new Box(0, 5)));
        return Stream.of("kullback-leibler", "itakura-saito", "beta", "euclidean")
                .flatMap(loss -> all.stream().map(constraints -> new Object[] {loss, constraints}));
    }

    @ParameterizedTest
    @MethodSource("compositions")
    void entriesComeBackInAFewSweeps(String loss, List<Constraint> constraints) {
        DenseMatrix solved = solved(loss, constraints);
        DenseMatrix h = fallen(solved);
        Factorization sweepsAlone = half(loss, constraints, h)
                .stopWhen(StoppingRule.afterIterations(LIMIT))
                .build()
                .fit(x);
        Factorization fit = half(loss, constraints, h)
                .stopWhen(StoppingRule.gapBelow(1e-6).orAfterIterations(LIMIT))
                .build()
                .fit(x);

        assertThat(fit.objective()).isLessThan(sweepsAlone.objective());
        assertThat(held(sweepsAlone, solved)).isPositive();
        assertThat(held(fit, solved)).isZero();
        List<Trace.Row> rows = fit.trace().rows();
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).iteration()).isEqualTo(i);
            assertThat(rows.get(i).objective())
                    .isLessThanOrEqualTo(rows.get(i - 1).objective() * (1 + 1e-12));
        }
    }

    /**
     * Under a square loss the slope is a straight line, and its secant vanishes at the minimum. The last vector is (1.25, 1); with
     * its second entry held at 0 the first settles at 1.75/1.25 = 1.4, which leaves (−0.15, 0.3) and an objective of 0.05625. The
     * slope of the second is then −0.225, its curvature 1.25: it goes to 0.18, which gains ½ · 0.225 · 0.18 = 0.02025.
     */
    @Test
    void theSecantOfASquareEndsAtItsMinimum() {
        DenseMatrix mixing = DenseMatrix.of(new double[][] {{1, 0.5}, {0.5, 1}});
        DenseMatrix h = DenseMatrix.of(new double[][] {{1, 1, 1}, {1, 1, 0.5}});
        DenseMatrix data = DenseMatrix.zeros(2, 3);
        new PortableBackend().multiply(Product.AB, mixing, h, 0, data);
        h.set(1, 2, FLOOR);
        Factorization fit = Nmf.builder()
                .rank(2)
                .loss("euclidean")
                .solver("mm")
                .acceleration("none")
                .startW(mixing)
                .startH(h)
                .hold(Factor.W)
                .stopWhen(StoppingRule.gapBelow(1e-6).orAfterIterations(LIMIT))
                .build()
                .fit(data);

        double settled = 0.05625;
        assertThat(fit.trace().rows())
                .extracting(Trace.Row::objective)
                .filteredOn(objective -> objective < settled * (1 - 1e-9))
                .first(DOUBLE)
                .isCloseTo(settled - 0.02025, within(1e-12));
    }

    @Test
    void fixedEntriesStay() {
        DenseMatrix fixed = DenseMatrix.zeros(3, 30);
        fixed.fill(Double.NaN);
        fixed.set(2, 0, 0);
        fixed.set(2, 3, 1e-6);
        List<Constraint> constraints = List.of(new FixedEntries(fixed));
        DenseMatrix h = fallen(solved("kullback-leibler", constraints));
        h.set(2, 0, 0);
        h.set(2, 3, 1e-6);
        Factorization fit = half("kullback-leibler", constraints, h)
                .stopWhen(StoppingRule.gapBelow(1e-6).orAfterIterations(LIMIT))
                .build()
                .fit(x);

        assertThat(fit.h().get(2, 0)).isZero();
        assertThat(fit.h().get(2, 3)).isEqualTo(1e-6);
        assertThat(fit.h().get(2, 6)).isGreaterThan(1e-3);
    }

    /** Costs nothing at 0 and from 1 on, and much in between: its slope near 0 does not tell. */
    private record Cliff() implements Regularizer {
        @Override
        public String name() {
            return "cliff";
        }

        @Override
        public Reads reads() {
            return Reads.ENTRY;
        }

        @Override
        public boolean convex() {
            return false;
        }

        @Override
        public Term at(FactorView now) {
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {
                    for (int c = 0; c < block.rank(); c++) {
                        for (int j = 0; j < block.count(); j++) {
                            double h = block.at(c)[j];
                            shares[c] += h > 1e-6 && h < 0.4 ? 1e6 : 0;
                        }
                    }
                }

                @Override
                public void majorize(Surrogate block) {}
            };
        }
    }

    @Test
    void stepsThatRaiseTheObjectiveAreNotTaken() {
        DenseMatrix h = fallen(solved("kullback-leibler", List.of()));
        Factorization fit = half("kullback-leibler", List.of(), h)
                .penalizeH(new Cliff())
                .stopWhen(StoppingRule.gapBelow(1e-6).orAfterIterations(LIMIT))
                .build()
                .fit(x);

        assertThat(fit.objective()).isLessThan(1);
        assertThat(fit.h().get(2, 3)).isLessThan(1e-6);
    }
}
