package dev.longtail.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * All lines of {@link Ratings}, with the settings that tenths held out of u1.base and u2.base chose, see
 * bench/results/ratings-ideas.md.
 */
final class RatingsVariants {

    /** A fifth of the 41,514 numbers that full tables have in a fold on average. */
    static final long FIFTH = 8_303;

    private static final long TENTH = FIFTH / 2;

    private static final String SGD =
            "optimizer.kind=sgd optimizer.learningRate=0.02 l2=0.085 maxEpochs=100 patience=8";

    /** Whose tables are to be compressed. */
    static final RatingsVariant FULL = new RatingsVariant("MF", "SGD, d 16", SGD);

    private static final String ANCHORS = "both.kind=anchors optimizer.kind=yogi optimizer.learningRate=0.02"
            + " both.dimension=4 batch=256 both.initialScale=1.5 both.anchors.anchorRate=0.3 maxEpochs=50"
            + " both.anchors.penalty.metric=coordinate ";

    private static final String RAMP =
            " patience=12 both.anchors.penalty.freeEpochs=3 both.anchors.penalty.rampEpochs=10";

    private static final String FALLING =
            "patience=6 both.anchors.penalty.freeEpochs=3 both.anchors.penalty.rampEpochs=6"
                    + " schedule.curve=steps schedule.floor=0.01 ";

    private static final String LONGER =
            ANCHORS.replace("both.dimension=4", "both.dimension=6").replace("initialScale=1.5", "initialScale=1.2")
                    + "both.anchors.count=5 l2=0.07 both.anchors.penalty.l1=0.003 schedule.every=2810 " + FALLING;

    /** Exact sweeps, which learn noise and pulls, so that there is little to choose. */
    private static final String SWEEPS = "solver=variational maxEpochs=50 patience=8 ";

    /** Mixes of anchors by sweeps. */
    static final RatingsVariant BEST = new RatingsVariant(
            "ANT",
            "variational, d 10, l1 0.35, at most a fifth",
            SWEEPS + "both.kind=anchors both.dimension=10 both.initialScale=1 both.anchors.count=12"
                    + " both.anchors.links=0 both.anchors.penalty.l1=0.35 both.anchors.penalty.rampEpochs=10",
            FIFTH);

    private RatingsVariants() {}

    static List<RatingsVariant> all() {
        List<RatingsVariant> all = new ArrayList<>();
        all.add(new RatingsVariant(
                "biases", "no vectors", "both.dimension=1 both.initialScale=0 maxEpochs=60 patience=6"));
        all.add(FULL);
        anchors(all);
        cheaper(all);
        sparse(all);
        mixed(all);
        full(all);
        return List.copyOf(all);
    }

    /** Other full tables. */
    private static void full(List<RatingsVariant> all) {
        all.add(new RatingsVariant(
                "MF", "variational, d 16", SWEEPS + "both.kind=dense both.dimension=16 both.initialScale=0.3"));
        all.add(new RatingsVariant("MF", "Yogi, d 16", "maxEpochs=60 patience=6"));
        all.add(new RatingsVariant("MF", "SGD, d 64", SGD + " both.dimension=64"));
        all.add(new RatingsVariant("MF", "SGD, d 16, no biases", SGD + " biases=false"));
    }

    private static void anchors(List<RatingsVariant> all) {
        all.add(BEST);
        // Steps that shrink, so that an epoch that is best is not so by chance, and a refit of what the penalty leaves.
        all.add(new RatingsVariant(
                "ANT",
                "d 6, l1 0.003, falling rates, refit, at most a fifth",
                LONGER + " both.anchors.penalty.refitAfter=14",
                FIFTH));
        all.add(new RatingsVariant("ANT", "d 6, l1 0.003, falling rates, at most a fifth", LONGER, FIFTH));
        all.add(new RatingsVariant(
                "ANT",
                "d 4, l1 0.0035, falling rates, at most a fifth",
                ANCHORS + "both.anchors.count=5 l2=0.06 both.anchors.penalty.l1=0.0035 schedule.every=2810 " + FALLING,
                FIFTH));
        all.add(new RatingsVariant(
                "ANT",
                "d 4, l1 0.006, falling rates, at most a fifth",
                ANCHORS + "both.anchors.count=6 l2=0.07 both.anchors.penalty.l1=0.006 schedule.every=1405 " + FALLING,
                FIFTH));
        all.add(new RatingsVariant(
                "ANT",
                "d 4, l1 0.003, at most a fifth",
                ANCHORS + "both.anchors.count=5 l2=0.06 both.anchors.penalty.l1=0.003" + RAMP,
                FIFTH));
        all.add(new RatingsVariant(
                "ANT", "d 4, l1 0.001", ANCHORS + "both.anchors.count=5 l2=0.08 both.anchors.penalty.l1=0.001" + RAMP));
        all.add(new RatingsVariant(
                "ANT",
                "d 16, l1 0.0012, at most a fifth",
                "both.kind=anchors both.anchors.count=3 optimizer.kind=adagrad optimizer.learningRate=0.21"
                        + " optimizer.epsilon=1e-8 l2=0.0432 batch=128 both.initialScale=1.29"
                        + " both.anchors.penalty.metric=coordinate both.anchors.penalty.l1=0.00118"
                        + " both.anchors.penalty.rampEpochs=10 schedule.curve=steps schedule.every=5620"
                        + " schedule.floor=0.02 maxEpochs=70 patience=12",
                FIFTH));
        all.add(new RatingsVariant(
                "ANT",
                "d 4, l1 0.015, at most a tenth",
                ANCHORS + "both.anchors.count=5 l2=0.06 both.anchors.penalty.l1=0.015" + RAMP,
                TENTH));
        all.add(new RatingsVariant(
                "nbANT",
                "d 4, l1 0.003, from 10, lambda1 0.001",
                ANCHORS + "both.anchors.count=10 l2=0.06 both.anchors.penalty.l1=0.003 nonparametric.learned=true"
                        + " budget.start=10 lambda1=0.001 objective.lambda2=1e-6 patience=20"));
    }

