package io.github.nmf4j.unmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    private static final long A_WHILE = 30_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyTaskIsRunOnce(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(40);
        try (Crew crew = new Crew(threads)) {
            crew.run(40, runs::incrementAndGet);
            crew.run(0, task -> runs.incrementAndGet(0));
        }
        for (int task = 0; task < 40; task++) {
            assertThat(runs.get(task)).isEqualTo(1);
        }
    }

    /** Of two threads one fails while the other is at work, which must not be left alone with what the caller may drop. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWhenAllHaveEnded(boolean callerFails) {
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        AtomicBoolean ended = new AtomicBoolean();
        try (Crew crew = new Crew(2)) {
            assertThatThrownBy(() -> crew.run(2, task -> {
                        meet(both);
                        if (Thread.currentThread() == caller == callerFails) {
                            throw new IllegalArgumentException("one");
                        }
                        LockSupport.parkNanos(A_WHILE);
                        ended.set(true);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("one");
            assertThat(ended).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void errorsStayErrorsAndNothingBeginsAfterThem(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        try (Crew crew = new Crew(threads)) {
            assertThatThrownBy(() -> crew.run(1000, task -> {
                        runs.incrementAndGet(task);
                        throw new AssertionError("no");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("no");
        }
        int begun = 0;
        for (int task = 0; task < 1000; task++) {
            begun += runs.get(task);
        }
        assertThat(begun).isLessThanOrEqualTo(threads);
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
