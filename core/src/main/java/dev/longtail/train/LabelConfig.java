package dev.longtail.train;

import dev.longtail.association.AssociationConfig;
import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Require;
import dev.longtail.config.Settings;
import dev.longtail.data.DataConfig;
import dev.longtail.data.TrainingData;
import dev.longtail.direct.DirectConfig;
import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.matrix.Weights;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerConfig.Kind;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.text.TextConfig;
import dev.longtail.topology.RewireConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every setting of a label model's training; stored in the model folder.
 *
 * @param text characters to features
 * @param data files to examples
 * @param model shape
 * @param rewire how connections move
 * @param train how parameters are learned
 */
public record LabelConfig(TextConfig text, DataConfig data, ModelConfig model, RewireConfig rewire, TrainConfig train) {

    /** Beside those of texts, the settings that decide what features an example has. */
    private static final Set<String> MAKE_FEATURES = Set.of("data.l2NormaliseFeatures", "data.featureIdf");

    /** What was done once before a table was trained, and is not done again where it is taken over. */
    private static final List<String> BEFORE_TRAINING =
            List.of("table.anchors.start.", "table.anchors.relations.", "table.anchors.cooccurrence.");

    public LabelConfig {
        train.objective().check(model.loss());
        train.check(model.output());
        Require.that(
                model.embedding() || train.association().isOn(),
                "model.embedding",
                "true without an association arm; set association.slots",
                model.embedding());
    }

    /**
     * Settings to start from, by how much they spend. All have an association and a direct arm and are stored in 8
     * bits.
     */
    public enum Preset {
        /** Little time and a small model, some quality given up for it: no embedding arm. */
        SMALL(Map.of(
                "text.minFrequency", "3",
                "text.minNgramFrequency", "10",
                "text.ngramWeight", "0.7",
                "model.embedding", "false",
                "train.association.slots", "64",
                "train.association.labelExponent", "0.4",
                "train.association.featureExponent", "0.6",
                "train.direct.candidates", "32",
                "train.direct.smallest", "0.34")),
        /** The default. */
        BASE(Map.of(
                "text.minFrequency", "3",
                "text.minNgramFrequency", "3",
                "model.table.dimension", "240",
                "model.output.fanIn", "64",
                "train.maxEpochs", "4",
                "train.association.slots", "256",
                "train.negatives", "32",
                "train.direct.candidates", "64",
                "train.direct.smallest", "0.26")),
        /** More of everything for some more quality. */
        LARGE(Map.of(
                "text.minNgramFrequency", "2",
                "model.table.dimension", "512",
                "model.output.fanIn", "128",
                "train.maxEpochs", "5",
                "train.association.slots", "512",
                "train.negatives", "48",
                "train.direct.candidates", "128",
                "train.direct.smallest", "0.07",
                "train.direct.sweeps", "6"));

        /** What the presets have in common. Chosen on finna-yso-en, see bench/results/three-arms-ideas.md. */
        private static final Map<String, String> COMMON = Map.of(
                "text.wordNgrams", "2",
                "model.table.ngrams", "false",
                "model.storedBits", "8",
                "train.direct.positiveCost", "0.6",
                "train.direct.negativeCost", "0.15",
                "train.direct.sweeps", "4",
                "train.schedule.warmup", "0.2",
                "train.outputSchedule.warmup", "0.2");

        private final Map<String, String> own;

        Preset(Map<String, String> own) {
            this.own = own;
        }

        /** The settings of this preset. */
        public LabelConfig config() {
            Map<String, String> settings = new HashMap<>(COMMON);
            settings.putAll(own);
            return Settings.override(embedding(512, 32), settings);
        }
    }

    /** An embedding arm alone over single words, kept in 32 bits as it is trained: what the presets build on. */
    public static LabelConfig embedding(int dimension, int fanIn) {
        return new LabelConfig(
                TextConfig.DEFAULT,
                DataConfig.DEFAULT.withLabelNamesAsDocuments(true).withValidation(0.05, 0),
                new ModelConfig(
                        new TableConfig(TableConfig.Kind.DENSE, dimension, 1 << 16, 1),
                        new BodyConfig(0, 0),
                        new OutputConfig(
                                OutputConfig.Kind.FIXED_FAN_IN,
                                fanIn,
                                1,
                                OutputConfig.Order.NUMBERS,
                                100,
                                Weights.Format.FLOAT32,
                                64,
                                0.1f),
                        Loss.SQUARED_HINGE),
                RewireConfig.DEFAULT,
                new TrainConfig(
                        4,
                        64,
                        1,
                        false,
                        2,
                        OptimizerConfig.of(Kind.ROW_ADAGRAD, 0.1f),
                        OptimizerConfig.of(Kind.ROW_ADAGRAD, 0.02f),
                        OptimizerConfig.of(Kind.ROW_ADAGRAD, 0.02f),
                        new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0, 0.05f),
                        new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0, 0.05f),
                        ObjectiveConfig.DEFAULT,
                        AuxiliaryConfig.OFF,
                        TrainConfig.Frozen.NONE,
                        0,
                        0,
                        true,
                        0,
                        AssociationConfig.OFF,
                        DirectConfig.OFF,
                        CalibrationConfig.DEFAULT));
    }

    /** The part that decides how texts and files become examples. */
    public TrainingData.Settings dataSettings() {
        return new TrainingData.Settings(text, data);
    }

    /**
     * What a model that takes over the encoder of another has in common with it, by path: what makes features, and the
     * shapes of table and body. For {@link Settings#override}.
     *
     * @param other settings of the other model
     * @param encoder the other model
     */
    public static Map<String, String> encoderSettings(LabelConfig other, LabelModel encoder) {
        Map<String, String> values = new HashMap<>();
        for (Settings.Leaf leaf : Settings.leaves(other)) {
            if (leaf.path().startsWith("text.") || MAKE_FEATURES.contains(leaf.path())) {
                values.put(leaf.path(), leaf.defaultText());
            }
        }
        // the model's own shape, in which fan-ins that follow from a density are computed
        for (Settings.Leaf leaf : Settings.leaves(encoder.config())) {
            boolean ofShape = leaf.path().startsWith("table.") || leaf.path().startsWith("body.");
            if (ofShape && BEFORE_TRAINING.stream().noneMatch(leaf.path()::startsWith)) {
                values.put("model." + leaf.path(), leaf.defaultText());
            }
        }
        return values;
    }

    /**
     * A model of this shape for prepared data, to be given to {@link LabelTrainer}.
     *
     * @throws IllegalArgumentException when shape and data do not go together
     */
    public LabelModel newModel(TrainingData data) {
        return new LabelModel(model, data.features(), data.labels(), data.labelledExamples());
    }
}