    /** Fewer numbers with none of them 0. */
    private static void cheaper(List<RatingsVariant> all) {
        all.add(new RatingsVariant(
                "MF",
                "SGD, d 3, at most a fifth",
                "optimizer.kind=sgd optimizer.learningRate=0.0344 l2=0.0811 both.initialScale=0.00742 both.dimension=3"
                        + " schedule.curve=steps schedule.every=1400 schedule.floor=0.02 maxEpochs=70 patience=10"));
        all.add(new RatingsVariant(
                "low rank",
                "signed and dense T, d 16, at most a fifth",
                "both.kind=anchors both.anchors.count=3 optimizer.learningRate=0.0511 l2=0.0926 batch=128"
                        + " both.initialScale=2.46 both.anchors.anchorRate=0.1 both.anchors.penalty.l1=0"
                        + " both.anchors.penalty.domain=signed maxEpochs=70 patience=12"));
        all.add(new RatingsVariant(
                "hashed",
                "d 16, at most a fifth",
                "both.kind=hashed users.buckets=186 items.buckets=332 optimizer.learningRate=0.00387 l2=0.0749"
                        + " batch=128 both.initialScale=0.00571 maxEpochs=70 patience=10"));
    }

    /** Full tables that a penalty makes sparse. */
    private static void sparse(List<RatingsVariant> all) {
        all.add(new RatingsVariant(
                "Sparse CBOW",
                "dual averaging, l1 0.0019, at most a fifth",
                "optimizer.kind=sgd optimizer.learningRate=0.78 l2=0.0063 batch=128 both.initialScale=0.0756"
                        + " both.rowPenalty.rule=dual-averaging both.rowPenalty.l1=0.00189 maxEpochs=70 patience=15",
                FIFTH));
        all.add(new RatingsVariant(
                "l1 on rows",
                "proximal steps, l1 0.0096, at most a fifth",
                "optimizer.kind=adagrad optimizer.learningRate=0.148 optimizer.epsilon=1e-8 l2=0.0523"
                        + " both.initialScale=0.623 both.rowPenalty.rule=truncated both.rowPenalty.l1=0.00955"
                        + " maxEpochs=70 patience=15",
                FIFTH));
        all.add(new RatingsVariant(
                "Slimming",
                "l1 0.001, d 16, at most a fifth",
                "both.rowPenalty.rule=subgradient both.rowPenalty.l1=0.001 both.rowPenalty.kept=0.198"
                        + " maxEpochs=70 patience=12",
                FIFTH));
    }

    /** The grid of the paper, and a fifth. */
    private static void mixed(List<RatingsVariant> all) {
        all.add(new RatingsVariant(
                "MixDim",
                "d 5, alpha 0.35, k 16, at most a fifth",
                "both.kind=mixed both.dimension=5 both.mixed.temperature=0.35 both.mixed.rounding=nearest"
                        + " optimizer.learningRate=0.0132 l2=0.0871 both.initialScale=0.134 maxEpochs=70 patience=10",
                FIFTH));
        for (int dimension : List.of(16, 32)) {
            for (String alpha : List.of("0.4", "0.6")) {
                for (int blocks : List.of(8, 16)) {
                    all.add(new RatingsVariant(
                            "MixDim",
                            "d " + dimension + ", alpha " + alpha + ", k " + blocks,
                            "both.kind=mixed both.dimension=" + dimension + " both.mixed.temperature=" + alpha
                                    + " both.mixed.blocks=" + blocks + " both.mixed.projectionRate=0.1"
                                    + " optimizer.learningRate=0.00436 l2=0.0894 both.initialScale=0.0409"
                                    + " schedule.curve=steps schedule.every=1400 schedule.floor=0.02 maxEpochs=70"
                                    + " patience=10"));
                }
            }
        }
    }
}
