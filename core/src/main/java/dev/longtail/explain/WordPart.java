package dev.longtail.explain;

import dev.longtail.text.TextPlace;
import java.util.List;

/**
 * What a word, a run of words or a numbered feature of an example contributes to the score of a label.
 *
 * @param feature its number in the model
 * @param word as the text spells it where it stands first; the number of a numbered feature
 * @param term as the model knows it
 * @param places where it stands in the text, in order; none for a numbered feature
 * @param weight its value in this example, as the model reads it
 * @param association part of the score by the association arm, the mixture's weight included
 * @param embedding the same of the embedding arm
 * @param direct the same of the direct arm
 * @param anchors how the embedding part is divided over anchors, the largest first; none without anchor tables
 */
public record WordPart(
        int feature,
        String word,
        String term,
        List<TextPlace> places,
        double weight,
        double association,
        double embedding,
        double direct,
        List<AnchorPart> anchors) {

    public WordPart {
        places = List.copyOf(places);
        anchors = List.copyOf(anchors);
    }

    /** Part of the score. */
    public double value() {
        return association + embedding + direct;
    }

    /** Part of the score by one arm. */
    public double value(Arm arm) {
        return switch (arm) {
            case ASSOCIATION -> association;
            case EMBEDDING -> embedding;
            case DIRECT -> direct;
        };
    }
}
