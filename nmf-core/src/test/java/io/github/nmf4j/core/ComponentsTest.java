package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.LogPenalty;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scale and order of the components of a result, those that died, penalties that fade. */
class ComponentsTest {
    private final DenseMatrix x = EquivalenceTest.random(21, 30, 40, 0.3, 0.1);

    private static Nmf.Builder fit(int rank) {
        return Nmf.builder().rank(rank).stopWhen(StoppingRule.afterIterations(30));
    }

    private static double share(Factorization fit, int c) {
        return sum(fit.w(), c, true) * sum(fit.h(), c, false);
    }

    private static double sum(Matrix factor, int c, boolean column) {
        double sum = 0;
        for (int j = 0; j < (column ? factor.rows() : factor.columns()); j++) {
            sum += column ? factor.get(j, c) : factor.get(c, j);
        }
        return sum;
    }

    private static boolean ordered(Factorization fit) {
        for (int c = 1; c < fit.rank(); c++) {
            if (share(fit, c) > share(fit, c - 1)) {
                return false;
            }
        }
        return true;
    }

    private static double norm(Matrix factor, int c, boolean column) {
        double square = 0;
        for (int j = 0; j < (column ? factor.rows() : factor.columns()); j++) {
            double value = column ? factor.get(j, c) : factor.get(c, j);
            square += value * value;
        }
        return Math.sqrt(square);
    }

    @Test
    void componentsAreBalancedAndTheLargestStandsFirst() {
        for (int seed = 0; seed < 5; seed++) {
            Factorization fit =
                    fit(4).start("random").seed(seed).normalized().build().fit(x);
            assertThat(ordered(fit)).isTrue();
            for (int c = 0; c < 4; c++) {
                double expected = norm(fit.w(), c, true);
                assertThat(norm(fit.h(), c, false)).isCloseTo(expected, within(1e-12 * expected));
            }
        }
    }

    @Test
    void aFloorThatWasRaisedIsKept() {
        Factorization fit = fit(4).loss("euclidean")
                .start("random")
                .constrainW(new Floor(0.02))
                .constrainH(new Floor(0.05))
                .build()
                .fit(x);
        assertThat(Arrays.stream(fit.w().toDense().data()).min().orElseThrow()).isEqualTo(0.02);
        assertThat(Arrays.stream(fit.h().toDense().data()).min().orElseThrow()).isEqualTo(0.05);
    }

