package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.Optional;

/**
 * How and when connections move: a policy, composed of the way they start, the rule that prunes them, the rule by which
 * new ones grow, and a schedule. What the policies cost is in ARCHITECTURE.md.
 *
 * @param policy which rules are put together
 * @param prune which slots fall
 * @param growth where new connections come from
 * @param pattern for {@link Policy#PATTERN}
 * @param interval steps between two rewires, at least 1
 * @param end share of all steps after which the topology is kept, in [0, 1]
 * @param resetState whether a new connection forgets the optimiser state of the old one
 */
public record RewireConfig(
        @Setting("how connections move: static (not at all), set (new ones at random), rigl (those of the largest"
                + " gradients of a sample), dst-ee (gradients and a bonus for inputs rarely held), momentum (smoothed"
                + " gradients, which also say how many slots of each label move) or pattern (n of every m inputs,"
                + " trained with dense weights)")
        Policy policy,

        PruneConfig prune,
        GrowthConfig growth,
        PatternConfig pattern,

        @Setting("steps between two rewires, at least 1") int interval,

        @Setting("share of all steps after which connections no longer move, in [0, 1]")
        float end,

        @Setting("whether a new connection starts with fresh optimiser state")
        boolean resetState) {

    /** A fifth of each label's slots moves every 500 steps to inputs drawn at random. */
    public static final RewireConfig DEFAULT = new RewireConfig(
            Policy.SET, PruneConfig.DEFAULT, GrowthConfig.DEFAULT, PatternConfig.DEFAULT, 500, 0.66f, true);

    /** Policies. */
    public enum Policy {
        /** Connections stay where they were drawn: the static baseline. */
        STATIC,
        /** Sparse evolutionary training (Mocanu et al. 2018; SPARTEX, NeurIPS 2024): growth at random. */
        SET,
        /** Growth by gradient (RigL, Evci et al. 2020; SRigL, Lasby et al. 2024), sampled at a few candidates. */
        RIGL,
        /** Gradient plus a bonus for what was rarely held (DST-EE, Huang et al. 2023). */
        DST_EE,
        /** Smoothed gradients, and slots move where these are large (Dettmers and Zettlemoyer 2019). */
        MOMENTUM,
        /** N of every M inputs, by SR-STE (Zhou et al. 2021) with decaying masks (Kao et al. 2022); trains densely. */
        PATTERN
    }

    public RewireConfig {
        Require.that(
                policy != Policy.MOMENTUM
                        || prune.rule() == PruneConfig.Rule.FRACTION && prune.scope() == PruneConfig.Scope.ROW,
                "prune",
                "rule fraction and scope row for policy momentum, which shares the moves among labels itself",
                prune.rule() + " and " + prune.scope());
        Require.that(interval >= 1, "interval", "at least 1", interval);
        Require.that(end >= 0 && end <= 1, "end", "in [0, 1]", end);
    }

    /** The same settings with another policy. */
    public RewireConfig withPolicy(Policy changed) {
        return new RewireConfig(changed, prune, growth, pattern, interval, end, resetState);
    }

    /** The same settings with another rule of pruning. */
    public RewireConfig withPrune(PruneConfig changed) {
        return new RewireConfig(policy, changed, growth, pattern, interval, end, resetState);
    }

    /** The same settings with another rule of growth. */
    public RewireConfig withGrowth(GrowthConfig changed) {
        return new RewireConfig(policy, prune, changed, pattern, interval, end, resetState);
    }

    /** The same settings with another pattern. */
    public RewireConfig withPattern(PatternConfig changed) {
        return new RewireConfig(policy, prune, growth, changed, interval, end, resetState);
    }

    /** The same settings with another interval and end. */
    public RewireConfig withSchedule(int newInterval, float newEnd) {
        return new RewireConfig(policy, prune, growth, pattern, newInterval, newEnd, resetState);
    }

    /** The same settings with optimiser state reset or kept. */
    public RewireConfig withResetState(boolean reset) {
        return new RewireConfig(policy, prune, growth, pattern, interval, end, reset);
    }

    /** Where the policy's connections start. */
    public ConnectionStart start() {
        return policy == Policy.PATTERN ? new PatternStart(pattern.block()) : ConnectionStart.RANDOM;
    }

    /**
     * The course of a layer's connections through a run; absent when they stay where they are.
     *
     * @throws IllegalArgumentException for {@link Policy#PATTERN}, which trains dense weights instead of moving slots
     */
    public Optional<LayerTopology> topology(SparseLayer layer) {
        RewireSchedule schedule = new RewireSchedule(this, layer.steps());
        return switch (policy) {
            case STATIC -> Optional.empty();
            case SET, RIGL, DST_EE -> {
                boolean blind = policy == Policy.SET && growth.source() == GrowthConfig.Source.UNIFORM;
                Growth growing = blind ? Growth.UNIFORM : new CandidateGrowth(schedule, layer);
                TopologyPolicy parts = new TopologyPolicy(schedule, pruning(schedule, layer), growing);
                yield Optional.of(new MovingTopology(layer, parts));
            }
            case MOMENTUM -> {
                CandidateGrowth growing = new CandidateGrowth(schedule, layer);
                Pruning shared = new SharedMoves(schedule, layer, growing);
                yield Optional.of(new MovingTopology(layer, new TopologyPolicy(schedule, shared, growing)));
            }
            case PATTERN ->
                throw new IllegalArgumentException("policy pattern keeps dense weights and works on the output layer"
                        + " only; choose static, set, rigl, dst-ee or momentum for other layers");
        };
    }

    private Pruning pruning(RewireSchedule schedule, SparseLayer layer) {
        if (prune.rule() == PruneConfig.Rule.THRESHOLD) {
            return Pruning.below(schedule);
        }
        return prune.scope() == PruneConfig.Scope.ROW
                ? Pruning.smallestOfRows(schedule)
                : new LayerPruning(schedule, layer);
    }
}
