package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * Where new connections come from. Policies that watch gradients, and the source {@link Source#POSITIVES}, keep for
 * every index row a few candidates: inputs that the row does not hold.
 *
 * @param source of the candidates
 * @param candidates of an index row, at least 1; memory 2 bytes each, 6 where gradients are watched
 * @param observe steps before a rewire in which candidates are watched, at least 1
 * @param smoothing share of the old value in the smoothed gradients of policy momentum, in [0, 1)
 * @param exploration constant of policy dst-ee, at least 0
 * @param start weight of a new connection
 */
public record GrowthConfig(
        @Setting("inputs that new connections are chosen from: uniform (any), or positives (such as are active in"
                + " examples that carry the label, then any)")
        Source source,

        @Setting("candidate inputs watched for each label, at least 1; more find better ones and cost time and memory")
        int candidates,

        @Setting("steps before a rewire in which candidates are watched, at least 1; all of them when the interval is"
                + " shorter")
        int observe,

        @Setting("share of the old value in the smoothed gradients of policy momentum, in [0, 1)")
        float smoothing,

        @Setting("weight of the bonus for inputs a label rarely held in policy dst-ee, at least 0")
        float exploration,

        @Setting("weight of a new connection: zero, or random in +-1/sqrt(fan-in)")
        Start start) {

    /** Inputs drawn uniformly, weights of zero. */
    public static final GrowthConfig DEFAULT = new GrowthConfig(Source.UNIFORM, 32, 100, 0.9f, 1e-3f, Start.ZERO);

    /** Sources of candidates. */
    public enum Source {
        /** All inputs that the row does not hold, equally likely. */
        UNIFORM,
        /**
         * Inputs of large magnitude in examples that carry the label. Layers of hidden units have no such examples:
         * there it is the same as {@link #UNIFORM}.
         */
        POSITIVES
    }

    /** First weights. */
    public enum Start {
        ZERO,
        /** Uniform in +-1/sqrt(fan-in). */
        RANDOM
    }

    public GrowthConfig {
        Require.that(candidates >= 1, "candidates", "at least 1", candidates);
        Require.that(observe >= 1, "observe", "at least 1", observe);
        Require.that(smoothing >= 0 && smoothing < 1, "smoothing", "in [0, 1)", smoothing);
        Require.that(exploration >= 0 && Float.isFinite(exploration), "exploration", "at least 0", exploration);
    }

    /** The same with another source. */
    public GrowthConfig withSource(Source changed) {
        return new GrowthConfig(changed, candidates, observe, smoothing, exploration, start);
    }

    /** The same with another number of candidates, watched for another number of steps. */
    public GrowthConfig withCandidates(int newCandidates, int newObserve) {
        return new GrowthConfig(source, newCandidates, newObserve, smoothing, exploration, start);
    }

    /** The same with another exploration constant. */
    public GrowthConfig withExploration(float changed) {
        return new GrowthConfig(source, candidates, observe, smoothing, changed, start);
    }

    /** The same with another first weight. */
    public GrowthConfig withStart(Start changed) {
        return new GrowthConfig(source, candidates, observe, smoothing, exploration, changed);
    }
}
