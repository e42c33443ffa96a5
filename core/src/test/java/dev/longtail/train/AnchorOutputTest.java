package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.body.BodyConfig;
import dev.longtail.config.Settings;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.AnchorLayer;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.synthetic.SyntheticConfig;
import dev.longtail.synthetic.SyntheticExamples;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label models whose labels are mixes of anchors. */
class AnchorOutputTest {

    private static final int LABELS = 200;

    @TempDir
    Path folder;

    private static ModelConfig shape(OutputConfig.Kind kind, Loss loss, String... settings) {
        ModelConfig shape = new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, 32, 300, 1),
                new BodyConfig(0, 0),
                new OutputConfig(kind, 8, 1, OutputConfig.Order.NUMBERS, 100, Weights.Format.FLOAT32, 24, 0.1f),
                loss);
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(shape, values);
    }

    private static TrainConfig config(OptimizerConfig optimizer) {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.05f, 0.05f);
        return new TrainConfig(8, 64, 3, true, 8, optimizer, optimizer, optimizer, schedule);
    }

    private LabelModel train(ModelConfig shape, Optional<Examples> validation) throws IOException {
        LabelModel model = Planted.model(shape, LABELS);
        TrainConfig config = config(OptimizerConfig.of(OptimizerConfig.Kind.ROW_ADAGRAD, 0.1f));
        try (Workers workers = new Workers(2)) {
            List<EpochReport> reports = new LabelTrainer(
                            config, RewireConfig.DEFAULT, workers, TrainListener.SILENT, folder)
                    .train(model, Planted.examples(3000, LABELS, 1), validation);
            if (validation.isPresent()) {
                double best = EpochReport.bestOf(reports)
                        .validation()
                        .orElseThrow()
                        .at(1)
                        .precision();
                assertThat(precision(model, validation.get()))
                        .as("the best epoch's numbers are put back")
                        .isEqualTo(best);
            }
        }
        return model;
    }

    private static double precision(LabelModel model, Examples examples) {
        try (Workers workers = new Workers(2)) {
            return new Evaluation(model, 64, workers, 1)
                    .rank(examples, Propensity.DEFAULT)
                    .metrics()
                    .at(1)
                    .precision();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUARED_HINGE, anchorLayer.mostLinks=16",
        "SQUARED_HINGE, anchorLayer.mostLinks=0",
        "SQUARED_HINGE, anchorLayer.penalty.domain=signed",
        "LOGISTIC, anchorLayer.least=0.001",
        "LOGISTIC, anchorLayer.least=0"
    })
    void plantedLabelsAreFound(Loss loss, String setting) throws IOException {
        Examples unseen = Planted.examples(800, LABELS, 2);
        LabelModel model = train(shape(OutputConfig.Kind.ANCHORS, loss, setting), Optional.of(unseen));
        assertThat(precision(model, unseen)).isGreaterThan(0.95);
        boolean limited = !setting.endsWith("mostLinks=0");
        long links = ((AnchorLayer) model.output()).table().transform().nnz();
        assertThat(links).isBetween(LABELS + 1L, LABELS * (limited ? 16L : 256L));
    }

    /** 256 anchors of 48 numbers and 16 links of 500 labels are as many as 37 units of 48 numbers and 500 labels. */
    @Test
    void asManyNumbersFindAsMuchAsThoseOfABottleneck() throws IOException {
        double anchors = synthetic("model.output.kind=anchors", "anchorLayer.count=256", "anchorLayer.mostLinks=16");
        double bottleneck = synthetic("model.output.kind=bottleneck", "rank=37");
        assertThat(anchors).isGreaterThan(bottleneck - 0.01).isGreaterThan(0.55);
    }

    /** Candidates of another arm are the positives and negatives that a step samples. */
    @Test
    void labelsAreLearnedFromLikelyLabelsOnly() throws IOException {
        LabelConfig config = Settings.override(
                LabelConfig.embedding(32, 8),
                Map.of(
                        "model.output.kind", "anchors",
                        "maxEpochs", "4",
                        "association.slots", "30",
                        "train.negatives", "1",
                        "direct.candidates", "12",
                        "calibration.kind", "none"));
        LabelModel model = Planted.model(config.model(), LABELS);
        List<StepRecord> steps = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void step(StepRecord step) {
                steps.add(step);
            }
        };
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(config.train(), config.rewire(), workers, listener, folder)
                    .train(model, Planted.examples(3000, LABELS, 1), Optional.empty());
        }
        double scored = steps.stream().mapToDouble(StepRecord::scored).average().orElseThrow();
        assertThat(scored).isBetween(0.1, 0.6); // about 55 of 200 labels in a batch of 64, and one negative for each
        model.mixture(Mixture.EMBEDDING);
        assertThat(precision(model, Planted.examples(800, LABELS, 2))).isGreaterThan(0.8);
    }

    /** P@1 of a model trained on examples with planted structure and labels of very different frequencies. */
    private double synthetic(String... settings) throws IOException {
        SyntheticConfig data = SyntheticConfig.DEFAULT.withSize(500, 2500, 5000);
        SyntheticExamples train = data.train();
        Map<String, String> values = new HashMap<>(Map.of("dimension", "48", "maxEpochs", "3"));
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        LabelConfig config = Settings.override(LabelConfig.embedding(128, 32), values);
        LabelModel model = new LabelModel(
                config.model(),
                new NumericFeatureSpace(data.features(), false),
                LabelSet.numbered(train.labelFrequencies()),
                train.size());
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, train, Optional.empty());
        }
        return precision(model, data.part(SyntheticExamples.Part.TEST, 1000));
    }

    /** What is kept in 8 bits scores nearly the same, and the best epoch's numbers are of the form they had. */
    @Test
    void eightBitsFindTheSameLabels() throws IOException {
        Examples unseen = Planted.examples(800, LABELS, 2);
        LabelModel model = train(shape(OutputConfig.Kind.ANCHORS, Loss.SQUARED_HINGE), Optional.of(unseen));
        double before = precision(model, unseen);
        model.toBytes();
        assertThat(precision(model, unseen)).isCloseTo(before, within(0.02));
        assertThat(model.tensors()).anyMatch(tensor -> tensor.name().equals("output.scales"));
        assertThat(model.tensors())
                .filteredOn(tensor -> tensor.name().equals("output.values"))
                .allMatch(Tensor.Bytes.class::isInstance)
                .hasSize(1);
    }
}
