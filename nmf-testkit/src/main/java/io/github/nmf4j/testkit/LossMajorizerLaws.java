package io.github.nmf4j.testkit;

import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Surrogate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Growth and decay make a majorizer, of an entry and of a vector. */
abstract class LossMajorizerLaws extends LossDerivativeLaws {
    /** p_s(r) = (rˢ − 1)/s, p₀ = log r. */
    private static double power(double s, double r) {
        return s == 0 ? Math.log(r) : Math.expm1(s * Math.log(r)) / s;
    }

    /** The scalar contract of {@link Loss}: growth and decay make a majorizer of this P and N. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void scalarMajorizerBoundsTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        double[] other = away(random, at.y());
        Parts parts = parts(at.x(), at.y());
        Parts there = parts(at.x(), other);
        double[] values = values(at.x(), at.y());
        double[] elsewhere = values(at.x(), other);
        Loss loss = loss();
        for (int i = 0; i < ENTRIES; i++) {
            double r = other[i] / at.y()[i];
            double rise = at.y()[i] * parts.positive()[i] * power(loss.growth() + 1, r);
            double fall = at.y()[i] * parts.negative()[i] * power(1 - loss.decay(), r);
            double terms = Math.abs(values[i])
                    + Math.abs(elsewhere[i])
                    + Math.abs(rise)
                    + Math.abs(fall)
                    + at.y()[i] * parts.size(i)
                    + other[i] * there.size(i)
                    + cancels(at.x()[i], at.y()[i])
                    + cancels(at.x()[i], other[i]);
            assertAtMost(
                    elsewhere[i],
                    values[i] + rise - fall,
                    ROUNDING * terms,
                    "the majorizer at ȳ = " + at.y()[i] + " must bound d(x, y)",
                    where(seed, at.x()[i], other[i]));
        }
    }

    /** A small problem x ≈ B·h with weights, some of them 0: what one vector of a half-step sees. */
    private final class Regression {
        private final int rank;
        private final double[][] b;
        private final double[] x;
        private final double[] weights;
        private final double[] at;

        Regression(RandomGenerator random) {
            rank = 1 + random.nextInt(5);
            int n = 1 + random.nextInt(12);
            b = new double[n][rank];
            x = new double[n];
            weights = new double[n];
            at = new double[rank];
            double scale = Draw.decades(random, -3, 3);
            double spread = Draw.decades(random, -1, 0.5);
            for (int c = 0; c < rank; c++) {
                at[c] = scale * Draw.decades(random, -spread, spread);
            }
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < rank; c++) {
                    b[i][c] = Draw.chance(random, 0.3) ? 0.0 : Draw.decades(random, -1, 1);
                }
                b[i][random.nextInt(rank)] += 0.5;
                double drawn = x(random);
                x[i] = drawn > 0 && Draw.chance(random, 0.8) ? scale * Draw.decades(random, -2, 2) : drawn;
                weights[i] = Draw.chance(random, 0.2) ? 0.0 : random.nextBoolean() ? 1.0 : random.nextDouble(2);
            }
        }

        double[] model(double[] h) {
            double[] y = new double[x.length];
            for (int i = 0; i < y.length; i++) {
                for (int c = 0; c < rank; c++) {
                    y[i] += b[i][c] * h[c];
                }
            }
            return y;
        }

        double objective(double[] h) {
            double[] values = values(x, model(h));
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum;
        }

        /** The size of what {@link #objective} adds up, for its rounding. */
        double terms(double[] h) {
            double[] y = model(h);
            double[] values = values(x, y);
            Parts parts = parts(x, y);
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weights[i] * (Math.abs(values[i]) + y[i] * parts.size(i) + cancels(x[i], y[i]));
            }
            return sum;
        }

        Surrogate surrogate() {
            Surrogate surrogate = new Surrogate(rank, 1, loss().growth(), loss().decay(), at[0] * 1e-14);
            surrogate.begin(0, 1);
            Parts parts = parts(x, model(at));
            for (int c = 0; c < rank; c++) {
                surrogate.at(c)[0] = at[c];
            }
            for (int c = 0; c < rank; c++) {
                double[] positive = new double[1];
                double[] negative = new double[1];
                for (int i = 0; i < x.length; i++) {
                    positive[0] += weights[i] * b[i][c] * parts.positive()[i];
                    negative[0] += weights[i] * b[i][c] * parts.negative()[i];
                }
                surrogate.addLoss(c, positive, 0, negative);
            }
            return surrogate;
        }
    }

    /** Minimizing the surrogate of a vector never raises the loss: what the whole method stands on. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void minimizingTheSurrogateNeverRaisesTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < 10; round++) {
            Regression problem = new Regression(random);
            Surrogate surrogate = problem.surrogate();
            double[] h = new double[problem.rank];
            double[] one = new double[1];
            for (int c = 0; c < h.length; c++) {
                surrogate.minimizer(c, null, one, null);
                // Where the surrogate falls without end, or nearly so, any step towards its end descends as well.
                h[c] = Math.min(one[0], problem.at[c] * 1e6);
            }
            double slack = ROUNDING * (problem.terms(problem.at) + problem.terms(h));
            String where = " (seed " + seed + ", round " + round + ")";
            assertAtMost(
                    problem.objective(h),
                    problem.objective(problem.at),
                    slack,
                    "a step must not raise the loss",
                    where);
        }
    }

    /** The surrogate of a vector bounds the loss of x ≈ B·h everywhere. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void surrogateOfAVectorBoundsTheLoss(long seed) {
        RandomGenerator random = Draw.from(seed);
        for (int round = 0; round < 10; round++) {
            Regression problem = new Regression(random);
            Surrogate surrogate = problem.surrogate();
            double[] h = away(random, problem.at);
            double bound = problem.objective(problem.at);
            double slack = ROUNDING * (problem.terms(problem.at) + problem.terms(h));
            for (int c = 0; c < h.length; c++) {
                double[] one = {h[c]};
                surrogate.value(c, one, one);
                bound += one[0];
                slack += ROUNDING * Math.abs(one[0]);
            }
            String where = " (seed " + seed + ", round " + round + ")";
            assertAtMost(problem.objective(h), bound, slack, "the surrogate must bound the loss", where);
        }
    }
}
