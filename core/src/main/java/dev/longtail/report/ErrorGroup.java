package dev.longtail.report;

import dev.longtail.predict.Suggestion;
import java.util.List;

/**
 * Examples with one kind of error.
 *
 * @param title    what is wrong with them
 * @param note     how they were chosen
 * @param examples in the order to be read
 */
public record ErrorGroup(String title, String note, List<ErrorExample> examples) {

    public ErrorGroup {
        examples = List.copyOf(examples);
    }

    /**
     * An example.
     *
     * @param place       file and line
     * @param text        the text, or the features as index:value; shortened where it is long
     * @param truth       its true labels in the order of the file
     * @param suggestions of the model, best first
     */
    public record ErrorExample(String place, String text, List<TrueLabel> truth, List<Judged> suggestions) {

        public ErrorExample {
            truth = List.copyOf(truth);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * A true label.
     *
     * @param name           empty where it has none
     * @param trainFrequency training examples that carry it; -1 for a label that the model does not know
     * @param rank           its rank among the suggestions, from 1; 0 when it is not among them
     */
    public record TrueLabel(String id, String name, int trainFrequency, int rank) {}

    /** A suggestion, and whether the label is true of the example. */
    public record Judged(Suggestion suggestion, boolean right) {}
}
