package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatingMetricsTest {

    @Test
    void errorsByHand() {
        RatingMetrics.Sums sums = new RatingMetrics.Sums(new int[] {6, 3, 1});
        sums.add(0, 3.5f, 4); // -0.5
        sums.add(0, 4, 4); // 0
        sums.add(1, 1, 3); // -2
        sums.add(2, 5, 4); // 1
        sums.add(-1, 2, 5); // -3, of an unknown item
        RatingMetrics metrics = sums.metrics();
        // squares 0.25 + 0 + 4 + 1 + 9 = 14.25, absolute 0.5 + 0 + 2 + 1 + 3 = 6.5
        assertThat(metrics.ratings()).isEqualTo(5);
        assertThat(metrics.mse()).isCloseTo(2.85, within(1e-12));
        assertThat(metrics.rmse()).isCloseTo(1.6881943016134133, within(1e-12));
        assertThat(metrics.mae()).isCloseTo(1.3, within(1e-12));
        // of 10 training ratings the block of item 0 has its middle at 3, of item 1 at 7.5, of item 2 at 9.5
        assertThat(metrics.bands())
                .containsOnly(
                        java.util.Map.entry(Band.HEAD, new RatingMetrics.InBand(2, 0.125)),
                        java.util.Map.entry(Band.TAIL, new RatingMetrics.InBand(3, 14.0 / 3)));
        assertThat(metrics.toMap().keySet()).containsExactly("MSE", "RMSE", "MAE", "MSE/head", "MSE/tail");
    }

    @Test
    void nothingIsNoMeasure() {
        RatingMetrics.Sums sums = new RatingMetrics.Sums(new int[] {1});
        assertThatThrownBy(sums::metrics).hasMessage("ratings must be at least 1, got 0");
    }
}
