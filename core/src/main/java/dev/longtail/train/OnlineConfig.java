package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How a rating model learns from a stream, see {@link OnlineRatingTrainer}.
 *
 * @param stream whether it does
 * @param chunk ratings in a chunk, at least 1
 * @param passes over a chunk at most, at least 1
 * @param tolerance relative fall of the loss below which a chunk is learned, at least 0
 * @param heldOut share of a chunk that is measured on, from 0 to below 1
 */
public record OnlineConfig(
        @Setting("whether ratings are a stream of chunks, each of which is read once, learned and forgotten")
        boolean stream,

        @Setting("ratings in a chunk of a stream, at least 1")
        int chunk,

        @Setting("passes over a chunk at most, at least 1") int passes,

        @Setting("share of the training loss by which it must fall in a pass for the chunk to be passed over again,"
                + " at least 0")
        double tolerance,

        @Setting(
                "share of a chunk that is not learned but measured on, in [0, 1); numbers of anchors are decided by it")
        double heldOut) {

    /** No stream; in one, chunks of 10,000 ratings and a tenth of each to measure on. */
    public static final OnlineConfig DEFAULT = new OnlineConfig(false, 10_000, 10, 0.01, 0.1);

    public OnlineConfig {
        Require.that(chunk >= 1, "chunk", "at least 1", chunk);
        Require.that(passes >= 1, "passes", "at least 1", passes);
        Require.that(tolerance >= 0 && Double.isFinite(tolerance), "tolerance", "at least 0", tolerance);
        Require.that(heldOut >= 0 && heldOut < 1, "heldOut", "at least 0 and below 1", heldOut);
    }
}
