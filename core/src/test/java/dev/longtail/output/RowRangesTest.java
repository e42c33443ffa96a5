package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowRangesTest {

    @Test
    void rangesThatTouchOrOverlapBecomeOne() {
        RowRanges ranges = new RowRanges();
        ranges.add(2, 5);
        ranges.add(5, 7);
        ranges.add(6, 9);
        ranges.add(12, 13);
        assertThat(ranges.count()).isEqualTo(2);
        assertThat(new int[] {ranges.first(0), ranges.end(0), ranges.first(1), ranges.end(1)})
                .containsExactly(2, 9, 12, 13);
        assertThatThrownBy(() -> ranges.add(3, 4)).isInstanceOf(IllegalArgumentException.class);
        ranges.clear();
        assertThat(ranges.from(0)).isZero();
    }

    @Test
    void theFirstRangeBehindARowIsFound() {
        RowRanges ranges = new RowRanges();
        for (int i = 0; i < 100; i++) {
            ranges.add(10 * i + 3, 10 * i + 6);
        }
        for (int row = 0; row < 1000; row++) {
            int expected = 0;
            while (expected < 100 && 10 * expected + 6 <= row) {
                expected++;
            }
            assertThat(ranges.from(row)).isEqualTo(expected);
            assertThat(ranges.contains(row)).isEqualTo(row % 10 >= 3 && row % 10 < 6);
        }
    }
}
