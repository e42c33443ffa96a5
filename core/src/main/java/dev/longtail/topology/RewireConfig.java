package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.Optional;

/**
 * When and how connections move (SET: Mocanu et al. 2018; SPARTEX section 3): the weakest are pruned by magnitude, new
 * ones are drawn at random in the same row and start at weight zero.
 *
 * @param mode which slots are pruned
 * @param fraction for {@link Mode#FRACTION}, in [0, 1]
 * @param threshold for {@link Mode#THRESHOLD} at the start, above 0
 * @param interval steps between two rewires, at least 1
 * @param end share of all steps after which the topology is kept, in [0, 1]
 * @param resetState whether a new connection forgets the optimiser state of the old one
 */
public record RewireConfig(
        @Setting("which connections move: none, fraction (the smallest of each label) or threshold (all below it)")
        Mode mode,

        @Setting("share of a label's slots that move at a rewire in mode fraction, in [0, 1]")
        float fraction,

        @Setting("magnitude below which slots move in mode threshold; falls by cosine to 1e-4, above 0")
        float threshold,

        @Setting("steps between two rewires, at least 1") int interval,

        @Setting("share of all steps after which connections no longer move, in [0, 1]")
        float end,

        @Setting("whether a new connection starts with fresh optimiser state")
        boolean resetState) {

    private static final double LOWEST_THRESHOLD = 1e-4;

    /** Rules of pruning. */
    public enum Mode {
        /** Connections stay where they were drawn: the static baseline. */
        NONE,
        /** The floor(fraction * fan-in) smallest weights of each label. */
        FRACTION,
        /** Every weight below the threshold of the step. */
        THRESHOLD
    }

    public RewireConfig {
        Require.that(fraction >= 0 && fraction <= 1, "fraction", "in [0, 1]", fraction);
        Require.that(threshold > 0 && Float.isFinite(threshold), "threshold", "above 0", threshold);
        Require.that(interval >= 1, "interval", "at least 1", interval);
        Require.that(end >= 0 && end <= 1, "end", "in [0, 1]", end);
    }

    /** Whether connections move after {@code step} of {@code steps}, the first being 1. */
    public boolean due(long step, long steps) {
        return mode != Mode.NONE && step % interval == 0 && step <= end * (double) steps;
    }

    /** thr(t) = 1e-4 + (thr0 - 1e-4) (1 + cos(pi t)) / 2, t from 0 to 1 over the steps in which connections move. */
    public float thresholdAt(long step, long steps) {
        double t = Math.min(1, step / Math.max(1, end * (double) steps));
        return (float) (LOWEST_THRESHOLD + (threshold - LOWEST_THRESHOLD) * (1 + Math.cos(Math.PI * t)) / 2);
    }

    /** The course of a layer's connections through a run; absent when they stay where they are. */
    public Optional<LayerTopology> topology(SparseLayer layer) {
        return mode == Mode.NONE ? Optional.empty() : Optional.of(new SetTopology(this, layer));
    }
}
