package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task once, whoever runs it, and failures where the caller sees them. */
class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyTaskRunsOnceInEveryRun(int threads) {
        try (Workers workers = new Workers(threads)) {
            Workers.Loop loop = new Workers.Loop();
            AtomicIntegerArray runs = new AtomicIntegerArray(50);
            for (int round = 1; round <= 2000; round++) {
                int count = 1 + round % 50;
                int[] before = new int[50];
                for (int t = 0; t < 50; t++) {
                    before[t] = runs.get(t);
                }
                workers.run(loop, count, (task, worker) -> {
                    assertThat(worker).isBetween(0, threads - 1);
                    runs.incrementAndGet(task);
                });
                for (int t = 0; t < 50; t++) {
                    assertThat(runs.get(t)).isEqualTo(before[t] + (t < count ? 1 : 0));
                }
            }
        }
    }

    /** Long enough to be shared for certain, so that threads park between runs. */
    @Test
    void waitingThreadsAreWoken() throws InterruptedException {
        try (Workers workers = new Workers(3)) {
            Workers.Loop loop = new Workers.Loop();
            for (int round = 0; round < 20; round++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(9);
                workers.run(loop, 9, (task, worker) -> {
                    pause(1);
                    runs.incrementAndGet(task);
                });
                for (int t = 0; t < 9; t++) {
                    assertThat(runs.get(t)).isOne();
                }
                Thread.sleep(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void failuresReachTheCallerAndThePoolGoesOn(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < 100; round++) {
                Workers.Loop loop = new Workers.Loop();
                assertThatThrownBy(() -> workers.run(loop, 10, (task, worker) -> {
                            if (task == 7) {
                                throw new IllegalStateException("task 7");
                            }
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("task 7");
            }
        }
    }

    @Test
    void anInterruptionIsKept() {
        try (Workers workers = new Workers(2)) {
            Thread.currentThread().interrupt();
            workers.run(new Workers.Loop(), 4, (task, worker) -> pause(1));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Busy for a while: sleeping would end an interruption. */
    private static void pause(int milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
