package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of a {@link Regularizer}. The test of a penalty extends this, names an instance and adds known values.
 *
 * <p>A surrogate is only defined up to a constant, so it touches the penalty at the current point once the constant is
 * chosen to; what can fail is its slope there and its height elsewhere. Points are drawn from a seed, which every failure
 * names: of one size, over eight decades, with ties, and near zero.
 */
public abstract class RegularizerContract extends ExtensionContract<Regularizer> {
    /** Of sums of a few hundred terms. */
    private static final double ROUNDING = 1e-12;
    /** Of differentiation by extrapolated differences, relative to the slopes and values that meet in them. */
    private static final double DIFFERENTIATION = 1e-6;

    private static final int RANK = 3;
    private static final int OTHER_VECTORS = 5;

    /** For tests of penalties to extend. */
    protected RegularizerContract() {}

    /** {@return the penalty under test, equal at every call} */
    protected abstract Regularizer regularizer();

    @Override
    protected final Regularizer extension() {
        return regularizer();
    }

    /**
     * {@return what {@code ServiceLoader} makes, from which the arguments must rebuild the penalty} Override it where the
     * penalty has parameters.
     */
    protected Regularizer prototype() {
        return regularizer();
    }

    /** {@return a number of vectors that the penalty fits} */
    protected int vectors() {
        return 12;
    }

    /** {@return whether {@link Regularizer.Term#majorizeAlone} equals the penalty, up to a constant, as it does if quadratic} */
    protected boolean exactAlone() {
        return false;
    }

