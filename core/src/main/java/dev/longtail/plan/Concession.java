package dev.longtail.plan;

import dev.longtail.config.Settings;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.LabelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A setting that can be made to spend less, step by step.
 *
 * @param path full name of the setting
 * @param loss what its first step costs, in points of validation P@1 of finna-yso-en, about: from
 *     bench/results/small-models.md and three-arms-ideas.md
 * @param next the next smaller value, none at its end
 * @param applies whether the setting has an effect
 */
record Concession(
        String path,
        double loss,
        Function<LabelConfig, Optional<Map<String, String>>> next,
        Predicate<LabelConfig> applies) {

    private static final Predicate<LabelConfig> EMBEDDING =
            config -> config.model().embedding();

    private static final Predicate<LabelConfig> FIXED_FAN_IN =
            EMBEDDING.and(config -> config.model().output().kind() == OutputConfig.Kind.FIXED_FAN_IN
                    && !config.model().sparsity().isGiven());

    private static final Predicate<LabelConfig> DIRECT =
            config -> config.train().direct().isOn();

    private static final Predicate<LabelConfig> ASSOCIATION =
            config -> config.train().association().isOn();

    /** A multiple of the value, rounded to a multiple of a step, as long as that is not below an end. */
    private record Lower(String path, double factor, double step, double end) {

        Optional<String> of(LabelConfig config) {
            double value = Double.parseDouble(Settings.leaf(config, path).defaultText());
            double next = Math.round(factor * value / step) * step;
            if (next == value) {
                next += factor < 1 ? -step : step;
            }
            boolean past = factor < 1 ? next < end || value <= end : next > end || value >= end;
            return past ? Optional.empty() : Optional.of(text(next));
        }

        private String text(double next) {
            return step >= 1 ? Long.toString(Math.round(next)) : Float.toString((float) next);
        }
    }

    private static Concession of(double loss, Lower lower, Predicate<LabelConfig> applies) {
        return new Concession(
                lower.path, loss, config -> lower.of(config).map(value -> Map.of(lower.path, value)), applies);
    }

    /** All of them. */
    static List<Concession> all() {
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
                new Concession(
                        "model.embedding",
                        3,
                        config -> Optional.of(Map.of("model.embedding", "false")),
                        EMBEDDING.and(ASSOCIATION)));
    }

    private static Concession candidates() {
        Lower lower = new Lower("train.direct.candidates", 0.75, 8, 16);
        return new Concession(
                lower.path,
                0.12,
                config -> lower.of(config).map(value -> {
                    Map<String, String> changes = new HashMap<>(Map.of(lower.path, value));
                    if (config.train().negatives() > Integer.parseInt(value)) {
                        changes.put("train.negatives", value);
                    }
                    return changes;
                }),
                DIRECT);
    }

    private static Concession dimension() {
        Lower lower = new Lower("model.table.dimension", 0.8, 16, 32);
        return new Concession(
                lower.path,
                0.2,
                config -> lower.of(config).map(value -> {
                    Map<String, String> changes = new HashMap<>(Map.of(lower.path, value));
                    boolean hidden = config.model().body().intermediate() == 0;
                    if (hidden && config.model().output().fanIn() > Integer.parseInt(value)) {
                        changes.put("model.output.fanIn", value);
                    }
                    return changes;
                }),
                EMBEDDING);
    }

    /** A rule with a smaller state that takes learning rates of the same size. */
    private static Concession optimizer(String group, Function<LabelConfig, OptimizerConfig> of) {
        return new Concession(
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
