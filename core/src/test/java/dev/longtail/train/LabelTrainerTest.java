package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.body.BodyConfig;
import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.PruneConfig;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LabelTrainerTest {

    private static final int LABELS = 700;

    @TempDir
    Path folder;

    private static ModelConfig shape(TableConfig.Kind table, int intermediate, OutputConfig.Kind output, Loss loss) {
        return new ModelConfig(
                new TableConfig(table, 32, 300, 1),
                new BodyConfig(0.1f, intermediate),
                new OutputConfig(output, 8, 1, OutputConfig.Order.NUMBERS, 100, Weights.Format.FLOAT32, 12, 0.1f),
                loss);
    }

    private static ModelConfig brains(ModelConfig shape) {
        return Settings.override(shape, Map.of("output.weights", "bfloat16"));
    }

    private static TrainConfig settings(int epochs, int patience, OptimizerConfig optimizer) {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.05f, 0.05f);
        return new TrainConfig(epochs, 64, 3, true, patience, optimizer, optimizer, optimizer, schedule);
    }

    private List<EpochReport> train(
            LabelModel model, TrainConfig config, int threads, Examples examples, Optional<Examples> validation)
            throws IOException {
        RewireConfig rewire =
                RewireConfig.DEFAULT.withPrune(PruneConfig.fraction(0.25f)).withSchedule(10, 0.66f);
        try (Workers workers = new Workers(threads)) {
            return new LabelTrainer(config, rewire, workers, TrainListener.SILENT, folder)
                    .train(model, examples, validation);
        }
    }

    static Stream<ModelConfig> shapes() {
        return Stream.of(OutputConfig.Kind.values())
                .flatMap(output -> Stream.of(
                        shape(TableConfig.Kind.DENSE, 0, output, Loss.SQUARED_HINGE),
                        shape(TableConfig.Kind.HASHED, 48, output, Loss.LOGISTIC)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads(ModelConfig shape) throws IOException {
        Examples examples = Planted.examples(1000, LABELS, 1);
        TrainConfig config = settings(2, 2, OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.05f));
        LabelModel one = Planted.model(shape, LABELS);
        LabelModel three = Planted.model(shape, LABELS);
        List<EpochReport> first = train(one, config, 1, examples, Optional.empty());
        List<EpochReport> second = train(three, config, 3, examples, Optional.empty());
        assertThat(bits(three)).isEqualTo(bits(one));
        assertThat(second.get(1).loss()).isEqualTo(first.get(1).loss());
        assertThat(second.get(1).loss()).isNotEqualTo(second.get(0).loss());
    }

    /** Rules whose rows share state, and weights whose rounding is random. */
    @ParameterizedTest
    @EnumSource(names = {"FACTORED_ADAMW", "ADALOMO"})
    void sharedColumnsAndRandomRoundingDoNotDependOnThreads(OptimizerConfig.Kind kind) throws IOException {
        Examples examples = Planted.examples(1000, LABELS, 1);
        ModelConfig shape =
                brains(shape(TableConfig.Kind.DENSE, 48, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE));
        TrainConfig config = settings(2, 2, OptimizerConfig.of(kind, 0.02f));
        LabelModel one = Planted.model(shape, LABELS);
        LabelModel three = Planted.model(shape, LABELS);
        train(one, config, 1, examples, Optional.empty());
        train(three, config, 3, examples, Optional.empty());
        assertThat(bits(three)).isEqualTo(bits(one));
    }

    /** With a validation part, so that the best parameters go to a file and back. */
    @ParameterizedTest
    @EnumSource(value = OutputConfig.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "ANCHORS")
    void bfloat16WeightsFindNearlyAsManyLabels(OutputConfig.Kind kind) throws IOException {
        Examples validation = Planted.examples(500, 100, 2);
        TrainConfig config = settings(8, 8, OptimizerConfig.of(OptimizerConfig.Kind.ROW_ADAGRAD, 0.1f));
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, kind, Loss.SQUARED_HINGE);
        LabelModel floats = Planted.model(shape, 100);
        LabelModel brains = Planted.model(brains(shape), 100);
        train(floats, config, 2, Planted.examples(2000, 100, 1), Optional.of(validation));
        List<EpochReport> reports = train(brains, config, 2, Planted.examples(2000, 100, 1), Optional.of(validation));
        double best =
                EpochReport.bestOf(reports).validation().orElseThrow().at(1).precision();
        assertThat(precision(brains, validation)).isEqualTo(best);
        assertThat(best).isGreaterThan(precision(floats, validation) - 0.02).isGreaterThan(0.8);
        assertThat(brains.tensors()).anyMatch(Tensor.Brains.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(OptimizerConfig.Kind.class)
    void plantedLabelsAreFoundWithEveryRule(OptimizerConfig.Kind kind) throws IOException {
        float rate = switch (kind) {
            case SGD -> 2;
            case MOMENTUM -> 1;
            case ADAMW, YOGI -> 0.01f;
            case FACTORED_ADAMW -> 0.01f;
            case ADALOMO -> 0.2f;
            case ADAGRAD, ROW_ADAGRAD -> 0.1f;
        };
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE);
        LabelModel model = Planted.model(shape, 100);
        train(
                model,
                settings(8, 8, OptimizerConfig.of(kind, rate)),
                2,
                Planted.examples(2000, 100, 1),
                Optional.empty());
        assertThat(precision(model, Planted.examples(500, 100, 2))).isGreaterThan(0.8);
    }

    @Test
    void theParametersOfTheBestEpochAreKeptAndTrainingEndsWhenItGetsNoBetter() throws IOException {
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE);
        LabelModel model = Planted.model(shape, 100);
        Examples validation = Planted.examples(500, 100, 2);
        TrainConfig config = settings(40, 2, OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f));

        List<EpochReport> reports = train(model, config, 2, Planted.examples(1000, 100, 1), Optional.of(validation));

        int bestEpoch = reports.stream()
                .filter(EpochReport::best)
                .mapToInt(EpochReport::epoch)
                .max()
                .orElseThrow();
        double best =
                reports.get(bestEpoch - 1).validation().orElseThrow().at(1).precision();
        assertThat(reports.size()).isLessThan(40).isEqualTo(bestEpoch + 2);
        assertThat(precision(model, validation)).isEqualTo(best);
        assertThat(reports.get(0).moved()).isPositive();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("temporary files").isEmpty();
        }
    }

    @Test
    void aValidationPartWithoutLabelsIsRefusedBeforeTheFirstEpoch() throws IOException {
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE);
        Examples labelled = Planted.examples(10, 100, 2);
        Examples without = new Examples() {
            @Override
            public int size() {
                return labelled.size();
            }

            @Override
            public void read(int example, Example into) {
                labelled.read(example, into);
                into.labelCount = 0;
            }
        };
        TrainConfig config = settings(5, 2, OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f));
        assertThatThrownBy(() -> train(
                        Planted.model(shape, 100), config, 1, Planted.examples(200, 100, 1), Optional.of(without)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of the 10 validation examples has a label");
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunWithAdvice() {
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE);
        TrainConfig config = settings(5, 5, OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1e12f));
        assertThatThrownBy(() ->
                        train(Planted.model(shape, 100), config, 1, Planted.examples(500, 100, 1), Optional.empty()))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("lower the learning rates");
    }

    @Test
    void anInterruptEndsTheRunAndLeavesNothingBehind() throws IOException {
        ModelConfig shape = shape(TableConfig.Kind.DENSE, 0, OutputConfig.Kind.FIXED_FAN_IN, Loss.SQUARED_HINGE);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> train(
                            Planted.model(shape, 100),
                            settings(1, 1, OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1)),
                            1,
                            Planted.examples(500, 100, 1),
                            Optional.of(Planted.examples(10, 100, 2))))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    /** Three labels in three of 1,000 examples each: the log odds with half a count added are log(3.5 / 997.5). */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void biasesStartBelowTheLosssOwnStartByTheSlack(Loss loss) {
        for (OutputConfig.Kind kind : OutputConfig.Kind.values()) {
            LabelModel model = Planted.model(shape(TableConfig.Kind.DENSE, 0, kind, loss), 3);
            model.initialise(Optional.empty(), 1);
            double start = loss == Loss.SQUARED_HINGE ? -1 : Math.log(3.5 / 997.5);
            Tensor bias = model.output().tensors().stream()
                    .filter(tensor -> tensor.name().equals("output.bias"))
                    .findFirst()
                    .orElseThrow();
            for (float value : ((Tensor.Floats) bias).pages().get(0)) {
                assertThat((double) value).isCloseTo(start - 0.1, within(1e-6));
            }
        }
    }

    @Test
    void everySettingOfEveryPresetIsListedWithItsMeaning() {
        for (LabelConfig.Preset preset : LabelConfig.Preset.values()) {
            assertThat(Settings.leaves(preset.config()))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(leaf -> assertThat(leaf.meaning()).isNotBlank());
        }
        LabelConfig changed = Settings.override(LabelConfig.Preset.BASE.config(), Map.of("fanIn", "17"));
        assertThat(changed.model().output().fanIn()).isEqualTo(17);
        assertThat(Settings.fromJson(LabelConfig.class, Settings.toJson(changed)))
                .isEqualTo(changed);
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

    private static List<Object> bits(LabelModel model) {
        return model.tensors().stream()
                .map(tensor -> (Object) TensorPages.of(tensor).stream()
                        .map(LabelTrainerTest::hash)
                        .toList())
                .toList();
    }

    private static int hash(Object page) {
        if (page instanceof float[] floats) {
            return Arrays.hashCode(floats);
        }
        return page instanceof byte[] bytes ? Arrays.hashCode(bytes) : Arrays.hashCode((char[]) page);
    }
}
