package dev.longtail.model;

import dev.longtail.config.Require;
import java.util.Locale;

/**
 * What the score of each arm counts in the score of a label: their weighted sum. Weights are chosen on the validation
 * part and need no common scale, since scores of the arms have none.
 *
 * @param association of the association arm, at least 0
 * @param embedding of the embedding arm, at least 0
 * @param direct of the direct arm, at least 0; one of them is above 0
 */
public record Mixture(float association, float embedding, float direct) {

    /** Scores are those of the embedding arm. */
    public static final Mixture EMBEDDING = new Mixture(0, 1, 0);

    /** Scores are those of the association arm. */
    public static final Mixture ASSOCIATION = new Mixture(1, 0, 0);

    /** Scores are those of the direct arm. */
    public static final Mixture DIRECT = new Mixture(0, 0, 1);

    public Mixture {
        require("association", association);
        require("embedding", embedding);
        require("direct", direct);
        float sum = association + embedding + direct;
        Require.that(sum > 0, "weights of the arms", "above 0 together", sum);
    }

    private static void require(String arm, float weight) {
        Require.that(weight >= 0 && weight <= 1e6f, "weight of the " + arm + " arm", "in [0, 1e6]", weight);
    }

    /** The same mixture with weights that add up to 1. */
    public Mixture normalised() {
        float sum = association + embedding + direct;
        return new Mixture(association / sum, embedding / sum, direct / sum);
    }

    /** The score of a label from those of the arms. */
    public float score(float byAssociation, float byEmbedding, float byDirect) {
        return association * byAssociation + embedding * byEmbedding + direct * byDirect;
    }

    /** The weights in words. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.3f association, %.3f embedding, %.3f direct", association, embedding, direct);
    }
}
