package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.PenaltyProbe.Coefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A penalty keeps no state: what it learns goes into a new one. */
abstract class PenaltyStateLaws extends PenaltyPromiseLaws {
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
}
