package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The shape of a table of mixed dimensions (Ginart et al., "Mixed Dimension Embeddings with Application to
 * Memory-Efficient Recommendation Systems", 2019).
 *
 * @param blocks parts of the same popularity that rows are cut into
 * @param temperature alpha: how fast the width of a block falls with its popularity
 * @param rounding of widths
 * @param projectionRate learning rate of the projections, as a multiple of that of the rows
 */
public record MixedConfig(
        @Setting("blocks that the rows of a mixed table are cut into, at least 1: by popularity, and of the same"
                + " popularity each")
        int blocks,

        @Setting("power of the popularity of a block's rows that their length in a mixed table is proportional to, in"
                + " [0, 1]; 0 gives all rows the same length")
        float temperature,

        @Setting("what the length of a row of a mixed table is rounded to: nearest number, or power-of-two")
        Rounding rounding,

        @Setting("learning rate of the projections of a mixed table, as a multiple of that of its rows, above 0")
        float projectionRate) {

    /** Sixteen blocks and temperature 0.6, which were best of those that Anchor and Transform tried. */
    public static final MixedConfig DEFAULT = new MixedConfig(16, 0.6f, Rounding.POWER_OF_TWO, 1);

    /** What the length of a row is rounded to. */
    public enum Rounding {
        /** The nearest whole number. */
        NEAREST,
        /** The power of two whose logarithm is nearest. */
        POWER_OF_TWO;

        int round(double width) {
            return Math.toIntExact(
                    this == NEAREST ? Math.round(width) : 1L << Math.round(Math.log(width) / Math.log(2)));
        }
    }

    public MixedConfig {
        Require.that(blocks >= 1, "blocks", "at least 1", blocks);
        Require.that(temperature >= 0 && temperature <= 1, "temperature", "in [0, 1]", temperature);
        Require.that(projectionRate > 0 && Float.isFinite(projectionRate), "projectionRate", "above 0", projectionRate);
    }
}
