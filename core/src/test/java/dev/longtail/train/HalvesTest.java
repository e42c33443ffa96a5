package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class HalvesTest {

    private final Halves halves = new Halves();
    private final AtomicIntegerArray times = new AtomicIntegerArray(2);

    @Test
    void oneThreadAloneDoesBoth() {
        halves.reset();
        halves.run(1, times::incrementAndGet);
        assertThat(times).hasToString("[1, 1]");
        halves.run(0, times::incrementAndGet);
        assertThat(times).as("they are done").hasToString("[1, 1]");
        halves.reset();
        halves.run(0, times::incrementAndGet);
        assertThat(times).hasToString("[2, 2]");
    }

    @Test
    void twoThreadsFindBothDoneWhoeverDidThem() throws InterruptedException {
        for (int round = 1; round <= 2000; round++) {
            int[] results = new int[2];
            int[] seen = new int[2];
            int value = round;
            halves.reset();
            Thread other = new Thread(() -> {
                halves.run(1, half -> results[half] += value + half);
                seen[1] = results[0] + results[1];
            });
            other.start();
            halves.run(0, half -> results[half] += value + half);
            seen[0] = results[0] + results[1];
            other.join();
            assertThat(seen).containsExactly(2 * round + 1, 2 * round + 1);
        }
    }

    @Test
    void nobodyWaitsForAHalfThatFailed() {
        halves.reset();
        assertThatThrownBy(() -> halves.run(0, half -> {
                    throw new IllegalStateException("half " + half);
                }))
                .hasMessage("half 0");
        halves.run(1, times::incrementAndGet);
        assertThat(times).hasToString("[0, 1]");
    }
}
