package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spans may be cut anywhere and computed by any thread. */
abstract class LossSpanLaws extends LossPromiseLaws {
    private static final int GUARD = 5;

    private static final double SENTINEL = -123.25;

    private static final int THREADS = 4;

    /** What one of the methods that work on spans writes, all outputs one after the other. */
    private List<double[]> outputs(int n, double[] x, double[] y, int length) {
        Loss loss = loss();
        double[][] outputs = new double[5][length];
        for (double[] output : outputs) {
            Arrays.fill(output, SENTINEL);
        }
        loss.split(n, x, y, outputs[0], outputs[1], Elementary.PLAIN);
        loss.value(n, x, y, outputs[2], Elementary.PLAIN);
        loss.constant(n, x, outputs[3], Elementary.PLAIN);
        if (loss.hasCurvature()) {
            loss.curvature(n, x, y, outputs[4], Elementary.PLAIN);
        }
        List<double[]> kept = new ArrayList<>(List.of(outputs));
        if (loss.positive() != Loss.Positive.COMPUTED) {
            kept.remove(1);
        }
        return kept;
    }

    /** Entries 0 … n − 1 are written, whatever lies beyond is neither read nor written, and the inputs stay as they are. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void onlyTheSpanIsReadAndWritten(long seed) {
        RandomGenerator random = Draw.from(seed);
        int n = random.nextInt(20);
        Sample at = sample(random, n);
        double[] x = Arrays.copyOf(at.x(), n + GUARD);
        double[] y = Arrays.copyOf(at.y(), n + GUARD);
        Arrays.fill(x, n, n + GUARD, Double.NaN);
        Arrays.fill(y, n, n + GUARD, Double.NaN);
        double[] x0 = x.clone();
        double[] y0 = y.clone();
        String where = " (n = " + n + ", seed " + seed + ")";
        List<double[]> guarded = outputs(n, x, y, n + GUARD);
        assertArrayEquals(x0, x, () -> "x must not be written" + where);
        assertArrayEquals(y0, y, () -> "y must not be written" + where);
        Loss loss = loss();
        double[] unread = new double[n + GUARD];
        Arrays.fill(unread, SENTINEL);
        loss.split(n, x, y, new double[n + GUARD], unread, Elementary.PLAIN);
        List<double[]> exact = outputs(n, at.x(), at.y(), n);
        for (int o = 0; o < guarded.size(); o++) {
            double[] beyond = Arrays.copyOfRange(guarded.get(o), n, n + GUARD);
            for (double entry : beyond) {
                assertEquals(SENTINEL, entry, () -> "nothing beyond the span may be written" + where);
            }
            double[] within = Arrays.copyOf(guarded.get(o), n);
            assertArrayEquals(exact.get(o), within, () -> "what lies beyond the span must not matter" + where);
        }
        for (int i = n; i < n + GUARD; i++) {
            assertEquals(SENTINEL, unread[i], () -> "nothing beyond the span may be written to positive" + where);
        }
    }

    /** An entry's result does not depend on its neighbours: spans may be cut anywhere. */
    @ParameterizedTest
    @MethodSource("seeds")
    protected final void piecesOfASpanGiveWhatTheWholeGives(long seed) {
        RandomGenerator random = Draw.from(seed);
        Sample at = sample(random, ENTRIES);
        List<double[]> whole = outputs(ENTRIES, at.x(), at.y(), ENTRIES);
        for (int from = 0; from < ENTRIES; ) {
            int to = Math.min(ENTRIES, from + 1 + random.nextInt(20));
            double[] x = Arrays.copyOfRange(at.x(), from, to);
            double[] y = Arrays.copyOfRange(at.y(), from, to);
            List<double[]> piece = outputs(to - from, x, y, to - from);
            for (int o = 0; o < piece.size(); o++) {
                double[] same = Arrays.copyOfRange(whole.get(o), from, to);
                assertArrayEquals(
                        same, piece.get(o), () -> "a piece must give what the whole gives (seed " + seed + ")");
            }
            from = to;
        }
    }

    /** One instance serves all threads of a fit. */
    @Test
    protected final void oneInstanceServesManyThreads() throws Exception {
        Loss loss = loss();
        int n = 512;
        int rounds = 60;
        List<Sample> samples = new ArrayList<>();
        List<List<double[]>> expected = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Sample sample = sample(Draw.from(1000 + t), n);
            samples.add(sample);
            expected.add(allOf(loss, sample));
        }
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Sample sample = samples.get(t);
                List<double[]> alone = expected.get(t);
                answers.add(threads.submit(() -> {
                    start.await();
                    boolean same = true;
                    for (int round = 0; round < rounds; round++) {
                        List<double[]> now = allOf(loss, sample);
                        for (int o = 0; o < alone.size(); o++) {
                            same &= Arrays.equals(alone.get(o), now.get(o));
                        }
                    }
                    return same;
                }));
            }
            start.countDown();
            for (Future<Boolean> answer : answers) {
                assertTrue(answer.get(), "a loss must give in many threads what it gives in one");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<double[]> allOf(Loss loss, Sample at) {
        int n = at.x().length;
        double[][] outputs = new double[4][n];
        double[] positive = new double[n];
        loss.split(n, at.x(), at.y(), outputs[0], positive, Elementary.PLAIN);
        if (loss.positive() == Loss.Positive.COMPUTED) {
            System.arraycopy(positive, 0, outputs[1], 0, n);
        }
        loss.value(n, at.x(), at.y(), outputs[2], Elementary.PLAIN);
        if (loss.hasCurvature()) {
            loss.curvature(n, at.x(), at.y(), outputs[3], Elementary.PLAIN);
        }
        return List.of(outputs);
    }
}
