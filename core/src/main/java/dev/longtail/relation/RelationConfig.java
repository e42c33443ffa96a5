package dev.longtail.relation;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * Which relations between objects training knows of, beside those of files, which are no settings.
 *
 * @param wordnet whether words are related that WordNet relates
 * @param cooccurrence whether words are related that co-occur, see {@link CooccurrenceConfig}
 * @param leastWeight weight from which on a pair of a file is related, finite
 * @param drawnUnrelated unrelated pairs drawn for each object, see {@link RelationGraph#withDrawnUnrelated}
 */
public record RelationConfig(
        @Setting("whether words are related that are hypernyms, hyponyms, synonyms or antonyms in WordNet; --relations"
                + " wordnet")
        boolean wordnet,

        @Setting("whether words are related that stand near each other in the training texts, by the settings of"
                + " anchors.cooccurrence; --relations cooccurrence")
        boolean cooccurrence,

        @Setting("weight from which on a pair of a file of relations is related; lighter ones are left out")
        float leastWeight,

        @Setting("pairs drawn at random for each object, at least 0, from all that are not related, to be unrelated:"
                + " the anchors that they share cost what anchors.unrelated says")
        int drawnUnrelated) {

    /** None. */
    public static final RelationConfig NONE = new RelationConfig(false, false, 0, 0);

    public RelationConfig {
        Require.that(Float.isFinite(leastWeight), "leastWeight", "finite", leastWeight);
        Require.that(drawnUnrelated >= 0, "drawnUnrelated", "at least 0", drawnUnrelated);
    }

    /** Whether these settings name relations. */
    public boolean any() {
        return wordnet || cooccurrence || drawnUnrelated > 0;
    }
}
