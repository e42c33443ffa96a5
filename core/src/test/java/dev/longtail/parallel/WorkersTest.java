package dev.longtail.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkersTest {

    @Test
    void everyTaskRunsOnceOnAWorkerThatExists() {
        for (int n = 0; n < 8; n++) {
            int threads = 1 + n % 4;
            try (Workers workers = n < 4 ? new Workers(threads) : Workers.lookingOut(threads)) {
                AtomicIntegerArray runs = new AtomicIntegerArray(100);
                int count = threads;
                for (int round = 0; round < 50; round++) {
                    workers.run(100, (task, worker) -> {
                        assertThat(worker).isBetween(0, count - 1);
                        runs.incrementAndGet(task);
                    });
                }
                for (int task = 0; task < 100; task++) {
                    assertThat(runs.get(task)).isEqualTo(50);
                }
            }
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheWorkersLiveOn() {
        for (int n = 0; n < 6; n++) {
            int threads = 1 + n % 3;
            try (Workers workers = n < 3 ? new Workers(threads) : Workers.lookingOut(threads)) {
                assertThatThrownBy(() -> workers.run(20, (task, worker) -> {
                            if (task == 7) {
                                throw new IllegalStateException("seven");
                            }
                        }))
                        .hasMessage("seven");
                AtomicIntegerArray runs = new AtomicIntegerArray(5);
                workers.run(5, (task, worker) -> runs.incrementAndGet(task));
                assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1]");
            }
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobodyWaitsForAHelperThatCannotBegin() {
        for (boolean lookingOut : new boolean[] {false, true}) {
            nobodyWaits(lookingOut);
        }
    }

    private static void nobodyWaits(boolean lookingOut) {
        AtomicIntegerArray runs = new AtomicIntegerArray(2);
        try (Workers workers = lookingOut ? Workers.lookingOut(2) : new Workers(2)) {
            CountDownLatch both = new CountDownLatch(2);
            workers.run(2, (task, worker) -> {
                both.countDown();
                await(both); // the only helper is busy here, so the inner runs ask for help in vain
                workers.run(10, (inner, innerWorker) -> runs.incrementAndGet(task));
            });
        }
        assertThat(runs.toString()).isEqualTo("[10, 10]");
    }

    /** Helpers that sleep between two jobs are woken for the next. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void sleepingHelpersAreWoken() throws InterruptedException {
        try (Workers workers = Workers.lookingOut(2)) {
            for (int round = 0; round < 20; round++) {
                CountDownLatch both = new CountDownLatch(2);
                workers.run(2, (task, worker) -> {
                    both.countDown();
                    await(both); // ends only with two workers
                });
                Thread.sleep(round % 2 == 0 ? 2 : 0);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void threadsMustBeAtLeastOne() {
        assertThatThrownBy(() -> new Workers(0)).hasMessage("threads must be at least 1, got 0");
    }
}
