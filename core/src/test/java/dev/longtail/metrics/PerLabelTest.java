package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PerLabelTest {

    /** Three examples over four labels, the last of which never occurs. */
    private static RankingEvaluation evaluation() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {5, 3, 2, 1}, 9, Propensity.DEFAULT, 1, 2);
        evaluation.add(new int[] {0, 1}, 2, new int[] {0, 2}, 2, 0);
        evaluation.add(new int[] {0, 2}, 2, new int[] {1, 2}, 2, 0);
        evaluation.add(new int[] {1, 0}, 2, new int[] {0}, 1, 1);
        evaluation.add(new int[] {3, 0}, 2, new int[0], 0, 0); // nothing is true of it: not measured
        return evaluation;
    }

    @Test
    void countsByHand() {
        PerLabel first = evaluation().perLabel(1);
        PerLabel two = evaluation().perLabel(2);
        int[][] counts = new int[4][];
        for (int label = 0; label < 4; label++) {
            counts[label] = new int[] {
                first.truths(label), first.suggested(label), first.right(label), two.suggested(label), two.right(label)
            };
        }
        assertThat(counts)
                .isDeepEqualTo(new int[][] {{2, 2, 1, 3, 2}, {1, 1, 0, 2, 0}, {2, 0, 0, 1, 1}, {0, 0, 0, 0, 0}});
        assertThat(two.k()).isEqualTo(2);
        assertThat(two.labels()).isEqualTo(4);
        assertThat(two.precision(0)).isEqualTo(2 / 3.0);
        assertThat(two.recall(0)).isEqualTo(1);
        assertThat(two.f1(0)).isEqualTo(0.8, within(1e-15)); // 2 * (2/3) / (5/3)
        assertThat(two.f1(2)).isEqualTo(2 / 3.0, within(1e-15)); // precision 1, recall 1/2
        assertThat(first.precision(2)).isNaN();
        assertThat(first.recall(2)).isZero();
        assertThat(two.f1(1)).isZero();
        assertThat(two.f1(3)).isNaN();
        assertThat(two.occurs(3)).isFalse();
        assertThat(first.occurs(2)).isTrue();
    }

    @Test
    void macroF1IsTheirMean() {
        RankingEvaluation evaluation = evaluation();
        PerLabel labels = evaluation.perLabel(2);
        double sum = 0;
        for (int label = 0; label < labels.labels(); label++) {
            sum += labels.occurs(label) ? labels.f1(label) : 0;
        }
        assertThat(evaluation.metrics().at(2).macroF1()).isEqualTo(sum / 4, within(1e-15));
    }

    @Test
    void otherCutoffsAndLengthsAreRefused() {
        assertThatThrownBy(() -> evaluation().perLabel(3)).hasMessage("k must be one of [1, 2], got 3");
        assertThatThrownBy(() -> new PerLabel(1, new int[2], new int[2], new int[1]))
                .hasMessage("suggested and right must be as long as truths (2), got 2 and 1");
        assertThatThrownBy(() -> new PerLabel(0, new int[0], new int[0], new int[0]))
                .hasMessage("k must be at least 1, got 0");
    }
}
