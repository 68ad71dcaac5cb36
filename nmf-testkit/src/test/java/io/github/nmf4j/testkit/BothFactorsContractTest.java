package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The law of penalties on both factors passes a sound one and is broken by those that err on the other factor's side. */
class BothFactorsContractTest {
    enum Mistake {
        VALUE_COUNTED_TWICE,
        SLOPE_ONE_PERCENT_SHORT,
        FORGETS_THE_OTHER_FACTOR,
        NO_CURVATURE
    }

    @Test
    void passesASoundPenalty() {
        RegularizerContract.seeds()
                .forEach(seed -> assertThatCode(() -> new Contract(null).theOtherFactorSeesTheSamePenalty(seed))
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @EnumSource
    void catches(Mistake mistake) {
        assertThatThrownBy(() -> RegularizerContract.seeds()
                        .limit(8)
                        .forEach(new Contract(mistake)::theOtherFactorSeesTheSamePenalty))
                .isInstanceOf(AssertionError.class);
    }

    private static final class Contract extends RegularizerContract {
        private final Mistake mistake;

        Contract(Mistake mistake) {
            this.mistake = mistake;
        }

        @Override
        protected Regularizer regularizer() {
            return new Product(mistake);
        }
    }

    /** Σ over components of Σ h · ½Σ w², with at most one mistake in what W sees. */
    private record Product(Mistake mistake) implements Regularizer {
        @Override
        public String name() {
            return "product";
        }

        @Override
        public Reads reads() {
            return Reads.BOTH_FACTORS;
        }

        @Override
        public boolean convex() {
            return true;
        }

        @Override
        public boolean separatesComponents() {
            return true;
        }

        @Override
        public Term at(FactorView now) {
            FactorView w = now.other();
            return new Power(w, 2, 1, 1, 1);
        }

        @Override
        public Term atOther(FactorView now) {
            double value = mistake == Mistake.VALUE_COUNTED_TWICE ? 2 : 1;
            double slope = mistake == Mistake.SLOPE_ONE_PERCENT_SHORT
                    ? 0.99
                    : mistake == Mistake.FORGETS_THE_OTHER_FACTOR ? 0 : 1;
            return new Power(now.other(), 1, value, slope, mistake == Mistake.NO_CURVATURE ? 0 : 2);
        }
    }

    /** Σ f of the other factor, or ½Σ f², times Σ of this one, or ½Σ f²; the power of the other one is given. */
    private record Power(FactorView other, int powerOfOther, double value, double slope, int bend)
            implements Regularizer.Term {
        private double held(int c) {
            double sum = 0;
            for (int j = 0; j < other.vectors(); j++) {
                double f = other.get(c, j);
                sum += powerOfOther == 1 ? f : 0.5 * f * f;
            }
            return sum;
        }

        @Override
        public void value(Surrogate block, double[] shares) {
            for (int c = 0; c < block.rank(); c++) {
                for (int j = 0; j < block.count(); j++) {
                    double f = block.at(c)[j];
                    shares[c] += value * held(c) * (powerOfOther == 1 ? 0.5 * f * f : f);
                }
            }
        }

        @Override
        public void majorize(Surrogate block) {
            for (int c = 0; c < block.rank(); c++) {
                for (int j = 0; j < block.count(); j++) {
                    if (powerOfOther == 2 || bend == 0) {
                        block.linear(c)[j] += slope * held(c) * (powerOfOther == 2 ? 1 : block.at(c)[j]);
                    } else {
                        block.quadratic(c)[j] += slope * held(c);
                    }
                }
            }
        }
    }
}
