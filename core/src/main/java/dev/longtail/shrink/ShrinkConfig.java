package dev.longtail.shrink;

import dev.longtail.config.Require;
import dev.longtail.model.ModelConfig;

/**
 * What is taken from a model.
 *
 * @param storedBits bits of a number of input table and output weights: 32 leaves them as they are, 8 makes them bytes
 * @param terms terms of the vocabulary that keep their vectors, at least 1; {@link #ALL} for all
 * @param fanIn connections that a label keeps, at least 1; {@link #ALL} for all
 */
public record ShrinkConfig(int storedBits, int terms, int fanIn) {

    /** Everything is kept. */
    public static final int ALL = Integer.MAX_VALUE;

    public ShrinkConfig {
        Require.that(
                storedBits == ModelConfig.TRAINED_BITS || storedBits == ModelConfig.BYTE_BITS,
                "bits",
                "32 or 8",
                storedBits);
        Require.that(terms >= 1, "features", "at least 1", terms);
        Require.that(fanIn >= 1, "fanIn", "at least 1", fanIn);
    }

    /** Only fewer bits. */
    public static final ShrinkConfig BYTES = new ShrinkConfig(ModelConfig.BYTE_BITS, ALL, ALL);
}
