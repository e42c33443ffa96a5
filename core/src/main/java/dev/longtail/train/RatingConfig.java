package dev.longtail.train;

import dev.longtail.anchor.AnchorStartConfig;
import dev.longtail.config.Require;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.relation.RelationConfig;
import dev.longtail.table.TableConfig;
import java.util.List;

/**
 * Every setting of a rating model's training; stored in the model folder.
 *
 * @param data files to ratings
 * @param model shape
 * @param train how parameters are learned
 * @param online how they are learned from a stream
 */
public record RatingConfig(
        RatingDataConfig data, RatingModelConfig model, RatingTrainConfig train, OnlineConfig online) {

    /**
     * Vectors of length 16 in dense tables. Rates and pulls were chosen on parts held out of the training files of
     * MovieLens 100K. First values are small: directions that explain much then grow first, and an early end leaves out
     * those that explain little (with SGD a validation MSE of 0.836, against 0.853 with values fifty times as large).
     */
    public static final RatingConfig DEFAULT = new RatingConfig(
            RatingDataConfig.DEFAULT,
            new RatingModelConfig(
                    new TableConfig(TableConfig.Kind.DENSE, 16, 1 << 16, 0.01f),
                    new TableConfig(TableConfig.Kind.DENSE, 16, 1 << 16, 0.01f),
                    true,
                    true),
            new RatingTrainConfig(
                    RatingTrainConfig.Solver.STEPS,
                    50,
                    1024,
                    1,
                    5,
                    OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.003f),
                    0.1f,
                    0.1f,
                    0.01f,
                    RatingTrainConfig.Normalisation.SUM,
                    new ScheduleConfig(ScheduleConfig.Curve.CONSTANT, 0, 0),
                    RatingBudgetConfig.DEFAULT),
            OnlineConfig.DEFAULT);

    public RatingConfig {
        boolean users = model.users().kind() == TableConfig.Kind.ANCHORS;
        boolean items = model.items().kind() == TableConfig.Kind.ANCHORS;
        String kinds = model.users().kind() + " and " + model.items().kind();
        Require.that(
                users || items || !train.nonparametric().learned(),
                "kind of the users' or the items' table, whose number of anchors is to be learned,",
                "anchors",
                kinds);
        Require.that(
                users && items || !online.stream(),
                "kind of the tables of a model that learns from a stream",
                "anchors, which gain rows",
                kinds);
        requireSweeps(model, train, online);
        requirePlain("users", model.users(), train, online);
        requirePlain("items", model.items(), train, online);
    }

    /** Sweeps know dense tables and anchors, and all ratings. */
    private static void requireSweeps(RatingModelConfig model, RatingTrainConfig train, OnlineConfig online) {
        if (train.solver() == RatingTrainConfig.Solver.STEPS) {
            return;
        }
        Require.that(!online.stream(), "solver of a model that learns from a stream", "steps", train.solver());
        for (TableConfig table : List.of(model.users(), model.items())) {
            boolean known = table.kind() == TableConfig.Kind.ANCHORS
                    || (table.kind() == TableConfig.Kind.DENSE
                            && !table.rowPenalty().leavesZeros());
            Require.that(
                    known,
                    "kind of the users' and the items' table, with solver variational,",
                    "dense, without a row penalty, or anchors",
                    table.kind());
        }
    }

    /** Chosen anchors and relations are of objects that are all known before, and of anchors that stay in place. */
    private static void requirePlain(String name, TableConfig table, RatingTrainConfig train, OnlineConfig online) {
        if (table.kind() != TableConfig.Kind.ANCHORS) {
            return;
        }
        AnchorStartConfig start = table.anchors().start();
        RelationConfig relations = table.anchors().relations();
        boolean changing = online.stream() || train.nonparametric().learned();
        Require.that(
                !table.anchors().needsSetup() || !changing,
                name + ".anchors.start and " + name + ".anchors.relations",
                "left as they are where numbers of anchors are learned, or from a stream, whose objects are not known"
                        + " before",
                start.isPlain() ? relations : start.strategy());
        boolean words = relations.wordnet()
                || relations.cooccurrence()
                || start.space() == AnchorStartConfig.Space.COOCCURRENCE;
        Require.that(
                !words,
                name + ".anchors.start.space and " + name + ".anchors.relations",
                "other than cooccurrence and wordnet, which are of words in texts",
                "one of these");
    }

    /** A model of this shape for prepared data, to be given to {@link RatingTrainer}. */
    public RatingModel newModel(RatingData data) {
        return new RatingModel(model, data.users(), data.items());
    }
}
