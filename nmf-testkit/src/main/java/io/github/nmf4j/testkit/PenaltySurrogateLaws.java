package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The surrogate has the slope of the penalty at the point and bounds it elsewhere. */
abstract class PenaltySurrogateLaws extends PenaltyLaws {
    /** Of differentiation by extrapolated differences, relative to the slopes and values that meet in them. */
    private static final double DIFFERENTIATION = 1e-6;

    /** The slope of the surrogate at the current point is the gradient of the penalty. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void slopeAtThePointIsTheGradient(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        slopes(regularizer(), at, other(random), seed);
    }

    void slopes(Regularizer penalty, double[][] at, FactorView other, long seed) {
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        Surrogate together = probe.whole();
        Surrogate alone = probe.whole();
        probe.term().majorize(together);
        probe.term().majorizeAlone(alone);
        double[] slope = new double[vectors()];
        double[] slopeAlone = new double[vectors()];
        for (int c = 0; c < RANK; c++) {
            together.slope(c, slope);
            alone.slope(c, slopeAlone);
            for (int j = 0; j < vectors(); j++) {
                Derivative gradient = derivative(penalty, at, c, j, other);
                // the slope is l + q·h: where they cancel, that is what rounding leaves
                double cancels = Math.abs(together.linear(c)[j]) + together.quadratic(c)[j] * at[c][j];
                double tolerance = DIFFERENTIATION * (Math.abs(slope[j]) + Math.abs(gradient.value))
                        + ROUNDING * cancels
                        + gradient.error;
                assertNear(gradient.value, slope[j], tolerance, "slope", c, j, seed);
                assertNear(gradient.value, slopeAlone[j], tolerance, "slope where one colour moves", c, j, seed);
            }
        }
    }

    /** The surrogate bounds the penalty close to the current point, where a wrong curvature shows. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void surrogateBoundsThePenaltyNearThePoint(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        int[] colours = regularizer().colours(vectors()).orElse(null);
        for (Change change : Change.values()) {
            bounds(regularizer(), at, moved(at, change, colours, random), other, seed, "near, " + change);
        }
    }

    /** The surrogate bounds the penalty at points that have nothing to do with the current one. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void surrogateBoundsThePenaltyFarFromThePoint(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        for (int kind = 0; kind < 4; kind++) {
            bounds(regularizer(), at, point(kind, random), other, seed, "far");
        }
    }

    static void bounds(Regularizer penalty, double[][] at, double[][] to, FactorView other, long seed, String where) {
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        Surrogate block = probe.whole();
        probe.term().majorize(block);
        if (penalty.majorizes()) {
            assertBounds(probe, block, to, other, seed, where);
        }
    }

    /** Where only vectors of one colour move, the surrogate made for that bounds the penalty, and is it if that is promised. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void surrogateOfOneColourBoundsThePenaltyWhileTheOthersHoldStill(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        int[] colours = regularizer().colours(vectors()).orElse(new int[vectors()]);
        PenaltyProbe probe = probe(at, other);
        for (int colour = 0; colour <= Arrays.stream(colours).max().orElse(0); colour++) {
            int[] movers = moversOf(colour, colours, seed, random);
            Surrogate block = probe.gathered(movers);
            probe.term().majorizeAlone(block);
            for (Change change : Change.values()) {
                alone(probe, block, moved(at, change, colours, random), movers, other, seed);
            }
            alone(probe, block, point(seed + colour, random), movers, other, seed);
        }
    }

    /** All of a colour, or some of it: a colouring that serves several penalties is finer than one's own. */
    private static int[] moversOf(int colour, int[] colours, long seed, RandomGenerator random) {
        int[] all = IntStream.range(0, colours.length)
                .filter(j -> colours[j] == colour)
                .toArray();
        int[] some = Arrays.stream(all).filter(j -> random.nextBoolean()).toArray();
        return seed % 2 == 0 ? all : some;
    }

    void alone(PenaltyProbe probe, Surrogate block, double[][] wish, int[] movers, FactorView other, long seed) {
        double[][] to = new double[RANK][];
        for (int c = 0; c < RANK; c++) {
            to[c] = new double[vectors()];
            probe.view().read(c, 0, vectors(), to[c]);
            for (int j : movers) {
                to[c][j] = wish[c][j];
            }
        }
        if (regularizer().majorizes()) {
            assertBounds(probe, block, to, other, seed, "one colour");
        }
        if (exactAlone()) {
            Height height = height(probe, block, to, other);
            assertTrue(
                    Math.abs(height.surrogate - height.penalty) <= height.rounding,
                    () -> "the surrogate of one colour must be the penalty: it changes by " + height.surrogate
                            + ", the penalty by " + height.penalty + seed(seed));
        }
    }

