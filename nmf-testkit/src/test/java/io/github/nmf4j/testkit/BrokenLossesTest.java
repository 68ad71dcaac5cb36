package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract catches losses that are wrong by little. */
class BrokenLossesTest {
    private static final Loss KL = new PlainKullbackLeibler();
    private static final Loss EUCLIDEAN = new PlainEuclidean();
    private static final Loss SAITO = new PlainItakuraSaito();
    private static final Loss HUBER = new PlainHuber(1);

    /** A loss to spoil: everything another one does, but one thing. */
    private abstract static class Spoilt implements Loss {
        private final Loss good;

        Spoilt(Loss good) {
            this.good = good;
        }

        @Override
        public String name() {
            return good.name();
        }

        @Override
        public double growth() {
            return good.growth();
        }

        @Override
        public double decay() {
            return good.decay();
        }

        @Override
        public Positive positive() {
            return good.positive();
        }

        @Override
        public Negative negative() {
            return good.negative();
        }

        @Override
        public OnZeros onZeros() {
            return good.onZeros();
        }

        @Override
        public boolean convex() {
            return good.convex();
        }

        @Override
        public boolean allowsZero() {
            return good.allowsZero();
        }

        @Override
        public boolean hasCurvature() {
            return good.hasCurvature();
        }

        @Override
        public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
            good.split(n, x, y, negative, positive, math);
        }

