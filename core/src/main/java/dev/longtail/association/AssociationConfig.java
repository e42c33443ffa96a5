package dev.longtail.association;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The association arm, see {@link AssociationCounts} for what the exponents do.
 *
 * @param slots features that a label is connected to at most, those of its largest weights; 0 for no association arm
 * @param postings labels that a feature is connected to at most, those of its largest weights, at least 1
 * @param featureExponent how far frequent features are held down, in [0, 1]
 * @param labelExponent how far labels of long rows are held down, in [0, 1]
 * @param share of the arm in a score without a validation part to choose it on, in [0, 1]
 */
public record AssociationConfig(
        @Setting("features that a label is connected to in the association arm, which finds the candidates of the other"
                + " arms by counts alone, at most 2^20; 0 for no association arm")
        int slots,

        @Setting("labels that a feature is connected to in the association arm at most, at least 1: what bounds the"
                + " time of frequent words")
        int postings,

        @Setting("power of its total count by which the weights of a feature are divided, in [0, 1]")
        float featureExponent,

        @Setting("power of its length by which the weights of a label are divided, in [0, 1]")
        float labelExponent,

        @Setting("share of the association arm in a score when there is no validation part to choose it on, in [0, 1]")
        float share) {

    private static final int MOST_SLOTS = 1 << 20;

    /** No association arm; the other settings are those it would have. */
    public static final AssociationConfig OFF = new AssociationConfig(0, 200, 0.5f, 0.5f, 0.6f);

    public AssociationConfig {
        Require.that(slots >= 0 && slots <= MOST_SLOTS, "association.slots", "in [0, 2^20]", slots);
        Require.that(postings >= 1, "postings", "at least 1", postings);
        requireShare("featureExponent", featureExponent);
        requireShare("labelExponent", labelExponent);
        requireShare("association.share", share);
    }

    private static void requireShare(String name, float value) {
        Require.that(value >= 0 && value <= 1, name, "in [0, 1]", value);
    }

    /** Whether there is an association arm. */
    public boolean isOn() {
        return slots > 0;
    }
}