    /** How a point is moved a little: each shows another mistake in a curvature. */
    enum Change {
        /** Every entry by a factor of its own. */
        RANDOM,
        /** Every entry by the same amount. */
        SHIFT,
        /** One entry. */
        SINGLE,
        /** All by the same amount, up or down by the parity of the vector: a path opposes itself most. */
        PARITY,
        /** The same by the parity of the colour: an image opposes itself most. */
        COLOUR
    }

    double[][] moved(double[][] at, Change change, int[] colours, RandomGenerator random) {
        double least = Arrays.stream(at).flatMapToDouble(Arrays::stream).min().orElse(1);
        double amount = 0.9 * least * random.nextDouble();
        int component = random.nextInt(RANK);
        int vector = random.nextInt(vectors());
        double[][] to = copy(at);
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < vectors(); j++) {
                int side = change == Change.COLOUR && colours != null ? colours[j] : j;
                to[c][j] += switch (change) {
                    case RANDOM -> 0.5 * at[c][j] * (2 * random.nextDouble() - 1);
                    case SHIFT -> amount;
                    case SINGLE -> c == component && j == vector ? 0.5 * at[c][j] * random.nextGaussian() : 0.0;
                    case PARITY, COLOUR -> side % 2 == 0 ? amount : -amount;
                };
                to[c][j] = Math.max(to[c][j], 0.1 * at[c][j]);
            }
        }
        return to;
    }

    private record Derivative(double value, double error) {}

    /** Ridders' method: central differences extrapolated to step 0, with an estimate of the error. */
    private static Derivative derivative(Regularizer penalty, double[][] at, int c, int j, FactorView other) {
        int rounds = 12;
        double shrink = 2;
        double[][] to = copy(at);
        double[][] table = new double[rounds][rounds];
        double step = 0.25 * at[c][j];
        Derivative best = new Derivative(Double.NaN, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rounds; i++, step /= shrink) {
            to[c][j] = at[c][j] + step;
            double above = new PenaltyProbe(penalty, to, other).value();
            double up = to[c][j];
            to[c][j] = at[c][j] - step;
            double below = new PenaltyProbe(penalty, to, other).value();
            double width = up - to[c][j];
            // What rounding of the two values can do to this difference; extrapolation at most doubles it each time.
            double noise = 4 * Math.ulp(Math.abs(above) + Math.abs(below)) / width;
            table[0][i] = (above - below) / width;
            double factor = 1;
            for (int m = 1; m <= i; m++) {
                factor *= shrink * shrink;
                table[m][i] = table[m - 1][i] + (table[m - 1][i] - table[m - 1][i - 1]) / (factor - 1);
                double error =
                        Math.max(Math.abs(table[m][i] - table[m - 1][i]), Math.abs(table[m][i] - table[m - 1][i - 1]))
                                + 4 * noise;
                if (error < best.error) {
                    best = new Derivative(table[m][i], error);
                }
            }
        }
        return best;
    }

    /** How much surrogate and penalty change between two points, and what rounding can do to the comparison. */
    private record Height(double surrogate, double penalty, double rounding) {}

    private static Height height(PenaltyProbe probe, Surrogate block, double[][] to, FactorView other) {
        double surrogate = 0;
        double size = 0;
        double[] h = new double[block.count()];
        double[] change = new double[block.count()];
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < h.length; j++) {
                h[j] = to[c][block.vector(j)];
            }
            block.value(c, h, change);
            for (int j = 0; j < h.length; j++) {
                double now = block.at(c)[j];
                double sum = h[j] + now;
                surrogate += change[j];
                size += Math.abs(h[j] - now) * (block.quadratic(c)[j] * sum + Math.abs(block.linear(c)[j]))
                        + Math.abs(block.log(c)[j] * Math.log(h[j] / now));
            }
        }
        double before = probe.value();
        double after = new PenaltyProbe(probe.penalty(), to, other).value();
        return new Height(surrogate, after - before, ROUNDING * (size + Math.abs(before) + Math.abs(after)));
    }

    private static void assertBounds(
            PenaltyProbe probe, Surrogate block, double[][] to, FactorView other, long seed, String where) {
        Height height = height(probe, block, to, other);
        assertTrue(
                height.penalty <= height.surrogate + height.rounding,
                () -> "the surrogate must bound the penalty (" + where + "): the penalty changes by " + height.penalty
                        + ", the surrogate by " + height.surrogate + seed(seed));
    }
}
