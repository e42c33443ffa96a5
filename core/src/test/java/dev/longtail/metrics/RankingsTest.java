package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Cases worked by hand. */
class RankingsTest {

    // Ranking 7, 2, 9, 4, 1 against the truth {1, 2, 5}: ranks 2 and 5 are hits.
    private static final int[] PREDICTED = {7, 2, 9, 4, 1};
    private static final int[] TRUTH = {1, 2, 5};
    private static final boolean[] RELEVANT = {false, true, false, false, true};

    @Test
    void relevanceMarksTheTrueRanks() {
        boolean[] relevant = new boolean[5];
        Rankings.relevance(PREDICTED, 5, TRUTH, 3, relevant);
        assertThat(relevant).containsExactly(RELEVANT);
    }

    @Test
    void relevanceReadsOnlyTheCountedEntries() {
        boolean[] relevant = {true, true, true, true, true, true};
        Rankings.relevance(PREDICTED, 4, TRUTH, 1, relevant);
        // Only {1} is true and label 1 stands at rank 5, past the four counted ranks.
        assertThat(relevant).containsExactly(false, false, false, false, false, false);
    }

    @Test
    void precisionDividesByKEvenWhenTheRankingIsShorter() {
        assertThat(Rankings.precision(RELEVANT, 1)).isZero();
        assertThat(Rankings.precision(RELEVANT, 3)).isEqualTo(1.0 / 3);
        assertThat(Rankings.precision(RELEVANT, 5)).isEqualTo(2.0 / 5);
        assertThat(Rankings.precision(RELEVANT, 10)).isEqualTo(2.0 / 10);
    }

    @Test
    void recallDividesByTheNumberOfTruths() {
        assertThat(Rankings.recall(RELEVANT, 3, 3)).isEqualTo(1.0 / 3);
        assertThat(Rankings.recall(RELEVANT, 3, 5)).isEqualTo(2.0 / 3);
        assertThat(Rankings.recall(RELEVANT, 8, 5)).isEqualTo(2.0 / 8);
        assertThat(Rankings.recall(new boolean[5], 0, 5)).isZero();
    }

    @Test
    void ndcgWorkedByHand() {
        // 1 / log2(2) = 1, 1 / log2(3) = 0.6309297536, 1 / log2(4) = 0.5, 1 / log2(6) = 0.3868528072.
        // k = 3: gain 0.6309297536, ideal 1 + 0.6309297536 + 0.5 = 2.1309297536 -> 0.2960819109
        assertThat(Rankings.ndcg(RELEVANT, 3, 3)).isEqualTo(0.2960819109, within(1e-9));
        // k = 5: gain 0.6309297536 + 0.3868528072 = 1.0177825608, same ideal -> 0.4776237035
        assertThat(Rankings.ndcg(RELEVANT, 3, 5)).isEqualTo(0.4776237035, within(1e-9));
        // One truth only: ideal 1, gain of rank 2.
        assertThat(Rankings.ndcg(new boolean[] {false, true}, 1, 5)).isEqualTo(0.6309297536, within(1e-9));
        assertThat(Rankings.ndcg(new boolean[] {true, true}, 2, 5)).isEqualTo(1.0, within(1e-15));
        assertThat(Rankings.ndcg(new boolean[2], 0, 2)).isZero();
    }

    @Test
    void gainsAndOracleGains() {
        float[] inverse = {0, 2, 1.5f, 9, 9, 4, 9, 9, 9, 9};
        float[] gains = new float[5];
        Rankings.gains(PREDICTED, RELEVANT, inverse, gains);
        assertThat(gains).containsExactly(0, 1.5f, 0, 0, 2);
        assertThat(Rankings.mean(gains, 2)).isEqualTo(1.5 / 2);
        assertThat(Rankings.mean(gains, 10)).isEqualTo(3.5 / 10);

        float[] oracle = {8, 8, 8, 8};
        Rankings.oracleGains(TRUTH, 3, inverse, oracle);
        assertThat(oracle).containsExactly(4, 2, 1.5f, 0);
        float[] oracleOfTwo = new float[2];
        Rankings.oracleGains(TRUTH, 3, inverse, oracleOfTwo);
        assertThat(oracleOfTwo).containsExactly(4, 2);
    }

    @Test
    void cutoffBelowOneIsRefused() {
        assertThatThrownBy(() -> Rankings.precision(RELEVANT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be at least 1, got 0");
        assertThatThrownBy(() -> Rankings.ndcg(RELEVANT, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rankings.mean(new float[1], 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