        @Override
        public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
            good.value(n, x, y, into, math);
        }

        @Override
        public void constant(int n, double[] x, double[] into, Elementary math) {
            good.constant(n, x, into, math);
        }

        @Override
        public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
            good.curvature(n, x, y, into, math);
        }
    }

    private static LossContract contractOf(Loss loss) {
        return new LossContract() {
            @Override
            protected Loss loss() {
                return loss;
            }
        };
    }

    private static void assertCaught(Loss broken, Law.Seeded<LossContract> law) {
        assertThat(Law.catches(contractOf(broken), law))
                .as("the law refuses the broken loss")
                .isTrue();
    }

    private static void scale(int n, double[] numbers, double by) {
        for (int i = 0; i < n; i++) {
            numbers[i] *= by;
        }
    }

    private static Loss withNegativeTimes(Loss good, double by) {
        return new Spoilt(good) {
            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                scale(n, negative, by);
            }
        };
    }

    private static Loss withPositiveTimes(Loss good, double by) {
        return new Spoilt(good) {
            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                scale(n, positive, by);
            }
        };
    }

    private static Loss withValueTimes(Loss good, double by) {
        return new Spoilt(good) {
            @Override
            public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
                super.value(n, x, y, into, math);
                scale(n, into, by);
            }

            @Override
            public void constant(int n, double[] x, double[] into, Elementary math) {
                super.constant(n, x, into, math);
                scale(n, into, by);
            }
        };
    }

    @Test
    void negativePartOffByOnePercent() {
        for (Loss good : new Loss[] {KL, EUCLIDEAN, SAITO, HUBER}) {
            assertCaught(withNegativeTimes(good, 1.01), LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
            assertCaught(withNegativeTimes(good, 0.99), LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
            assertCaught(withNegativeTimes(good, 1.01), LossContract::scalarMajorizerBoundsTheLoss);
            assertCaught(withNegativeTimes(good, 1.01), LossContract::surrogateOfAVectorBoundsTheLoss);
        }
        assertCaught(withNegativeTimes(KL, 1.01), LossContract::promiseOfTheNegativePartIsKept);
        assertCaught(withNegativeTimes(EUCLIDEAN, 1.01), LossContract::promiseOfTheNegativePartIsKept);
    }

    @Test
    void positivePartOffByOnePercent() {
        for (Loss good : new Loss[] {SAITO, HUBER}) {
            assertCaught(withPositiveTimes(good, 1.01), LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
            assertCaught(withPositiveTimes(good, 0.99), LossContract::scalarMajorizerBoundsTheLoss);
            assertCaught(withPositiveTimes(good, 0.99), LossContract::surrogateOfAVectorBoundsTheLoss);
        }
    }

    @Test
    void valueOffByOnePercent() {
        for (Loss good : new Loss[] {KL, EUCLIDEAN, SAITO, HUBER}) {
            assertCaught(withValueTimes(good, 1.01), LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
        }
        assertCaught(withValueTimes(KL, 1.01), LossContract::promiseOfTheValueAtZerosIsKept);
        assertCaught(withValueTimes(EUCLIDEAN, 1.01), LossContract::promiseOfTheValueAtZerosIsKept);
    }

    @Test
    void growthOffByOnePercent() {
        for (Loss good : new Loss[] {EUCLIDEAN, HUBER}) {
            Loss broken = new Spoilt(good) {
                @Override
                public double growth() {
                    return 0.99;
                }
            };
            assertCaught(broken, LossContract::scalarMajorizerBoundsTheLoss);
            assertCaught(broken, LossContract::surrogateOfAVectorBoundsTheLoss);
        }
    }

    @Test
    void decayOffByOnePercent() {
        for (Loss good : new Loss[] {KL, SAITO}) {
            Loss broken = new Spoilt(good) {
                @Override
                public double decay() {
                    return 0.99 * super.decay();
                }
            };
            assertCaught(broken, LossContract::scalarMajorizerBoundsTheLoss);
            assertCaught(broken, LossContract::surrogateOfAVectorBoundsTheLoss);
        }
    }

    @Test
    void exponentsThatMakeNoMajorizer() {
        Loss none = new Spoilt(KL) {
            @Override
            public double decay() {
                return 0;
            }
        };
        assertCaught(none, (contract, seed) -> contract.growthAndDecayAreNotNegativeAndNotBothZero());
    }

    @Test
    void stepsThatGoTooFar() {
        // A step of Kullback–Leibler taken to the power 2.5: with one component that is beyond the mirror of the
        // minimum.
        Loss hasty = new Spoilt(KL) {
            @Override
            public double decay() {
                return 0.4;
            }
        };
        assertCaught(hasty, LossContract::minimizingTheSurrogateNeverRaisesTheLoss);
    }

    @Test
    void negativeParts() {
        Loss moved = new Spoilt(HUBER) {
            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                for (int i = 0; i < n; i++) {
                    positive[i] -= negative[i];
                    negative[i] = 0;
                }
            }
        };
        assertCaught(moved, LossContract::bothPartsOfTheDerivativeAreFiniteAndNotNegative);
    }

    @Test
    void falsePromises() {
        Loss one = new Spoilt(HUBER) {
            @Override
            public Positive positive() {
                return Positive.ONE;
            }
        };
        assertCaught(one, LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
        Loss model = new Spoilt(HUBER) {
            @Override
            public Positive positive() {
                return Positive.MODEL;
            }
        };
        assertCaught(model, LossContract::slopeAgreesWithTheDifferenceQuotientOfTheValue);
        for (Loss.Negative promise : new Loss.Negative[] {Loss.Negative.DATA, Loss.Negative.RATIO}) {
            Loss data = new Spoilt(HUBER) {
                @Override
                public Negative negative() {
                    return promise;
                }
            };
            assertCaught(data, LossContract::promiseOfTheNegativePartIsKept);
        }
        Loss zero = new Spoilt(HUBER) {
            @Override
            public Negative negative() {
                return Negative.ZERO_AT_ZERO;
            }

            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                for (int i = 0; i < n; i++) {
                    negative[i] += 0.1;
                    positive[i] += 0.1;
                }
            }
        };
        assertCaught(zero, LossContract::promiseOfTheNegativePartIsKept);
        Loss linear = new Spoilt(EUCLIDEAN) {
            @Override
            public OnZeros onZeros() {
                return OnZeros.LINEAR;
            }
        };
        assertCaught(linear, LossContract::promiseOfTheValueAtZerosIsKept);
        Loss convex = new Spoilt(SAITO) {
            @Override
            public boolean convex() {
                return true;
            }
        };
        assertCaught(convex, LossContract::convexLossLiesBelowItsChords);
    }

    @Test
    void missingConstant() {
        Loss without = new Spoilt(KL) {
            @Override
            public void constant(int n, double[] x, double[] into, Elementary math) {
                Arrays.fill(into, 0, n, 0);
            }
        };
        assertCaught(without, LossContract::divergenceIsZeroAtTheDataAndNeverNegative);
    }

    @Test
    void curvatureOffByOnePercent() {
        for (Loss good : new Loss[] {KL, EUCLIDEAN}) {
            Loss broken = new Spoilt(good) {
                @Override
                public void curvature(int n, double[] x, double[] y, double[] into, Elementary math) {
                    super.curvature(n, x, y, into, math);
                    scale(n, into, 1.01);
                }
            };
            assertCaught(broken, LossContract::curvatureAgreesWithTheDifferenceQuotientOfTheSlope);
        }
    }

    @Test
    void writesBeyondTheSpan() {
        Loss tail = new Spoilt(HUBER) {
            @Override
            public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
                Arrays.fill(into, 0.0);
                super.value(n, x, y, into, math);
            }
        };
        assertCaught(tail, LossContract::onlyTheSpanIsReadAndWritten);
        Loss promised = new Spoilt(KL) {
            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                Arrays.fill(positive, 1.0);
            }
        };
        assertCaught(promised, LossContract::onlyTheSpanIsReadAndWritten);
    }

    @Test
    void readsBeyondTheSpan() {
        Loss mean = new Spoilt(HUBER) {
            @Override
            public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
                super.value(n, x, y, into, math);
                double all = Arrays.stream(x).sum();
                scale(n, into, all == all ? 1 : 2);
            }
        };
        assertCaught(mean, LossContract::onlyTheSpanIsReadAndWritten);
    }

    @Test
    void changesItsInput() {
        Loss eager = new Spoilt(KL) {
            @Override
            public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
                super.split(n, x, y, negative, positive, math);
                System.arraycopy(negative, 0, x, 0, n);
            }
        };
        assertCaught(eager, LossContract::onlyTheSpanIsReadAndWritten);
    }

    @Test
    void dependsOnNeighbours() {
        Loss relative = new Spoilt(HUBER) {
            @Override
            public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
                super.value(n, x, y, into, math);
                scale(n, into, n > 3 ? 1 : 1 + 1e-15);
            }
        };
        assertCaught(relative, LossContract::piecesOfASpanGiveWhatTheWholeGives);
    }

    @Test
    void sharesScratchBetweenThreads() {
        Loss sharing = new Spoilt(KL) {
            private final double[] logs = new double[1024];

            @Override
            public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
                math.log(n, y, logs);
                for (int i = 0; i < n; i++) {
                    into[i] = x[i] == 0 ? y[i] : y[i] - x[i] * logs[i];
                }
            }
        };
        assertCaught(sharing, (contract, seed) -> contract.oneInstanceServesManyThreads());
    }

    @Test
    void acceptsAnyParameter() {
        Loss careless = new Spoilt(KL) {
            @Override
            public Loss with(Arguments values) {
                return this;
            }
        };
        assertCaught(careless, (contract, seed) -> contract.unknownParametersAreRefused());
    }

    @Test
    void forgetsItsArguments() {
        Loss forgetful = new Spoilt(HUBER) {
            @Override
            public Loss with(Arguments values) {
                return HUBER.with(values.without("width"));
            }
        };
        assertCaught(forgetful, (contract, seed) -> contract.argumentsRebuildIt());
    }

    @Test
    void nameThatCannotBeTyped() {
        Loss loud = new Spoilt(KL) {
            @Override
            public String name() {
                return "Kullback Leibler";
            }
        };
        assertCaught(loud, (contract, seed) -> contract.nameIsLowerCaseWordsJoinedByHyphens());
    }

    @Test
    void powersThatAreNone() {
        Loss none = new Spoilt(HUBER) {
            @Override
            public boolean powers() {
                return true;
            }
        };
        assertCaught(none, LossContract::promiseOfPowersIsKept);
    }

    @Test
    void zerosOutsideTheDomain() {
        Loss hopeful = new Spoilt(SAITO) {
            @Override
            public boolean allowsZero() {
                return true;
            }
        };
        assertCaught(hopeful, LossContract::constantIsFinite);
    }

    @Test
    void countsItsCalls() {
        Loss counting = new Spoilt(KL) {
            private int calls;

            @Override
            public double growth() {
                calls++;
                return calls < 0 ? 1 : super.growth();
            }
        };
        assertCaught(counting, (contract, seed) -> contract.itsFieldsAreFinal());
    }

    @Test
    void takesAnyNumber() {
        Loss careless = new Spoilt(HUBER) {
            @Override
            public List<Parameter> parameters() {
                return HUBER.parameters();
            }

            @Override
            public Arguments arguments() {
                return HUBER.arguments();
            }

            @Override
            public Loss with(Arguments values) {
                values.checkedAgainst(name(), parameters()).number("width", 1);
                return this;
            }
        };
        assertCaught(careless, (contract, seed) -> contract.impossibleValuesAreRefused());
    }
}
