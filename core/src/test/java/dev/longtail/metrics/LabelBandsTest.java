package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelBandsTest {

    @Test
    void aThirdOfTheOccurrencesEach() {
        // 30 occurrences: block 10 (middle at 5 of 30), block 5 5 (15 of 30), block 1 x 10 (25 of 30), block 0.
        int[] frequencies = {1, 5, 1, 1, 10, 1, 1, 1, 5, 1, 1, 1, 1, 0};
        LabelBands bands = LabelBands.of(frequencies);
        assertThat(bands).isEqualTo(new LabelBands(10, 5, Map.of(Band.HEAD, 1, Band.MIDDLE, 2, Band.TAIL, 11)));
        assertThat(bands.of(10)).isEqualTo(Band.HEAD);
        assertThat(bands.of(9)).isEqualTo(Band.MIDDLE);
        assertThat(bands.of(5)).isEqualTo(Band.MIDDLE);
        assertThat(bands.of(4)).isEqualTo(Band.TAIL);
        assertThat(bands.of(0)).isEqualTo(Band.TAIL);
    }

    @Test
    void labelsOfOneFrequencyStayTogether() {
        // One block: its middle is at a half, so everything is middle and head and tail are empty.
        LabelBands bands = LabelBands.of(new int[] {2, 2, 2, 2});
        assertThat(bands.labels().values()).containsExactly(0, 4, 0);
        assertThat(bands.of(2)).isEqualTo(Band.MIDDLE);
    }

    @Test
    void labelsNeverSeenAreTail() {
        assertThat(LabelBands.of(new int[] {0, 0, 0}).labels().values()).containsExactly(0, 0, 3);
        assertThat(LabelBands.of(new int[0]).labels().values()).containsExactly(0, 0, 0);
        assertThat(LabelBands.of(new int[] {0, 7}).labels().values()).containsExactly(0, 1, 1);
    }

    @Test
    void longTailIsCutIntoThirds() {
        // Zipf-like: frequency of the label of rank r is 100,000 / r, in shuffled order.
        int[] frequencies = new int[20_000];
        Random random = new Random(3);
        for (int i = 0; i < frequencies.length; i++) {
            int at = random.nextInt(i + 1);
            frequencies[i] = frequencies[at];
            frequencies[at] = 100_000 / (i + 1);
        }
        LabelBands bands = LabelBands.of(frequencies);
        long[] occurrences = new long[3];
        int[] labels = new int[3];
        long total = 0;
        for (int frequency : frequencies) {
            occurrences[bands.of(frequency).ordinal()] += frequency;
            labels[bands.of(frequency).ordinal()]++;
            total += frequency;
        }
        // The largest block has 100,000 occurrences of 1.05 million, so a band misses a third by a tenth at most.
        for (long inBand : occurrences) {
            assertThat((double) inBand / total).isBetween(1.0 / 3 - 0.1, 1.0 / 3 + 0.1);
        }
        assertThat(bands.labels().values()).containsExactly(labels[0], labels[1], labels[2]);
        assertThat(labels[0]).isLessThan(labels[1]);
        assertThat(labels[1]).isLessThan(labels[2]);
    }

    @Test
    void negativeFrequenciesAreRefused() {
        assertThatThrownBy(() -> LabelBands.of(new int[] {3, -1}))
                .hasMessage("trainFrequencies must be at least 0, got -1");
    }
}
