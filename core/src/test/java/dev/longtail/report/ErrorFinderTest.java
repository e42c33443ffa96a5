package dev.longtail.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.data.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorFinderTest {

    /** The middle of the 20 occurrences of labels 0 and 1 is within the first third of 42: these are the head. */
    private static final int[] FREQUENCIES = {10, 10, 6, 6, 6, 4};

    private static void rank(ErrorFinder finder, int number, float score, int[] predicted, int... truth) {
        Example example = new Example();
        example.ensureLabels(truth.length);
        System.arraycopy(truth, 0, example.labels, 0, truth.length);
        example.labelCount = truth.length;
        float[] scores = new float[predicted.length];
        scores[0] = score;
        finder.ranked(number, predicted, scores, predicted.length, example);
    }

    @Test
    void theSurestWrongOnesComeFirst() {
        ErrorFinder finder = new ErrorFinder(FREQUENCIES, 3);
        rank(finder, 0, 0.5f, new int[] {2, 3}, 4);
        rank(finder, 1, 0.9f, new int[] {2, 3}, 2); // right
        rank(finder, 2, 0.7f, new int[] {2, 3}, 3); // only the first suggestion counts
        rank(finder, 3, 0.8f, new int[] {5, 3}); // without a true label nothing is known to be wrong
        rank(finder, 4, 0.7f, new int[] {5, 3}, 4);
        rank(finder, 5, 0.1f, new int[] {5, 3}, 4);
        assertThat(finder.confidentlyWrong()).containsExactly(2, 4, 0);
        assertThat(finder.missed()).isEmpty();
    }

    @Test
    void frequentLabelsAreMissedByNumber() {
        ErrorFinder finder = new ErrorFinder(FREQUENCIES, 4);
        rank(finder, 0, 1, new int[] {2, 3}, 0, 1);
        rank(finder, 1, 1, new int[] {0, 3}, 0, 1);
        rank(finder, 2, 1, new int[] {2, 3}, 1, 5);
        rank(finder, 3, 1, new int[] {2, 1}, 1);
        assertThat(finder.missed())
                .containsExactly(new ErrorFinder.Missed(1, 3, List.of(0, 1)), new ErrorFinder.Missed(0, 1, List.of(0)));
    }

    @Test
    void tooFewAreRefused() {
        assertThatThrownBy(() -> new ErrorFinder(FREQUENCIES, 1)).hasMessage("most must be at least 2, got 1");
    }
}
