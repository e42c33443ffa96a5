package dev.longtail.plan;

import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.plan.Concession.Lower;
import dev.longtail.table.TableConfig;
import dev.longtail.train.LabelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the training of a model that tags can give up. Losses are in points of validation P@1 of finna-yso-en, about:
 * from bench/results/small-models.md and three-arms-ideas.md.
 */
final class LabelConcessions {

    private static final Predicate<LabelConfig> EMBEDDING =
            config -> config.model().embedding();

    private static final Predicate<LabelConfig> FIXED_FAN_IN =
            EMBEDDING.and(config -> config.model().output().kind() == OutputConfig.Kind.FIXED_FAN_IN
                    && !config.model().sparsity().isGiven());

    private static final Predicate<LabelConfig> DIRECT =
            config -> config.train().direct().isOn();

    private static final Predicate<LabelConfig> ASSOCIATION =
            config -> config.train().association().isOn();

    private LabelConcessions() {}

    /** All of them. */
    static List<Concession<LabelConfig>> all() {
        return List.of(
                of(0.03, new Lower("model.storedBits", 0.25, 1, 8), config -> true),
                of(0.1, new Lower("train.association.slots", 0.75, 16, 32), ASSOCIATION),
                candidates(),
                of(
                        0.3,
                        new Lower("train.direct.smallest", 1.25, 0.01, 1),
                        DIRECT.and(config -> config.train().direct().smallest() > 0)),
                of(
                        0.15,
                        new Lower("text.minNgramFrequency", 1.5, 1, 100),
                        config ->
                                config.text().wordNgrams() > 1 && config.text().minNgramFrequency() > 0),
                of(0.6, new Lower("text.minFrequency", 1.5, 1, 100), config -> true),
                dimension(),
                of(0.2, new Lower("model.output.fanIn", 0.75, 8, 16), FIXED_FAN_IN),
                of(
                        0.3,
                        new Lower("model.table.buckets", 0.75, 1, 1024),
                        EMBEDDING.and(config -> config.model().table().kind() == TableConfig.Kind.HASHED)),
                of(
                        0.3,
                        new Lower("model.table.anchors.count", 0.75, 8, 16),
                        EMBEDDING.and(config -> config.model().table().kind() == TableConfig.Kind.ANCHORS)),
                of(
                        0.3,
                        new Lower("model.output.anchorLayer.count", 0.75, 8, 16),
                        EMBEDDING.and(config -> config.model().output().kind() == OutputConfig.Kind.ANCHORS)),
                of(
                        0.3,
                        new Lower("model.body.intermediate", 0.75, 16, 32),
                        EMBEDDING.and(config -> config.model().body().intermediate() > 0)),
                of(0.05, new Lower("train.batch", 0.5, 1, 16), EMBEDDING),
                of(0.35, new Lower("train.maxEpochs", 0.75, 1, 1), EMBEDDING),
                of(0.1, new Lower("data.maxVocabularyEntries", 0.75, 1000, 100_000), config -> true),
                optimizer("train.tableOptimizer", config -> config.train().tableOptimizer()),
                optimizer("train.bodyOptimizer", config -> config.train().bodyOptimizer()),
                optimizer("train.outputOptimizer", config -> config.train().outputOptimizer()),
                new Concession<>(
                        "model.embedding",
                        3,
                        config -> Optional.of(Map.of("model.embedding", "false")),
                        EMBEDDING.and(ASSOCIATION)));
    }

    private static Concession<LabelConfig> of(double loss, Lower lower, Predicate<LabelConfig> applies) {
        return Concession.of(loss, lower, applies);
    }

    private static Concession<LabelConfig> candidates() {
        Lower lower = new Lower("train.direct.candidates", 0.75, 8, 16);
        return new Concession<>(
                lower.path(),
                0.12,
                config -> lower.of(config).map(value -> {
                    Map<String, String> changes = new HashMap<>(Map.of(lower.path(), value));
                    if (config.train().negatives() > Integer.parseInt(value)) {
                        changes.put("train.negatives", value);
                    }
                    return changes;
                }),
                DIRECT);
    }

    private static Concession<LabelConfig> dimension() {
        Lower lower = new Lower("model.table.dimension", 0.8, 16, 32);
        return new Concession<>(
                lower.path(),
                0.2,
                config -> lower.of(config).map(value -> {
                    Map<String, String> changes = new HashMap<>(Map.of(lower.path(), value));
                    boolean hidden = config.model().body().intermediate() == 0;
                    if (hidden && config.model().output().fanIn() > Integer.parseInt(value)) {
                        changes.put("model.output.fanIn", value);
                    }
                    return changes;
                }),
                EMBEDDING);
    }

    /** A rule with a smaller state that takes learning rates of the same size. */
    private static Concession<LabelConfig> optimizer(String group, Function<LabelConfig, OptimizerConfig> of) {
        return new Concession<>(
                group + ".kind",
                0.2,
                config -> switch (of.apply(config).kind()) {
                    case ADAMW, YOGI -> Optional.of(Map.of(group + ".kind", "factored-adamw"));
                    case ADAGRAD -> Optional.of(Map.of(group + ".kind", "row-adagrad"));
                    case SGD, MOMENTUM, ROW_ADAGRAD, ADALOMO, FACTORED_ADAMW -> Optional.empty();
                },
                EMBEDDING);
    }
}
