package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeferredThresholdsTest {

    private static final int ROWS = 20;
    private static final int N = 6;

    /** Rows are visited at random and changed then; in between all shrink. */
    @Test
    void deferredStepsEndWhereEagerOnesDo() {
        Random random = new Random(1);
        float[] eager = new float[ROWS * N];
        for (int i = 0; i < eager.length; i++) {
            eager[i] = random.nextInt(4096) / 1024f; // multiples of 2^-10: sums are exact
        }
        float[] lazy = eager.clone();
        DeferredThresholds deferred = new DeferredThresholds(ROWS);
        int late = 0;
        for (int step = 0; step < 400; step++) {
            int row = random.nextInt(ROWS);
            late += deferred.bringUpToDate(row, lazy, row * N, N) ? 1 : 0;
            for (int i = row * N; i < (row + 1) * N; i++) {
                float update = (random.nextInt(1024) - 256) / 1024f;
                eager[i] += update;
                lazy[i] += update;
            }
            float threshold = random.nextInt(64) / 1024f;
            Proximal.nonNegativeSoft(eager, 0, eager.length, threshold);
            deferred.step(threshold);
            if (step % 40 == 0) {
                int read = random.nextInt(ROWS);
                deferred.bringUpToDate(read, lazy, read * N, N);
                for (int i = read * N; i < (read + 1) * N; i++) {
                    assertThat(lazy[i]).isEqualTo(eager[i]);
                }
            }
        }
        for (int row = 0; row < ROWS; row++) {
            deferred.bringUpToDate(row, lazy, row * N, N);
        }
        assertThat(lazy).containsExactly(eager);
        assertThat(late).isGreaterThan(300);
        assertThat(Norms.l0(lazy, 0, lazy.length)).isBetween(1, lazy.length - 1);
    }

    @Test
    void coordinatesWithStepsOfTheirOwnOweTheirShare() {
        float[] factors = {1, 4, 0.5f, 8};
        float[] eager = {3, 3, 3, 3};
        float[] lazy = eager.clone();
        DeferredThresholds deferred = new DeferredThresholds(1);
        for (int step = 1; step <= 30; step++) {
            float threshold = step / 1024f;
            float[] thresholds = new float[4];
            for (int i = 0; i < 4; i++) {
                thresholds[i] = threshold * factors[i];
            }
            Proximal.nonNegativeSoft(eager, 0, 4, thresholds);
            deferred.step(threshold);
        }
        float owed = deferred.settle(0);
        float[] thresholds = new float[4];
        for (int i = 0; i < 4; i++) {
            thresholds[i] = owed * factors[i];
        }
        Proximal.nonNegativeSoft(lazy, 0, 4, thresholds);
        assertThat(lazy).containsExactly(eager);
        assertThat(eager[3]).isZero();
        assertThat(deferred.owed(0)).isZero();
    }

    @Test
    void smallStepsAreNotLostInALargeSum() {
        DeferredThresholds deferred = new DeferredThresholds(2);
        deferred.step(1);
        deferred.settle(1);
        for (int step = 0; step < 100_000; step++) {
            deferred.step(1e-8f);
        }
        assertThat((double) deferred.owed(1)).isCloseTo(1e-3, within(1e-9));
        assertThat((double) deferred.owed(0)).isCloseTo(1.001, within(1e-6));
        assertThat(deferred.bytes()).isEqualTo(16);
    }

    @Test
    void aThresholdBelowZeroIsRefused() {
        assertThatThrownBy(() -> new DeferredThresholds(1).step(-1))
                .hasMessage("threshold must be at least 0, got -1.0");
    }
}