    /** The objective is that of the factors as they are returned. */
    @Test
    void balancingDoesNotChangeTheModel() {
        Factorization fit = fit(4).loss("euclidean").start("random").build().fit(x);
        DenseMatrix model = DenseMatrix.zeros(30, 40);
        new PortableBackend().multiply(Product.AB, fit.w().toDense(), fit.h().toDense(), 0, model);
        double cost = 0;
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 40; j++) {
                cost += 0.5 * Math.pow(x.get(i, j) - model.get(i, j), 2);
            }
        }
        assertThat(cost).isCloseTo(fit.objective(), within(1e-10 * cost));
    }

    /** Few observed entries a row, exact coordinates and no penalty: factors of millions beside entries at the floor. */
    @Test
    void theObjectiveIsThatOfTheFactorsHoweverLarge() {
        Random random = new Random(3);
        DenseMatrix wide = DenseMatrix.zeros(191, 65);
        DenseMatrix weights = DenseMatrix.zeros(191, 65);
        for (int i = 0; i < 191; i++) {
            for (int j = 0; j < 65; j++) {
                wide.set(i, j, random.nextBoolean() ? 3 * random.nextDouble() : 0);
                weights.set(i, j, random.nextInt(12) == 0 ? 2 * random.nextDouble() : 0);
            }
        }
        for (String loss : List.of("kullback-leibler", "euclidean")) {
            for (int iterations : new int[] {2, 3, 5, 8}) {
                Nmf.Builder like = Nmf.builder()
                        .rank(6)
                        .loss(loss)
                        .weights(weights)
                        .solver("ccd")
                        .acceleration("none")
                        .stopWhen(StoppingRule.afterIterations(iterations));
                Factorization fit = like.start("random").build().fit(wide);
                double ofFactors = like.startW(fit.w())
                        .startH(fit.h())
                        .build()
                        .fit(wide)
                        .trace()
                        .rows()
                        .get(0)
                        .objective();
                assertThat(ofFactors)
                        .as("%s, %d iterations", loss, iterations)
                        .isCloseTo(fit.objective(), within(1e-9 * fit.objective()));
            }
        }
    }

    @Test
    void aGivenStartKeepsItsScaleAndOrder() {
        Factorization first = fit(3).build().fit(x);
        DenseMatrix w = DenseMatrix.zeros(30, 3);
        DenseMatrix h = DenseMatrix.zeros(3, 40);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 30; i++) {
                w.set(i, c, 5 * first.w().get(i, 2 - c));
            }
            for (int j = 0; j < 40; j++) {
                h.set(c, j, first.h().get(2 - c, j) / 5);
            }
        }
        Factorization again = fit(3).startW(w).startH(h).build().fit(x);
        assertThat(ordered(again)).isFalse();
        assertThat(norm(again.w(), 0, true)).isGreaterThan(4 * norm(again.h(), 0, false));
    }

    @Test
    void termsThatTellComponentsApartKeepTheOrder() {
        Regularizer apart = new L1().times(0, 2, 0.5);
        assertThat(apart.interchangeable()).isFalse();
        assertThat(new L1().times(2, 2, 2).interchangeable()).isTrue();
        assertThat(new L1().plus(apart).interchangeable()).isFalse();
        boolean unordered = false;
        for (int seed = 0; seed < 5; seed++) {
            unordered |= !ordered(fit(3).start("random")
                    .seed(seed)
                    .constrainW(new UnitColumns())
                    .penalizeH(apart)
                    .build()
                    .fit(x));
        }
        assertThat(unordered).isTrue();
    }

    @Test
    void aPenaltyThatTheOtherFactorCanEscapeIsNamed() {
        List<String> remarks = fit(2).penalizeH(new L1()).build().fit(x).remarks();
        assertThat(remarks)
                .containsExactly("h:l1 will fade: h can shrink and w grow by the same number at no cost, for nothing"
                        + " holds the scale of w; add a constraint such as unit-columns, or a penalty, to w");
        assertThat(fit(2).penalizeW(new LogPenalty(1)).build().fit(x).remarks())
                .singleElement()
                .asString()
                .startsWith("w:log will fade: w can shrink and h grow");
        assertThat(fit(2).penalizeH(new L1())
                        .constrainW(new UnitColumns())
                        .build()
                        .fit(x)
                        .remarks())
                .isEmpty();
        assertThat(fit(2).penalizeH(new L1()).penalizeW(new L1()).build().fit(x).remarks())
                .isEmpty();
        assertThat(fit(2).penalizeH(new L1())
                        .constrainH(new UnitColumns())
                        .build()
                        .fit(x)
                        .remarks())
                .isEmpty();
        assertThat(fit(2).build().fit(x).remarks()).isEmpty();
    }

    /** Two components of which one starts at nothing: plain multiplicative updates leave it there. */
    private Nmf.Builder oneDead(DenseMatrix data) {
        DenseMatrix w = EquivalenceTest.random(3, data.rows(), 2, 0, 0.1);
        DenseMatrix h = EquivalenceTest.random(4, 2, data.columns(), 0, 0.1);
        w.slice(0, 1, data.rows(), 1).fill(1e-14);
        h.slice(1, 0, 1, data.columns()).fill(1e-14);
        return Nmf.builder()
                .rank(2)
                .solver("mm")
                .startW(w)
                .startH(h)
                .stopWhen(StoppingRule.relativeDecreaseBelow(1e-7).orAfterIterations(2000));
    }

    @Test
    void aDeadComponentIsNamedAndComesBackWhereWanted() {
        DenseMatrix data = x.copy();
        Factorization dead = oneDead(data).build().fit(data);
        Factorization revived = oneDead(data).reviveDeadComponents().build().fit(data);

        assertThat(dead.remarks()).singleElement().asString().startsWith("component 1 is dead");
        assertThat(revived.remarks()).isEmpty();
        assertThat(revived.objective()).isLessThan(0.98 * dead.objective());
        assertThat(share(revived, 1)).isGreaterThan(0.01 * share(revived, 0));
        List<Trace.Row> rows = revived.trace().rows();
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).iteration()).isEqualTo(i);
            assertThat(rows.get(i).objective())
                    .isLessThanOrEqualTo(rows.get(i - 1).objective() * (1 + 1e-12));
        }
    }

    /** The last two columns lie in rows of their own: the one before last costs more, but for its weight. */
    @Test
    void aDeadComponentComesBackWhereTheWeightedCostIsGreatest() {
        DenseMatrix data = DenseMatrix.zeros(6, 8);
        data.fill(0.01);
        data.slice(0, 0, 2, 6).fill(1);
        data.slice(2, 6, 2, 1).fill(2);
        data.slice(4, 7, 2, 1).fill(1);
        DenseMatrix weights = DenseMatrix.zeros(6, 8);
        weights.fill(1);
        weights.slice(0, 6, 6, 1).fill(1e-3);
        Factorization dead = oneDead(data).weights(weights).build().fit(data);
        Factorization revived =
                oneDead(data).weights(weights).reviveDeadComponents().build().fit(data);

        assertThat(revived.objective()).isLessThan(0.01 * dead.objective());
        assertThat(revived.h().get(1, 7)).isGreaterThan(100 * revived.h().get(1, 6));
    }

    @Test
    void aRankAboveTheSmallerSideIsRemarkedOn() {
        DenseMatrix small = x.slice(0, 0, 4, 7).copy();
        DenseMatrix g = EquivalenceTest.random(33, 4, 3, 0, 0.1);

        assertThat(fit(4).build().fit(small).remarks()).isEmpty();
        assertThat(fit(5).build().fit(small).remarks().get(0))
                .isEqualTo(
                        "rank 5 is above 4, the smaller side of W·H (4 x 7): without constraints and penalties 4 components model as"
                                + " much, and more leave the solution open; take a lower rank");
        assertThat(fit(3).dictionary(g).build().fit(small).remarks()).isEmpty();
        assertThat(fit(4).dictionary(g).build().fit(small).remarks().get(0))
                .startsWith("rank 4 is above 3, the smaller side of W·H (3 x 7)");
        DenseMatrix w = EquivalenceTest.random(34, 4, 5, 0, 0.1);
        assertThat(fit(5).startW(w).hold(Factor.W).build().fit(small).remarks())
                .noneMatch(remark -> remark.startsWith("rank"));
    }

    /** With a dictionary, a simplex, weights and missing entries it may be refused, but never raises the objective. */
    @Test
    void revivalKeepsToTheConstraints() {
        DenseMatrix data = x.copy();
        data.set(3, 4, Double.NaN);
        DenseMatrix g = EquivalenceTest.random(31, 30, 6, 0.3, 0.1);
        DenseMatrix w = EquivalenceTest.random(32, 6, 2, 0, 0.1);
        w.slice(0, 1, 6, 1).fill(1e-14);
        DenseMatrix h = DenseMatrix.zeros(2, 40);
        h.slice(0, 0, 1, 40).fill(1);
        Factorization fit = Nmf.builder()
                .rank(2)
                .solver("mm")
                .dictionary(g)
                .missingNaN()
                .startW(w)
                .startH(h)
                .constrainH(new UnitColumns())
                .reviveDeadComponents()
                .stopWhen(StoppingRule.relativeDecreaseBelow(1e-7).orAfterIterations(500))
                .build()
                .fit(data);
        for (int j = 0; j < 40; j++) {
            assertThat(fit.h().get(0, j) + fit.h().get(1, j)).isCloseTo(1, within(1e-12));
        }
        List<Trace.Row> rows = fit.trace().rows();
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).objective())
                    .isLessThanOrEqualTo(rows.get(i - 1).objective() * (1 + 1e-12));
        }
    }
}
