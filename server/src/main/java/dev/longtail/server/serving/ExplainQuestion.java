package dev.longtail.server.serving;

import dev.longtail.config.Require;
import java.util.List;

/**
 * Labels of a text to explain.
 *
 * @param labels their ids, at most {@link #MOST_LABELS}; none for those that are suggested, the first ones of them
 *     where there are more
 * @param top labels that count as suggested, at least 1
 */
public record ExplainQuestion(String text, List<String> labels, int top) {

    /** Labels that are explained at once. */
    public static final int MOST_LABELS = 20;

    /** Words of each arm that are named which would have spoken for a label that is not suggested. */
    static final int MISSING_WORDS = 5;

    public ExplainQuestion {
        labels = List.copyOf(labels);
        Require.that(labels.size() <= MOST_LABELS, "labels", "at most " + MOST_LABELS, labels.size());
        Require.that(top >= 1, "top", "at least 1", top);
    }
}
