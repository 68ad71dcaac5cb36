package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Shape;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.regularizers.L1;
import io.github.nmf4j.regularizers.Laplacian;
import io.github.nmf4j.regularizers.LogPenalty;
import io.github.nmf4j.regularizers.Ridge;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The objective never rises, whatever is composed with whatever. */
class DescentTest {
    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noHalfStepRaisesTheObjective(long seed) {
        Composition composition = new Composition(seed);
        Nmf.Builder builder = composition.builder();
        Matrix x = composition.storedData();
        Factorization fit = builder.solver(new Descent("seed " + seed + ": " + composition))
                .stopWhen(StoppingRule.afterIterations(12))
                .build()
                .fit(x);

        for (Matrix factor : new Matrix[] {fit.w(), fit.h()}) {
            for (double value : factor.toDense().data()) {
                assertThat(value).as("an entry: %s", composition).isFinite().isNotNegative();
            }
        }
    }

    /** A loss one of whose parts is a little off: what the property above must notice. */
    private record Off(Loss of, double negativeFactor, double positiveFactor) implements Loss {
        @Override
        public String name() {
            return of.name();
        }

        @Override
        public double growth() {
            return of.growth();
        }

        @Override
        public double decay() {
            return of.decay();
        }

        @Override
        public boolean allowsZero() {
            return of.allowsZero();
        }

        @Override
        public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
            of.split(n, x, y, negative, positive, math);
            for (int i = 0; i < n; i++) {
                if (of.positive() == Positive.ONE) {
                    positive[i] = 1;
                } else if (of.positive() == Positive.MODEL) {
                    positive[i] = y[i];
                }
                negative[i] *= negativeFactor;
                positive[i] *= positiveFactor;
            }
        }

        @Override
        public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
            of.value(n, x, y, into, math);
        }

        @Override
        public void constant(int n, double[] x, double[] into, Elementary math) {
            of.constant(n, x, into, math);
        }
    }

    /** A penalty one of whose coefficients is a little off. */
    private record OffPenalty(Regularizer of, double linear, double quadratic) implements Regularizer {
        @Override
        public String name() {
            return of.name();
        }

        @Override
        public Reads reads() {
            return of.reads();
        }

        @Override
        public boolean convex() {
            return of.convex();
        }

        @Override
        public Term at(FactorView now) {
            Term term = of.at(now);
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {
                    term.value(block, shares);
                }

                @Override
                public void majorize(Surrogate block) {
                    Surrogate plain = block.blank();
                    term.majorize(plain);
                    for (int c = 0; c < block.rank(); c++) {
                        double[] l = plain.linear(c);
                        double[] q = plain.quadratic(c);
                        for (int j = 0; j < block.count(); j++) {
                            block.linear(c)[j] += linear * l[j];
                            block.quadratic(c)[j] += quadratic * q[j];
                        }
                    }
                }
            };
        }
    }

    record Mutation(String what, Loss loss, Regularizer penalty, Loss right, Regularizer rightPenalty) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Mutation> mutations() {
        Loss kl = new KullbackLeibler();
        Regularizer ridge = new Ridge().times(2);
        Stream<Mutation> losses = Stream.of(kl, new Euclidean(), new ItakuraSaito(), new BetaDivergence(1.5))
                .flatMap(loss -> Stream.of(
                        new Mutation(loss + " N up", new Off(loss, 1.01, 1), ridge, loss, ridge),
                        new Mutation(loss + " N down", new Off(loss, 0.99, 1), ridge, loss, ridge),
                        new Mutation(loss + " P up", new Off(loss, 1, 1.01), ridge, loss, ridge),
                        new Mutation(loss + " P down", new Off(loss, 1, 0.99), ridge, loss, ridge)));
        Regularizer smooth = new Laplacian(new Shape(5, 6)).times(4);
        Stream<Mutation> penalties = Stream.of(
                mutation(new L1().times(3), 1.01, 1),
                mutation(new L1().times(3), 0.99, 1),
                mutation(new LogPenalty(0.1).times(2), 1.01, 1),
                mutation(new LogPenalty(0.1).times(2), 0.99, 1),
                mutation(ridge, 1, 1.01),
                mutation(ridge, 1, 0.99),
                mutation(smooth, 1.01, 1),
                mutation(smooth, 0.99, 1),
                mutation(smooth, 1, 1.01),
                mutation(smooth, 1, 0.99));
        return Stream.concat(losses, penalties);
    }

    private static Mutation mutation(Regularizer penalty, double linear, double quadratic) {
        Loss kl = new KullbackLeibler();
        String what = penalty + " l times " + linear + ", q times " + quadratic;
        return new Mutation(what, kl, new OffPenalty(penalty, linear, quadratic), kl, penalty);
    }

    /** From a point that the right terms no longer improve much, a coefficient that is 1 % off goes up. */
    @ParameterizedTest
    @MethodSource("mutations")
    void oneCoefficientOffByOnePercentIsNoticed(Mutation mutation) {
        DenseMatrix data = DenseMatrix.zeros(20, 30);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < data.data().length; i++) {
            data.data()[i] = 0.5 + 5 * random.nextDouble();
        }
        Factorization right = Nmf.builder()
                .rank(3)
                .loss(mutation.right)
                .penalizeH(mutation.rightPenalty)
                .constrainW(new UnitColumns())
                .start(new RandomStart())
                .stopWhen(StoppingRule.afterIterations(3000))
                .build()
                .fit(data);
        Nmf wrong = Nmf.builder()
                .rank(3)
                .loss(mutation.loss)
                .penalizeH(mutation.penalty)
                .constrainW(new UnitColumns())
                .startW(right.w())
                .startH(right.h())
                .stopWhen(StoppingRule.afterIterations(3))
                .build();
        Trace trace = wrong.fit(data).trace();

        assertThat(trace.rows().get(1).objective())
                .isGreaterThan(trace.rows().get(0).objective() * (1 + 1e-12));
    }
}
