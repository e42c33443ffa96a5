package dev.longtail.relation;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * Which objects co-occur, and which of those are related. The defaults are those of Anchor & Transform (appendix J.1):
 * words are related that stand within ten words of each other anywhere in the training data.
 *
 * @param window distance of positions at which objects still co-occur, at least 1
 * @param maxPairs distinct pairs that are counted at once, at least 16; about 16 bytes each
 * @param minCount how often related objects co-occur, at least 1
 * @param neighbours related objects of each object, 0 for all
 * @param strength by which neighbours are the strongest
 */
public record CooccurrenceConfig(
        @Setting("words co-occur that are at most this far from each other in a text, at least 1")
        int window,

        @Setting("distinct pairs that are counted at once, at least 16, about 16 bytes each; when there are more, the"
                + " rarest are forgotten and counts come out a little too low")
        int maxPairs,

        @Setting("how often two words must co-occur to be related, at least 1")
        int minCount,

        @Setting("how many related words a word looks for, the strongest ones; others may look for it; 0 for all")
        int neighbours,

        @Setting("what makes a neighbour strong: count, or ppmi, which asks how much more often than by chance")
        Strength strength) {

    public static final CooccurrenceConfig DEFAULT =
            new CooccurrenceConfig(10, CooccurrenceCounter.DEFAULT_PAIRS, 1, 0, Strength.PPMI);

    /** By which neighbours are ordered. */
    public enum Strength {
        /** How often the two co-occur. */
        COUNT,
        /** Positive pointwise mutual information, see {@link Cooccurrences#ppmi}. */
        PPMI
    }

    public CooccurrenceConfig {
        Require.that(window >= 1 && window <= 1 << 20, "window", "in [1, 2^20]", window);
        Require.that(maxPairs >= 16, "maxPairs", "at least 16", maxPairs);
        Require.that(minCount >= 1, "minCount", "at least 1", minCount);
        Require.that(neighbours >= 0, "neighbours", "at least 0", neighbours);
    }
}
