package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.FactorView;
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
import java.util.stream.Stream;
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
        WRONG_STANDARD("statedStandardsAreThoseOfThePrototype"),
        TAKES_ANYTHING("unknownParametersAreRefused"),
        LEARNS_IN_PLACE("learnsIntoANewPenalty"),
        REFUSES_WHAT_FITS("acceptsAFactorThatFitsAndRefusesImpossibleWeights"),
        BAD_NAME("nameIsLowerCaseWordsJoinedByHyphens"),
        WEIGHT_OF_ITS_OWN("weightIsLeftToTimes");

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

    /** Every law has a penalty that breaks it, but for linearity, which penalties inherit. */
    @Test
    void everyLawIsBrokenByAMistake() {
        Set<String> laws = new TreeSet<>();
        lawsOf(RegularizerContract.class).forEach(law -> laws.add(law.getName()));
        laws.remove("timesAndPlusAreLinear");
        laws.remove("surrogateBoundsThePenaltyFarFromThePoint"); // stronger only where a penalty is not quadratic
        laws.remove("theOtherFactorSeesTheSamePenalty"); // see BothFactorsContractTest
        assertThat(Arrays.stream(Mistake.values()).map(mistake -> mistake.law)).containsAll(laws);
    }

    private static Stream<Method> lawsOf(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }

    private static Set<String> broken(Mistake mistake) {
        RegularizerContract contract = new PathContract(mistake);
        Set<String> broken = new TreeSet<>();
        List<Method> laws = Stream.of(ExtensionContract.class, RegularizerContract.class)
                .flatMap(RegularizerContractTest::lawsOf)
                .toList();
        for (Method law : laws) {
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
        private double strength;
        private int uses;

        Path(Mistake mistake, double strength) {
            this.mistake = mistake;
            this.strength = strength;
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
                    "multiplies");
            return List.of(own);
        }

        @Override
        public Path with(Arguments values) {
            if (!is(Mistake.TAKES_ANYTHING)) {
                values.checkedAgainst(name(), parameters());
            }
            double fallback = is(Mistake.HIDES_ITS_ARGUMENT) ? strength : 1.0;
            return new Path(mistake, values.number(parameters().get(0).name(), fallback));
        }

        @Override
        public Arguments arguments() {
            return is(Mistake.FORGETS_ITS_ARGUMENT) || is(Mistake.HIDES_ITS_ARGUMENT)
                    ? Arguments.NONE
                    : Arguments.NONE.and(parameters().get(0).name(), strength);
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
                strength *= 1.5;
            }
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Path that && that.mistake == mistake && that.strength == strength;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(strength);
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
                        sum *= is(Mistake.CALLED_CONVEX) ? -strength : strength;
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
                    uses++;
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
                                    degree += strength;
                                    slope += strength * (h[j] - now.get(c, near));
                                }
                            }
                            slope *= is(Mistake.GRADIENT_OFF_BY_ONE_PERCENT) ? 1.01 : 1;
                            slope += is(Mistake.REMEMBERS) ? uses : 0;
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
