package dev.longtail.data;

/** Turns raw examples into features, one after the other; a {@link FeatureSpace} with the scratch of one thread. */
@FunctionalInterface
public interface FeatureEncoder {

    /**
     * Fills the features of {@code into} and leaves its labels alone. Unknown features are left out.
     *
     * @throws dev.longtail.config.InputException when the example is a text and the space is numeric, or the reverse,
     *     or when the numbers of features differ
     */
    void encode(RawExample example, Example into);
}
