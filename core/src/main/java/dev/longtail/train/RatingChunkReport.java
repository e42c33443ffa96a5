package dev.longtail.train;

import dev.longtail.metrics.RatingMetrics;
import java.util.Optional;

/**
 * What a chunk of a stream brought.
 *
 * @param ratings that were learned
 * @param passes over them
 * @param before the part held out, measured before the chunk was learned; empty where there is none, and for the first
 *     chunk
 * @param epoch the same as of an epoch of ordinary training: its number is that of the chunk, its loss that of the last
 *     pass, its measures are on the part held out after the chunk was learned
 */
public record RatingChunkReport(long ratings, int passes, Optional<RatingMetrics> before, RatingEpochReport epoch) {}
