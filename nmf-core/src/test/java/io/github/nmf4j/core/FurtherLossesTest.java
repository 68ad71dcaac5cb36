package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.testkit.LossContract;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Robust losses, counts beyond Poisson's, odds and α-divergences keep the laws and have values computed elsewhere. */
class FurtherLossesTest {
    /** Of values computed with mpmath 1.2.1 at 50 digits from the definitions. */
    private static final double ROUNDING = 4e-15;

    private static double value(Loss loss, double x, double y) {
        double[] value = new double[1];
        double[] constant = new double[1];
        Elementary math = new PortableElementary();
        loss.value(1, new double[] {x}, new double[] {y}, value, math);
        loss.constant(1, new double[] {x}, constant, math);
        return value[0] + constant[0];
    }

    private static void assertValue(Loss loss, double x, double y, double expected) {
        assertThat(value(loss, x, y)).as("%s at %s, %s", loss, x, y).isCloseTo(expected, within(ROUNDING));
    }

    @Test
    void valuesAreThoseOfTheDefinitions() {
        assertValue(new AlphaDivergence(-1), 3, 2, 1 / 6.0);
        assertValue(new AlphaDivergence(0.3), 3, 2, 0.059008755837555853);
        assertValue(new AlphaDivergence(2), 3, 2, 0.5);
        assertValue(new AlphaDivergence(-2.5), 3, 2, 0.35022135388640661);
        assertValue(new AlphaDivergence(3), 3, 2, 0.875);
        assertValue(new AlphaDivergence(3), 0, 2, 2);
        assertValue(new Hellinger(), 3, 2, 0.10102051443364380);
        assertValue(new NegativeBinomial(2.5), 3, 2, 0.11270649928266176);
        assertValue(new NegativeBinomial(2.5), 0, 2, 1.4694666622552975);
        assertValue(new NegativeBinomial(1e12), 3, 2, 0.21639532432399315);
        assertValue(new BernoulliOdds(), 0.25, 2, 0.36299034890931501);
        assertValue(new BernoulliOdds(), 1, 1e9, 9.999999995e-10);
        assertValue(new BernoulliOdds(), 0, 3, Math.log(4));
        assertValue(new BernoulliOdds(), 0.75, 3, 0);
        assertValue(new Cauchy(0.5), 3, 2, 0.20117973905426255);
        assertValue(new Cauchy(1e8), 3, 2, 0.49999999999999998);
        assertValue(new Huber(0.75), 3, 2.5, 0.125);
        assertValue(new Huber(0.75), 3, 1, 0.75 * 2 - 0.5 * 0.75 * 0.75);
    }

    @Test
    void limitsAreTheLossesTheyAreSaidToBe() {
        for (double x : new double[] {0.3, 1, 7}) {
            for (double y : new double[] {0.2, 1, 9}) {
                double kl = value(new KullbackLeibler(), x, y);
                assertThat(value(new AlphaDivergence(1), x, y)).isEqualTo(kl);
                assertThat(value(new AlphaDivergence(1 + 1e-7), x, y)).isCloseTo(kl, within(1e-5));
                assertThat(value(new AlphaDivergence(0.5), x, y)).isEqualTo(value(new Hellinger(), x, y));
                assertThat(value(new NegativeBinomial(1e9), x, y)).isCloseTo(kl, within(1e-6));
                double square = value(new Euclidean(), x, y);
                assertThat(value(new Huber(100), x, y)).isCloseTo(square, within(1e-13));
                assertThat(value(new Cauchy(1e9), x, y)).isCloseTo(square, within(1e-13));
            }
        }
    }

    /** Close to α = 1, on both sides of where another expression takes over. */
    @Test
    void expressionsOfTheAlphaDivergenceMeet() {
        for (double at : new double[] {1 - 1e-3, 1 + 1e-3}) {
            double below = value(new AlphaDivergence(at - 1e-9), 3, 2);
            double above = value(new AlphaDivergence(at + 1e-9), 3, 2);
            assertThat(below).isCloseTo(above, within(1e-8));
        }
    }

    @Test
    void logarithmOfOnePlusAnythingKeepsItsDigits() {
        for (double u = 1e-20; u < 1e20; u *= 1.37) {
            double expected = Math.log1p(u);
            assertThat(Log1p.of(u, Math.log(1 + u))).as("%s", u).isCloseTo(expected, within(2e-15 * expected));
        }
        // Where the series is longest.
        for (double u = 0.2; u < 0.25; u += 0.0049) {
            double expected = Math.log1p(u);
            assertThat(Log1p.of(u, Double.NaN)).as("%s", u).isCloseTo(expected, within(6e-16 * expected));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-101, 1e101, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesImpossibleScales(double wrong) {
        String rule = " must lie between 1.0E-100 and 1.0E100: " + wrong;
        assertThatThrownBy(() -> new Huber(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("huber: delta" + rule);
        assertThatThrownBy(() -> new Cauchy(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("cauchy: scale" + rule);
        assertThatThrownBy(() -> new NegativeBinomial(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("negative-binomial: size" + rule);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.09, -0.09, 10.1, -10.1, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesImpossibleAlphas(double wrong) {
        assertThatThrownBy(() -> new AlphaDivergence(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("alpha: alpha must lie between 0.1 and 10.0, or between -10.0 and -0.1: " + wrong);
    }

    @Nested
    class HuberLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Huber(0.7);
        }
    }

    @Nested
    class WideHuberLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Huber(1e3);
        }
    }

    @Nested
    class CauchyLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Cauchy(0.7);
        }
    }

    @Nested
    class WideCauchyLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Cauchy(1e4);
        }
    }

    @Nested
    class NegativeBinomialLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new NegativeBinomial(2.5);
        }
    }

    @Nested
    class LargeNegativeBinomialLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new NegativeBinomial(1e9);
        }
    }

    @Nested
    class SmallNegativeBinomialLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new NegativeBinomial(1e-3);
        }
    }

    @Nested
    class BernoulliOddsLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BernoulliOdds();
        }

        @Override
        protected double x(RandomGenerator random) {
            return switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 1;
                default -> random.nextDouble();
            };
        }

        /** Least at the odds of x. */
        @Override
        protected boolean isDivergence() {
            return false;
        }
    }

    @Nested
    class HellingerLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Hellinger();
        }
    }

    @Nested
    class PearsonLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(2);
        }
    }

    @Nested
    class AlphaOfHellingerLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(0.5);
        }
    }

    @Nested
    class AlphaOfKullbackLeiblerLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(1);
        }
    }

    @Nested
    class AlphaNearOneLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(1.0005);
        }
    }

    @Nested
    class SmallAlphaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(0.1);
        }
    }

    @Nested
    class LargeAlphaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(10);
        }
    }

    @Nested
    class OddAlphaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(1.7);
        }
    }

    @Nested
    class NeymanLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(-1);
        }
    }

    @Nested
    class NegativeAlphaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new AlphaDivergence(-2.5);
        }
    }
}
