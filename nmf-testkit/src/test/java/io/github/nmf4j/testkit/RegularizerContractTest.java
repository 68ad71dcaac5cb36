package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract passes a sound penalty and names the law that each broken one breaks. */
@Tag("slow")
class RegularizerContractTest {
    /** One mistake each, in a penalty on the differences along a path. */
    enum Mistake {
        GRADIENT_OFF_BY_ONE_PERCENT("slopeAtThePointIsTheGradient"),
        CURVATURE_TWO_PERCENT_SHORT("surrogateBoundsThePenaltyNearThePoint"),
        CURVATURE_OF_ONE_COLOUR_SHORT("surrogateOfOneColourBoundsThePenaltyWhileTheOthersHoldStill"),
        NOT_EXACT_ALONE("surrogateOfOneColourBoundsThePenaltyWhileTheOthersHoldStill"),
        OVERWRITES_COEFFICIENTS("addsWithoutOverwriting"),
        OVERWRITES_SHARES("addsWithoutOverwriting"),
        WRITES_THE_POINT("addsWithoutOverwriting"),
        COUNTS_FROM_ZERO_IN_EVERY_BLOCK("blocksAddUpToTheWhole"),
        ADDS_A_CONSTANT_A_BLOCK("blocksAddUpToTheWhole"),
        READS_PAST_THE_BLOCK("coefficientsAreFiniteAndOfTheRightSign"),
        NEGATIVE_CURVATURE("coefficientsAreFiniteAndOfTheRightSign"),
        ONE_COLOUR_FOR_ALL("vectorsOfOneColourAreNotCoupled"),
        REMEMBERS("isPureAndDeterministic"),
        SHARES_SCRATCH("isThreadSafe"),
        READS_OTHER_COMPONENTS("readsNoMoreThanItSays"),
        SHARES_IN_THE_WRONG_PLACE("sharesFollowSeparation"),
        CALLED_CONVEX("liesBelowItsChordsIfConvex"),
        FORGETS_ITS_ARGUMENT("argumentsRebuildIt"),
        HIDES_ITS_ARGUMENT("argumentsRebuildItFromThePrototype"),
        DRIFTS_FROM_ITS_STANDARD("argumentsRebuildIt"),
        WRONG_STANDARD("statedStandardsAreThoseOfThePrototype"),
        TAKES_ANYTHING("unknownParametersAreRefused"),
        LEARNS_IN_PLACE("learnsIntoANewPenalty"),
        REFUSES_WHAT_FITS("acceptsAFactorThatFitsAndRefusesImpossibleWeights"),
        BAD_NAME("nameIsLowerCaseWordsJoinedByHyphens"),
        WEIGHT_OF_ITS_OWN("weightIsLeftToTimes"),
        MEANS_NOTHING("parametersDescribeThemselves"),
        TELLS_A_STORY("summaryIsOneLine"),
        TAKES_ANY_NUMBER("impossibleValuesAreRefused"),
        PREFERS_A_COMPONENT("componentsMayChangePlacesIfInterchangeable"),
        MULTIPLIES_TOO_MUCH("timesAndPlusAreLinear");

        private final String law;

        Mistake(String law) {
            this.law = law;
        }
    }