    /** The slope of the surrogate at the current point is the gradient of the penalty. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void slopeAtThePointIsTheGradient(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        slopes(regularizer(), at, other(random), seed);
    }

    private void slopes(Regularizer penalty, double[][] at, FactorView other, long seed) {
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

    private static void bounds(
            Regularizer penalty, double[][] at, double[][] to, FactorView other, long seed, String where) {
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        Surrogate block = probe.whole();
        probe.term().majorize(block);
        if (penalty.majorizes()) {
            assertBounds(probe, block, to, other, seed, where);
        }
    }

    /**
     * A penalty on both factors has one value, whichever side asks, and bounds itself in the half-step of the other factor
     * too, while the factor that it was given for holds still.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void theOtherFactorSeesTheSamePenalty(long seed) {
        if (regularizer().reads() != Regularizer.Reads.BOTH_FACTORS) {
            return;
        }
        RandomGenerator random = Draw.from(seed);
        double[][] given = point(seed + 1, random);
        double[][] at = point(seed, random);
        FactorView other = FactorView.of(DenseMatrix.of(given), null);
        Regularizer seen = new OtherSide(regularizer());
        double[] shares = whole(regularizer(), given, FactorView.of(DenseMatrix.of(at), null));
        double[] sharesSeen = whole(seen, at, other);
        assertSame(shares, sharesSeen, "shares, seen from the other factor", seed);
        slopes(seen, at, other, seed);
        for (Change change : Change.values()) {
            bounds(seen, at, moved(at, change, null, random), other, seed, "other factor, near, " + change);
        }
        for (int kind = 0; kind < 4; kind++) {
            bounds(seen, at, point(kind, random), other, seed, "other factor, far");
        }
        assertMultiple(regularizer().times(2.5), 2.5, at, other, seed);
        assertMultiple(regularizer().plus(regularizer().times(2.0)), 3, at, other, seed);
    }

    private static double[] whole(Regularizer penalty, double[][] at, FactorView other) {
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        return probe.shares(probe.whole());
    }

    private void assertMultiple(Regularizer multiple, double weight, double[][] at, FactorView other, long seed) {
        PenaltyProbe plain = new PenaltyProbe(new OtherSide(regularizer()), at, other);
        PenaltyProbe probe = new PenaltyProbe(new OtherSide(multiple), at, other);
        double[] weights = new double[RANK];
        Arrays.fill(weights, weight);
        assertSame(
                scaled(plain.majorize(plain.whole()), weights),
                probe.majorize(probe.whole()),
                "times and plus, seen from the other factor",
                seed);
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

    private void alone(
            PenaltyProbe probe, Surrogate block, double[][] wish, int[] movers, FactorView other, long seed) {
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

    /** Coefficients q and c are not negative, all are finite, and nothing but them is written. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void coefficientsAreFiniteAndOfTheRightSign(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        PenaltyProbe probe = probe(at, other(random));
        for (Coefficients written : List.of(probe.majorize(probe.whole()), probe.majorizeAlone(probe.whole()))) {
            for (int c = 0; c < RANK; c++) {
                for (int j = 0; j < vectors(); j++) {
                    double l = written.linear()[c][j];
                    double q = written.quadratic()[c][j];
                    double k = written.log()[c][j];
                    String what = "l = " + l + ", q = " + q + ", c = " + k + where(c, j, seed);
                    assertTrue(Double.isFinite(l) && Double.isFinite(q) && Double.isFinite(k), () -> "finite: " + what);
                    assertTrue(q >= 0 && k >= 0, () -> "q and c must not be negative: " + what);
                }
            }
        }
    }

    /** Coefficients and shares are added to what is there; the current values and the bounds are left alone. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void addsWithoutOverwriting(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        PenaltyProbe probe = probe(at, other(random));
        double[][] before = new double[RANK][vectors()];
        for (double[] row : before) {
            Arrays.setAll(row, j -> 1 + random.nextDouble());
        }
        for (boolean alone : new boolean[] {false, true}) {
            Coefficients plain = alone ? probe.majorizeAlone(probe.whole()) : probe.majorize(probe.whole());
            Surrogate block = probe.whole();
            for (int c = 0; c < RANK; c++) {
                System.arraycopy(before[c], 0, block.linear(c), 0, vectors());
                System.arraycopy(before[c], 0, block.quadratic(c), 0, vectors());
                System.arraycopy(before[c], 0, block.log(c), 0, vectors());
            }
            Coefficients added = alone ? probe.majorizeAlone(block) : probe.majorize(block);
            for (int plane = 0; plane < 3; plane++) {
                for (int c = 0; c < RANK; c++) {
                    double[] expected = plain.planes()[plane][c].clone();
                    double size = 2 + largest(expected);
                    for (int j = 0; j < vectors(); j++) {
                        expected[j] += before[c][j];
                    }
                    assertArrayEquals(
                            expected,
                            added.planes()[plane][c],
                            ROUNDING * size,
                            () -> "coefficients must be added to what is there" + seed(seed));
                }
            }
            assertUntouched(at, block, seed);
        }
        Surrogate block = probe.whole();
        double[] shares = {1, 2, 3};
        probe.term().value(block, shares);
        double[] plain = probe.shares(probe.whole());
        for (int c = 0; c < RANK; c++) {
            double expected = plain[c] + 1 + c;
            assertEquals(
                    expected,
                    shares[c],
                    ROUNDING * (4 + Math.abs(expected)),
                    () -> "shares must be added to what is there" + seed(seed));
        }
        assertUntouched(at, block, seed);
    }

    private static void assertUntouched(double[][] at, Surrogate block, long seed) {
        for (int c = 0; c < RANK; c++) {
            assertArrayEquals(
                    at[c],
                    Arrays.copyOf(block.at(c), block.count()),
                    () -> "the current values must not be written" + seed(seed));
            for (int j = 0; j < block.count(); j++) {
                assertTrue(
                        block.lower(c, j) == block.floor() && block.upper(c, j) == Double.POSITIVE_INFINITY,
                        () -> "a penalty must leave the bounds alone" + seed(seed));
            }
        }
    }

    /** Any split of the vectors into blocks, consecutive or gathered, gives the coefficients and the value of the whole. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void blocksAddUpToTheWhole(long seed) {
        RandomGenerator random = Draw.from(seed);
        PenaltyProbe probe = probe(point(seed, random), other(random));
        Coefficients whole = probe.majorize(probe.whole());
        Coefficients wholeAlone = probe.majorizeAlone(probe.whole());
        double[] shares = probe.shares(probe.whole());
        assertSame(whole, probe.majorize(pieces(probe, random)), "consecutive blocks", seed);
        assertSame(whole, probe.majorize(handfuls(probe, random)), "gathered blocks", seed);
        assertSame(wholeAlone, probe.majorizeAlone(handfuls(probe, random)), "gathered blocks, one colour moves", seed);
        assertSame(shares, probe.shares(pieces(probe, random)), "shares of consecutive blocks", seed);
        assertSame(shares, probe.shares(handfuls(probe, random)), "shares of gathered blocks", seed);
    }

    private static Surrogate[] pieces(PenaltyProbe probe, RandomGenerator random) {
        List<Surrogate> blocks = new ArrayList<>();
        for (int first = 0; first < probe.vectors(); ) {
            int count = 1 + random.nextInt(probe.vectors() - first);
            blocks.add(probe.consecutive(first, count));
            first += count;
        }
        return blocks.toArray(Surrogate[]::new);
    }

    private static Surrogate[] handfuls(PenaltyProbe probe, RandomGenerator random) {
        int groups = 1 + random.nextInt(4);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int j : probe.everyVector()) {
            members.computeIfAbsent(random.nextInt(groups), group -> new ArrayList<>())
                    .add(j);
        }
        return members.values().stream()
                .map(group -> probe.gathered(
                        group.stream().mapToInt(Integer::intValue).toArray()))
                .toArray(Surrogate[]::new);
    }

    /** Asked twice, or after other points were visited, a term says the same to the last bit. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void isPureAndDeterministic(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] elsewhere = point(seed + 1, random);
        FactorView other = other(random);
        Regularizer penalty = regularizer();
        PenaltyProbe probe = new PenaltyProbe(penalty, at, other);
        Answers first = answers(probe);
        answers(new PenaltyProbe(penalty, elsewhere, other));
        penalty.after(probe.view(), FactorView.of(DenseMatrix.of(elsewhere), other));
        assertBitwise(first, answers(probe), "the same term asked again", seed);
        assertBitwise(first, answers(new PenaltyProbe(penalty, at, other)), "a new term at the same point", seed);
        assertEquals(regularizer(), penalty, () -> "a penalty must not change by being used" + seed(seed));
    }

    /** Two threads that share a penalty and a term get what one alone gets. */
    @Test
    protected final void isThreadSafe() throws Exception {
        int rounds = 200;
        RandomGenerator random = Draw.from(7);
        FactorView other = other(random);
        Regularizer penalty = regularizer();
        PenaltyProbe shared = new PenaltyProbe(penalty, point(1, random), other);
        Answers expectedShared = answers(shared);
        double[][][] own = {point(2, random), point(3, random)};
        ExecutorService threads = Executors.newFixedThreadPool(own.length);
        try {
            CyclicBarrier start = new CyclicBarrier(own.length);
            List<Future<?>> running = new ArrayList<>();
            for (double[][] at : own) {
                Answers expected = answers(new PenaltyProbe(penalty, at, other));
                running.add(threads.submit(() -> {
                    start.await();
                    for (int round = 0; round < rounds; round++) {
                        assertBitwise(expected, answers(new PenaltyProbe(penalty, at, other)), "two threads", round);
                        assertBitwise(expectedShared, answers(shared), "two threads on one term", round);
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                try {
                    thread.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    throw new AssertionError("a penalty must be thread-safe: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a penalty learns from a half-step goes into a new one, of the same value, that its arguments rebuild. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void learnsIntoANewPenalty(long seed) {
        RandomGenerator random = Draw.from(seed);
        FactorView other = other(random);
        Regularizer penalty = regularizer();
        PenaltyProbe before = new PenaltyProbe(penalty, point(seed, random), other);
        PenaltyProbe now = new PenaltyProbe(penalty, point(seed, random), other);
        Regularizer next = penalty.after(before.view(), now.view());
        assertNotNull(next, () -> "after must give a penalty" + seed(seed));
        assertEquals(regularizer(), penalty, () -> "after must not change the penalty itself" + seed(seed));
        assertEquals(next, penalty.after(before.view(), now.view()), () -> "after must be pure" + seed(seed));
        assertEquals(next, prototype().with(next.arguments()), () -> "arguments must rebuild it" + seed(seed));
        next.check(RANK, vectors());
        PenaltyProbe again = new PenaltyProbe(next, point(seed, Draw.from(seed)), other);
        PenaltyProbe plain = new PenaltyProbe(penalty, point(seed, Draw.from(seed)), other);
        assertEquals(
                plain.value(),
                again.value(),
                ROUNDING * (1 + Math.abs(plain.value())),
                () -> "after may change the surrogate but not the value" + seed(seed));
    }

    /** A colouring names every vector, and vectors of one colour do not meet in the penalty. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void vectorsOfOneColourAreNotCoupled(long seed) {
        int[] colours = regularizer().colours(vectors()).orElse(null);
        if (colours == null) {
            return;
        }
        assertEquals(vectors(), colours.length, "a colouring must name every vector");
        assertTrue(Arrays.stream(colours).allMatch(colour -> colour >= 0), "colours count from 0");
        assertArrayEquals(colours, regularizer().colours(vectors()).orElse(null), "a colouring must not vary");
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        Coefficients before = aloneAt(at, other);
        for (int mover = 0; mover < vectors(); mover++) {
            Coefficients after = aloneAt(withVector(at, mover, point(seed + 1, random)), other);
            for (int j = 0; j < vectors(); j++) {
                if (j != mover && colours[j] == colours[mover]) {
                    assertSameAt(j, before, after, "vector " + mover + " of the same colour moved", seed);
                }
            }
        }
    }

    private Coefficients aloneAt(double[][] at, FactorView other) {
        PenaltyProbe probe = probe(at, other);
        return probe.majorizeAlone(probe.whole());
    }

    /** Coefficients of a vector depend on nothing outside what the penalty says it reads. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void readsNoMoreThanItSays(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] elsewhere = point(seed + 1, random);
        FactorView other = other(random);
        Regularizer.Reads reads = regularizer().reads();
        PenaltyProbe probe = probe(at, other);
        Coefficients before = probe.majorize(probe.whole());
        int vector = random.nextInt(vectors());
        int component = random.nextInt(RANK);
        for (int c = 0; c < RANK; c++) {
            if (reads == Regularizer.Reads.ENTRY || reads == Regularizer.Reads.NEIGHBOURS) {
                double[][] to = copy(elsewhere);
                to[c] = at[c].clone();
                assertSameIn(c, before, majorizedAt(to, other), "other components moved", seed);
            }
        }
        if (reads == Regularizer.Reads.ENTRY || reads == Regularizer.Reads.VECTOR) {
            double[][] to = withVector(elsewhere, vector, at);
            assertSameAt(vector, before, majorizedAt(to, other), "other vectors moved", seed);
        }
        if (reads != Regularizer.Reads.BOTH_FACTORS) {
            assertSameIn(component, before, majorizedAt(at, other(random)), "the other factor moved", seed);
        }
    }

    private Coefficients majorizedAt(double[][] at, FactorView other) {
        PenaltyProbe probe = probe(at, other);
        return probe.majorize(probe.whole());
    }

    /** Shares are a component's own if the penalty separates components; otherwise all is in the first. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void sharesFollowSeparation(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        double[][] elsewhere = point(seed + 1, random);
        FactorView other = other(random);
        PenaltyProbe probe = probe(at, other);
        double[] shares = probe.shares(probe.whole());
        if (!regularizer().separatesComponents()) {
            assertTrue(
                    Arrays.stream(shares).skip(1).allMatch(share -> share == 0),
                    () -> "a penalty that does not separate components adds to entry 0 alone: "
                            + Arrays.toString(shares) + seed(seed));
            return;
        }
        for (int c = 0; c < RANK; c++) {
            double[][] to = copy(elsewhere);
            to[c] = at[c];
            PenaltyProbe moved = probe(to, other);
            assertEquals(
                    shares[c],
                    moved.shares(moved.whole())[c],
                    ROUNDING * (1 + Math.abs(shares[c])),
                    () -> "a share must depend on its component alone" + seed(seed));
        }
    }

    /** A penalty that says it is convex lies below its chords. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void liesBelowItsChordsIfConvex(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] a = point(seed, random);
        double[][] b = point(seed + 1, random);
        double[][] middle = new double[RANK][vectors()];
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < vectors(); j++) {
                middle[c][j] = 0.5 * (a[c][j] + b[c][j]);
            }
        }
        FactorView other = other(random);
        if (regularizer().convex()) {
            double ends = 0.5 * (probe(a, other).value() + probe(b, other).value());
            double between = probe(middle, other).value();
            assertTrue(
                    between <= ends + ROUNDING * (1 + Math.abs(ends)),
                    () -> "not convex: " + between + " between points of mean " + ends + seed(seed));
        }
    }

    /** Values and coefficients of {@code times} and {@code plus} are linear, also with one weight a component. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void timesAndPlusAreLinear(long seed) {
        RandomGenerator random = Draw.from(seed);
        double[][] at = point(seed, random);
        FactorView other = other(random);
        Regularizer penalty = regularizer();
        assertMultiple(penalty.times(2.5), new double[] {2.5, 2.5, 2.5}, at, other, seed);
        assertMultiple(penalty.times(0.0), new double[RANK], at, other, seed);
        assertMultiple(penalty.times(2.0).times(3.0), new double[] {6, 6, 6}, at, other, seed);
        assertMultiple(penalty.plus(penalty.times(2.0)), new double[] {3, 3, 3}, at, other, seed);
        assertMultiple(penalty.plus(penalty).times(0.5), new double[] {1, 1, 1}, at, other, seed);
        if (penalty.separatesComponents()) {
            assertMultiple(penalty.times(0.0, 0.3, 7.0), new double[] {0, 0.3, 7}, at, other, seed);
            assertMultiple(
                    penalty.plus(penalty.times(1.0, 2.0, 3.0)).times(2.0, 1.0, 0.5),
                    new double[] {4, 3, 2},
                    at,
                    other,
                    seed);
        } else {
            assertThrows(InvalidInputException.class, () -> penalty.times(0.0, 0.3, 7.0));
        }
    }

    private void assertMultiple(Regularizer multiple, double[] weight, double[][] at, FactorView other, long seed) {
        multiple.check(RANK, vectors());
        assertArrayEquals(
                regularizer().colours(vectors()).orElse(null),
                multiple.colours(vectors()).orElse(null),
                () -> "times and plus must keep the colouring" + seed(seed));
        PenaltyProbe plain = probe(at, other);
        PenaltyProbe probe = new PenaltyProbe(multiple, at, other);
        assertSame(
                scaled(plain.majorize(plain.whole()), weight), probe.majorize(probe.whole()), "times and plus", seed);
        assertSame(
                scaled(plain.majorizeAlone(plain.whole()), weight),
                probe.majorizeAlone(probe.whole()),
                "times and plus, one colour moves",
                seed);
        double[] shares = plain.shares(plain.whole());
        for (int c = 0; c < RANK; c++) {
            shares[c] *= weight[c];
        }
        assertSame(shares, probe.shares(probe.whole()), "shares of times and plus", seed);
    }

    private static Coefficients scaled(Coefficients of, double[] weight) {
        for (double[][] plane : of.planes()) {
            for (int c = 0; c < RANK; c++) {
                for (int j = 0; j < plane[c].length; j++) {
                    plane[c][j] *= weight[c];
                }
            }
        }
        return of;
    }

    /** The parameter {@code weight} is every penalty's, and comes from {@code times}. */
    @Test
    protected final void weightIsLeftToTimes() {
        Regularizer penalty = regularizer();
        assertTrue(
                penalty.parameters().stream()
                        .noneMatch(parameter -> parameter.name().equals("weight")),
                "a penalty must not declare 'weight': times gives it one");
        assertTrue(
                penalty.times(2.0).parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals("weight")),
                "times must give a penalty its weight");
    }

    /** Its arguments rebuild the penalty from its prototype, alone and multiplied. */
    @Test
    protected final void argumentsRebuildItFromThePrototype() {
        Regularizer penalty = regularizer();
        assertRebuilt(penalty, prototype());
        assertRebuilt(penalty.times(0.25), prototype().times(1.0));
        if (penalty.separatesComponents()) {
            assertRebuilt(penalty.times(0.0, 0.3, 7.0), prototype().times(1.0));
        }
    }

    private static void assertRebuilt(Regularizer penalty, Regularizer from) {
        Regularizer rebuilt = from.with(penalty.arguments());
        assertEquals(penalty, rebuilt, "arguments must rebuild the penalty");
        assertEquals(penalty.hashCode(), rebuilt.hashCode(), "equal penalties must have equal hash codes");
        assertEquals(penalty.arguments(), rebuilt.arguments(), "arguments must survive");
    }

    /** The standard values that the parameters state are those of the prototype. */
    @Test
    protected final void statedStandardsAreThoseOfThePrototype() {
        Regularizer prototype = prototype().with(Arguments.NONE);
        Map<String, String> standards = new TreeMap<>();
        for (Parameter parameter : prototype.parameters()) {
            if (!parameter.standard().isEmpty() && parameter.kind() != Parameter.Kind.MATRIX) {
                standards.put(parameter.name(), parameter.standard());
            }
        }
        Arguments parsed = Arguments.parse(prototype.name(), prototype.parameters(), standards, file -> {
            throw new AssertionError("no file is read here");
        });
        assertEquals(prototype, prototype.with(parsed), "stated standard values must be those of the prototype");
    }

    /** A factor that fits is accepted, and weights that cannot be are not. */
    @Test
    protected final void acceptsAFactorThatFitsAndRefusesImpossibleWeights() {
        regularizer().check(RANK, vectors());
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InvalidInputException.class, () -> regularizer().times(weight));
        }
        Regularizer two = regularizer().separatesComponents() ? regularizer().times(1.0, 2.0) : null;
        if (two != null) {
            assertThrows(InvalidInputException.class, () -> two.check(RANK, vectors()), "2 weights, 3 components");
        }
    }

    /** How a point is moved a little: each shows another mistake in a curvature. */
    private enum Change {
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

    private double[][] moved(double[][] at, Change change, int[] colours, RandomGenerator random) {
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

    /** A positive factor; the kind of point goes with the seed. */
    private double[][] point(long seed, RandomGenerator random) {
        double[][] at = new double[RANK][vectors()];
        for (double[] row : at) {
            for (int j = 0; j < row.length; j++) {
                row[j] = switch ((int) Math.floorMod(seed, 4L)) {
                    case 0 -> 0.1 + random.nextDouble();
                    case 1 -> Draw.decades(random, -4, 4);
                    case 2 -> 1 + random.nextInt(3);
                    default -> random.nextInt(3) == 0 ? 1e-12 : random.nextDouble();
                };
            }
        }
        return at;
    }

    private FactorView other(RandomGenerator random) {
        DenseMatrix values = DenseMatrix.zeros(RANK, OTHER_VECTORS);
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < OTHER_VECTORS; j++) {
                values.set(c, j, 0.1 + random.nextDouble());
            }
        }
        return FactorView.of(values, null);
    }

    private PenaltyProbe probe(double[][] at, FactorView other) {
        return new PenaltyProbe(regularizer(), at, other);
    }

    private static double[][] copy(double[][] of) {
        return Arrays.stream(of).map(double[]::clone).toArray(double[][]::new);
    }

    private static double[][] withVector(double[][] of, int vector, double[][] from) {
        double[][] to = copy(of);
        for (int c = 0; c < of.length; c++) {
            to[c][vector] = from[c][vector];
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

    private record Answers(double[] shares, Coefficients together, Coefficients alone) {}

    private static Answers answers(PenaltyProbe probe) {
        return new Answers(
                probe.shares(probe.whole()), probe.majorize(probe.whole()), probe.majorizeAlone(probe.whole()));
    }

    private static void assertBitwise(Answers expected, Answers actual, String what, long seed) {
        assertArrayEquals(expected.shares, actual.shares, () -> "value, " + what + seed(seed));
        assertTrue(
                Arrays.deepEquals(expected.together.planes(), actual.together.planes()),
                () -> "coefficients, " + what + seed(seed));
        assertTrue(
                Arrays.deepEquals(expected.alone.planes(), actual.alone.planes()),
                () -> "coefficients where one colour moves, " + what + seed(seed));
    }

    private static void assertSame(Coefficients expected, Coefficients actual, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            for (int c = 0; c < RANK; c++) {
                double[] right = expected.planes()[plane][c];
                assertArrayEquals(
                        right,
                        actual.planes()[plane][c],
                        ROUNDING * (Double.MIN_NORMAL + largest(right)),
                        () -> "coefficients, " + what + seed(seed));
            }
        }
    }

    private static void assertSame(double[] expected, double[] actual, String what, long seed) {
        assertArrayEquals(
                expected, actual, ROUNDING * (Double.MIN_NORMAL + largest(expected)), () -> what + seed(seed));
    }

    private static void assertSameAt(int j, Coefficients before, Coefficients after, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            for (int c = 0; c < RANK; c++) {
                double right = before.planes()[plane][c][j];
                double got = after.planes()[plane][c][j];
                int component = c;
                assertEquals(
                        right,
                        got,
                        ROUNDING * (Double.MIN_NORMAL + Math.abs(right)),
                        () -> "coefficients must stay: " + what + where(component, j, seed));
            }
        }
    }

    private static void assertSameIn(int c, Coefficients before, Coefficients after, String what, long seed) {
        for (int plane = 0; plane < 3; plane++) {
            double[] right = before.planes()[plane][c];
            assertArrayEquals(
                    right,
                    after.planes()[plane][c],
                    ROUNDING * (Double.MIN_NORMAL + largest(right)),
                    () -> "coefficients must stay: " + what + seed(seed));
        }
    }

    private static void assertNear(
            double expected, double actual, double tolerance, String what, int c, int j, long seed) {
        assertTrue(
                Math.abs(actual - expected) <= tolerance,
                () -> what + " must be " + expected + " within " + tolerance + ": " + actual + where(c, j, seed));
    }

    private static double largest(double[] of) {
        return Arrays.stream(of).map(Math::abs).max().orElse(0);
    }

    private static String where(int c, int j, long seed) {
        return " at component " + c + ", vector " + j + seed(seed);
    }

    private static String seed(long seed) {
        return " (seed " + seed + ")";
    }
}
