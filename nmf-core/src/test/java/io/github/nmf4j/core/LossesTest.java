package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every built-in loss keeps the laws, and has the values that one can work out by hand. */
class LossesTest {
    private static double value(Loss loss, double x, double y) {
        double[] value = new double[1];
        double[] constant = new double[1];
        loss.value(1, new double[] {x}, new double[] {y}, value, Elementary.PLAIN);
        loss.constant(1, new double[] {x}, constant, Elementary.PLAIN);
        return value[0] + constant[0];
    }

    @Test
    void valuesAreThoseOfTheDefinitions() {
        assertThat(value(new KullbackLeibler(), 3, 2)).isCloseTo(3 * Math.log(1.5) - 1, within(1e-15));
        assertThat(value(new KullbackLeibler(), 0, 2)).isEqualTo(2);
        assertThat(value(new Euclidean(), 3, 1)).isEqualTo(2);
        assertThat(value(new ItakuraSaito(), 3, 2)).isCloseTo(1.5 - Math.log(1.5) - 1, within(1e-15));
        // (3^2.5 + 1.5·2^2.5 − 2.5·3·2^1.5)/(2.5·1.5)
        double expected = (Math.pow(3, 2.5) + 1.5 * Math.pow(2, 2.5) - 2.5 * 3 * Math.pow(2, 1.5)) / 3.75;
        assertThat(value(new BetaDivergence(2.5), 3, 2)).isCloseTo(expected, within(1e-14));
        assertThat(value(new BetaDivergence(-1), 3, 2)).isCloseTo(1 / 6.0 - 0.5 + 3 / 8.0, within(1e-15));
    }

    @Test
    void limitsOfTheBetaDivergenceAreTheNamedLosses() {
        for (double x : new double[] {0.3, 1, 7}) {
            for (double y : new double[] {0.2, 1, 9}) {
                assertThat(value(new BetaDivergence(1), x, y)).isEqualTo(value(new KullbackLeibler(), x, y));
                assertThat(value(new BetaDivergence(0), x, y)).isEqualTo(value(new ItakuraSaito(), x, y));
                assertThat(value(new BetaDivergence(2), x, y)).isCloseTo(value(new Euclidean(), x, y), within(1e-13));
                assertThat(value(new BetaDivergence(1 + 1e-7), x, y))
                        .isCloseTo(value(new KullbackLeibler(), x, y), within(1e-5));
            }
        }
    }

    private static void assertExponents(Loss loss, double growth, double decay) {
        assertThat(loss.growth()).as("growth of %s", loss).isEqualTo(growth);
        assertThat(loss.decay()).as("decay of %s", loss).isEqualTo(decay);
    }

    /** Larger ones would bound the loss as well, by steps that are too short: no law forbids them. */
    @Test
    void exponentsAreTheLeast() {
        assertExponents(new KullbackLeibler(), 0, 1);
        assertExponents(new Euclidean(), 1, 0);
        assertExponents(new ItakuraSaito(), 0, 2);
        assertExponents(new BetaDivergence(-1), 0, 3);
        assertExponents(new BetaDivergence(1.75), 0.75, 0.25);
        assertExponents(new BetaDivergence(3), 2, 0);
        assertExponents(new AlphaDivergence(2.5), 0, 2.5);
        assertExponents(new AlphaDivergence(-2.5), 2.5, 0);
        assertExponents(new Hellinger(), 0, 0.5);
        assertExponents(new NegativeBinomial(2.5), 0, 1);
        assertExponents(new BernoulliOdds(), 0, 1);
        assertExponents(new Huber(0.7), 1, 0);
        assertExponents(new Cauchy(0.7), 1, 0);
    }

    @Nested
    class KullbackLeiblerLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new KullbackLeibler();
        }
    }

    @Nested
    class EuclideanLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new Euclidean();
        }
    }

    @Nested
    class ItakuraSaitoLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new ItakuraSaito();
        }
    }

    @Nested
    class NegativeBetaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(-1);
        }
    }

    @Nested
    class HalfBetaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(0.5);
        }
    }

    @Nested
    class OneAndAHalfBetaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(1.5);
        }
    }

    @Nested
    class OddBetaLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(1.3);
        }
    }

    @Nested
    class BetaTwoLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(2);
        }
    }

    @Nested
    class BetaThreeLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(3);
        }
    }

    @Nested
    @Tag("slow")
    class BetaJustAboveOneLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(1.0005);
        }
    }

    @Nested
    @Tag("slow")
    class BetaJustBelowOneLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(0.9995);
        }
    }

    @Nested
    @Tag("slow")
    class BetaJustAboveZeroLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(0.0005);
        }
    }

    @Nested
    @Tag("slow")
    class BetaJustBelowZeroLaws extends LossContract {
        @Override
        protected Loss loss() {
            return new BetaDivergence(-0.0005);
        }
    }
}