    @Test
    void passesASoundPenalty() {
        assertThat(broken(null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void catches(Mistake mistake) {
        assertThat(broken(mistake)).contains(mistake.law);
    }

    /** h³/6 curves more and more: three times the curvature at the point is enough nearby, and not far away. */
    @Test
    void catchesACurvatureThatHoldsNearby() {
        RegularizerContract contract = new RegularizerContract() {
            @Override
            protected Regularizer regularizer() {
                return new Cubic();
            }
        };
        assertThat(Law.catches(contract, PenaltySurrogateLaws::slopeAtThePointIsTheGradient))
                .isFalse();
        assertThat(Law.catches(contract, PenaltySurrogateLaws::surrogateBoundsThePenaltyNearThePoint))
                .isFalse();
        assertThat(Law.catches(contract, PenaltySurrogateLaws::surrogateBoundsThePenaltyFarFromThePoint))
                .isTrue();
    }

    private record Cubic() implements Regularizer {
        @Override
        public String name() {
            return "cubic";
        }

        @Override
        public Reads reads() {
            return Reads.ENTRY;
        }

        @Override
        public boolean convex() {
            return true;
        }

        @Override
        public Term at(FactorView now) {
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {
                    for (int c = 0; c < block.rank(); c++) {
                        for (int j = 0; j < block.count(); j++) {
                            shares[c] += Math.pow(block.at(c)[j], 3) / 6;
                        }
                    }
                }

                @Override
                public void majorize(Surrogate block) {
                    for (int c = 0; c < block.rank(); c++) {
                        for (int j = 0; j < block.count(); j++) {
                            double h = block.at(c)[j];
                            block.quadratic(c)[j] += 3 * h;
                            block.linear(c)[j] += 0.5 * h * h - 3 * h * h;
                        }
                    }
                }
            };
        }
    }

    private static Set<String> broken(Mistake mistake) {
        RegularizerContract contract = new PathContract(mistake);
        Set<String> broken = new TreeSet<>();
        for (Method law : Law.allOf(RegularizerContract.class)) {
            if (law.getParameterCount() == 0) {
                record(broken, law, contract);
            } else {
                RegularizerContract.seeds().limit(8).forEach(seed -> record(broken, law, contract, seed));
            }
        }
        return broken;
    }

    private static void record(Set<String> broken, Method law, RegularizerContract contract, Object... seed) {
        try {
            law.invoke(contract, seed);
        } catch (InvocationTargetException e) {
            broken.add(law.getName());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static final class PathContract extends RegularizerContract {
        private final Mistake mistake;

        PathContract(Mistake mistake) {
            this.mistake = mistake;
        }

        @Override
        protected Regularizer regularizer() {
            return new Path(mistake, 2.0);
        }

        @Override
        protected Regularizer prototype() {
            return new Path(mistake, 1.0);
        }

        @Override
        protected boolean exactAlone() {
            return true;
        }
    }

    /** strength/2 · Σ (hⱼ − hⱼ₊₁)², with at most one mistake. */
    private static final class Path implements Regularizer {
        private static final double[] SCRATCH = new double[64];
        private final Mistake mistake;
        private final double[] strengths;
        private final int[] uses = {0};

        Path(Mistake mistake, double strength) {
            if (!(strength >= 0) && mistake != Mistake.TAKES_ANY_NUMBER) {
                throw new InvalidInputException("path: strength (or weight) must be at least 0: " + strength);
            }
            this.mistake = mistake;
            this.strengths = new double[] {strength};
        }

        private double strength() {
            return strengths[0];
        }

        private double strength(int c) {
            return c == 0 && is(Mistake.PREFERS_A_COMPONENT) ? 2 * strengths[0] : strengths[0];
        }

        @Override
        public String summary() {
            return is(Mistake.TELLS_A_STORY) ? "once\nupon a time" : "differences along a path";
        }

        @Override
        public Regularizer times(double... weight) {
            double[] more = weight.clone();
            more[0] *= is(Mistake.MULTIPLIES_TOO_MUCH) ? 1.01 : 1;
            return Regularizer.super.times(more);
        }

        private boolean is(Mistake possible) {
            return mistake == possible;
        }

        @Override
        public String name() {
            return is(Mistake.BAD_NAME) ? "Path penalty" : "path";
        }

        @Override
        public List<Parameter> parameters() {
            Parameter own = new Parameter(
                    is(Mistake.WEIGHT_OF_ITS_OWN) ? "weight" : "strength",
                    Parameter.Kind.NUMBER,
                    is(Mistake.WRONG_STANDARD) ? "3" : "1",
                    is(Mistake.MEANS_NOTHING) ? "" : "multiplies");
            return List.of(own);
        }

        @Override
        public Path with(Arguments values) {
            if (!is(Mistake.TAKES_ANYTHING)) {
                values.checkedAgainst(name(), parameters());
            }
            double fallback = is(Mistake.HIDES_ITS_ARGUMENT)
                    ? strength()
                    : is(Mistake.DRIFTS_FROM_ITS_STANDARD) ? 1.01 * strength() : 1.0;
            return new Path(mistake, values.number(parameters().get(0).name(), fallback));
        }

        @Override
        public Arguments arguments() {
            return is(Mistake.FORGETS_ITS_ARGUMENT) || is(Mistake.HIDES_ITS_ARGUMENT)
                    ? Arguments.NONE
                    : Arguments.NONE.and(parameters().get(0).name(), strength());
        }

        @Override
        public Reads reads() {
            return Reads.NEIGHBOURS;
        }

        @Override
        public boolean convex() {
            return true;
        }

        @Override
        public void check(int rank, int vectors) {
            if (is(Mistake.REFUSES_WHAT_FITS)) {
                throw new IllegalArgumentException("nothing fits");
            }
        }

        @Override
        public Optional<int[]> colours(int vectors) {
            int[] colours = new int[vectors];
            Arrays.setAll(colours, j -> is(Mistake.ONE_COLOUR_FOR_ALL) ? 0 : j % 2);
            return Optional.of(colours);
        }

        @Override
        public Regularizer after(FactorView before, FactorView now) {
            if (is(Mistake.LEARNS_IN_PLACE)) {
                strengths[0] *= 1.5;
            }
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Path that && that.mistake == mistake && that.strength() == strength();
        }

        @Override
        public int hashCode() {
            return Double.hashCode(strength());
        }

        @Override
        public Term at(FactorView now) {
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {
                    for (int c = 0; c < block.rank(); c++) {
                        double sum = is(Mistake.ADDS_A_CONSTANT_A_BLOCK) ? 1 : 0;
                        for (int j = 0; j < block.count(); j++) {
                            sum += 0.25 * (edge(block, c, j, -1) + edge(block, c, j, 1));
                        }
                        sum *= is(Mistake.CALLED_CONVEX) ? -strength(c) : strength(c);
                        int to = is(Mistake.SHARES_IN_THE_WRONG_PLACE) ? 0 : c;
                        shares[to] = (is(Mistake.OVERWRITES_SHARES) ? 0 : shares[to]) + sum;
                    }
                }

                private double edge(Surrogate block, int c, int j, int step) {
                    int near = block.vector(j) + step;
                    double d = near < 0 || near == now.vectors() ? 0 : block.at(c)[j] - now.get(c, near);
                    return d * d;
                }

                @Override
                public void majorize(Surrogate block) {
                    add(block, is(Mistake.CURVATURE_TWO_PERCENT_SHORT) ? 1.96 : 2);
                }

                @Override
                public void majorizeAlone(Surrogate block) {
                    add(block, is(Mistake.CURVATURE_OF_ONE_COLOUR_SHORT) ? 0.9 : is(Mistake.NOT_EXACT_ALONE) ? 1.1 : 1);
                }

                private void add(Surrogate block, double bend) {
                    uses[0]++;
                    for (int c = 0; c < block.rank(); c++) {
                        double[] h = block.at(c);
                        double[] q = block.quadratic(c);
                        double[] l = block.linear(c);
                        for (int j = 0; j < block.count(); j++) {
                            int i = is(Mistake.COUNTS_FROM_ZERO_IN_EVERY_BLOCK) ? j : block.vector(j);
                            double degree = 0;
                            double slope = 0;
                            for (int near = i - 1; near <= i + 1; near += 2) {
                                if (near >= 0 && near < now.vectors()) {
                                    degree += strength(c);
                                    slope += strength(c) * (h[j] - now.get(c, near));
                                }
                            }
                            slope *= is(Mistake.GRADIENT_OFF_BY_ONE_PERCENT) ? 1.01 : 1;
                            slope += is(Mistake.REMEMBERS) ? uses[0] : 0;
                            slope += is(Mistake.READS_PAST_THE_BLOCK) ? h[j + 1] : 0;
                            slope += is(Mistake.READS_OTHER_COMPONENTS) ? now.get((c + 1) % now.rank(), i) : 0;
                            if (is(Mistake.SHARES_SCRATCH)) {
                                SCRATCH[j] = slope;
                                Thread.yield();
                                slope = SCRATCH[j];
                            }
                            double curve = is(Mistake.NEGATIVE_CURVATURE) ? -bend * degree : bend * degree;
                            if (is(Mistake.OVERWRITES_COEFFICIENTS)) {
                                q[j] = 0;
                                l[j] = 0;
                            }
                            q[j] += curve;
                            l[j] += slope - curve * h[j];
                            if (is(Mistake.WRITES_THE_POINT)) {
                                h[j] *= 1.5;
                            }
                        }
                    }
                }
            };
        }
    }
}
