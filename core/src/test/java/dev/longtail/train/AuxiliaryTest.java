package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationConfig;
import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Settings;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectConfig;
import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerConfig.Kind;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.PruneConfig;
import dev.longtail.topology.RewireConfig;
import dev.longtail.train.AuxiliaryConfig.Normalisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuxiliaryTest {

    private static final int LABELS = 600;
    private static final OptimizerConfig RULE = OptimizerConfig.of(Kind.ROW_ADAGRAD, 0.1f);

    @TempDir
    Path folder;

    private static AuxiliaryConfig auxiliary(float weight, float cutoff) {
        return new AuxiliaryConfig(weight, cutoff, Normalisation.SUM, RULE);
    }

    private static ModelConfig shape(OutputConfig.Order order) {
        return new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, 32, 300, 1),
                new BodyConfig(0.1f, 0),
                new OutputConfig(OutputConfig.Kind.FIXED_FAN_IN, 8, 1, order, 20, Weights.Format.FLOAT32, 12, 0.1f),
                Loss.SQUARED_HINGE);
    }

    private static TrainConfig settings(AuxiliaryConfig auxiliary) {
        return settings(auxiliary, 0, true);
    }

    private static TrainConfig settings(AuxiliaryConfig auxiliary, int shortlist, boolean skip) {
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.05f, 0.05f);
        return new TrainConfig(
                2,
                64,
                3,
                true,
                2,
                RULE,
                RULE,
                RULE,
                schedule,
                schedule,
                ObjectiveConfig.DEFAULT,
                auxiliary,
                TrainConfig.Frozen.NONE,
                shortlist,
                0,
                skip,
                0,
                AssociationConfig.OFF,
                DirectConfig.OFF,
                CalibrationConfig.OFF);
    }

    /** Steps and epochs as a listener hears them. */
    private static final class Record implements TrainListener {
        final List<StepRecord> steps = new ArrayList<>();
        final List<EpochReport> epochs = new ArrayList<>();

        @Override
        public void step(StepRecord step) {
            steps.add(step);
        }

        @Override
        public void epoch(EpochReport report) {
            epochs.add(report);
        }
    }

    private Record train(LabelModel model, TrainConfig config, int threads) throws IOException {
        Examples examples = Planted.examples(1280, model.labels().size(), 1);
        RewireConfig rewire =
                RewireConfig.DEFAULT.withPrune(PruneConfig.fraction(0.25f)).withSchedule(10, 0.66f);
        Record heard = new Record();
        try (Workers workers = new Workers(threads)) {
            new LabelTrainer(config, rewire, workers, heard, folder).train(model, examples, Optional.empty());
        }
        return heard;
    }

    /** 0.4 (1 + cos(pi t / 20)) / 2: t = 5 gives 0.2 (1 + sqrt(2) / 2), t = 10 the half. */
    @ParameterizedTest
    @CsvSource({"1,0.4", "6,0.341421356", "11,0.2", "16,0.058578644", "20,0.002462332", "21,0", "40,0"})
    void theWeightFallsByCosineToTheCutoff(long step, double weight) {
        assertThat((double) auxiliary(0.4f, 0.5f).weightAt(step, 40)).isCloseTo(weight, within(1e-7));
    }

    @Test
    void aCutoffFarBeyondTheRunKeepsTheWeight() {
        assertThat((double) auxiliary(0.4f, 1000).weightAt(40, 40)).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void theCourseOfTheObjectiveIsReported() throws IOException {
        Record heard =
                train(Planted.model(shape(OutputConfig.Order.CLUSTERS), LABELS), settings(auxiliary(0.4f, 0.5f)), 1);
        assertThat(heard.steps).hasSize(40);
        assertThat(heard.steps.get(10).auxiliaryWeight()).isCloseTo(0.2, within(1e-7));
        assertThat(heard.steps.get(19).auxiliaryLoss())
                .isPositive()
                .isLessThan(heard.steps.get(0).auxiliaryLoss());
        assertThat(heard.steps.subList(20, 40))
                .allMatch(step -> step.auxiliaryWeight() == 0 && step.auxiliaryLoss() == 0);
        assertThat(heard.steps).allMatch(step -> step.encoderGradient() > 0);
        double mean = heard.steps.subList(0, 20).stream()
                .mapToDouble(StepRecord::auxiliaryLoss)
                .average()
                .orElseThrow();
        assertThat(heard.epochs.get(0).auxiliaryLoss()).isCloseTo(mean, within(1e-12));
        assertThat(heard.epochs.get(0).auxiliaryWeight())
                .isEqualTo(heard.steps.get(19).auxiliaryWeight());
        assertThat(heard.epochs.get(1).auxiliaryLoss()).isZero();
    }

    /** Output weights start at zero, so the first step's main gradient is zero and only the head moves the table. */
    @Test
    void theHeadGivesTheEncoderAGradientWhereTheSparseLayerHasNone() throws IOException {
        ModelConfig shape = shape(OutputConfig.Order.CLUSTERS);
        Record with = train(Planted.model(shape, LABELS), settings(auxiliary(0.4f, 0.5f)), 1);
        Record without = train(Planted.model(shape, LABELS), settings(AuxiliaryConfig.OFF), 1);
        assertThat(without.steps.get(0).encoderGradient()).isZero();
        assertThat(with.steps.get(0).encoderGradient()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(OutputConfig.Order.class)
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads(OutputConfig.Order order) throws IOException {
        TrainConfig config =
                settings(order == OutputConfig.Order.NUMBERS ? AuxiliaryConfig.OFF : auxiliary(0.4f, 0.5f));
        LabelModel one = Planted.model(shape(order), LABELS);
        LabelModel three = Planted.model(shape(order), LABELS);
        train(one, config, 1);
        train(three, config, 3);
        assertThat(bits(three)).isEqualTo(bits(one));
    }

    @Test
    void aShortlistVisitsFewLabelsAndTheHeadLearnsToTheEnd() throws IOException {
        TrainConfig config = settings(auxiliary(0.4f, 0.5f), 1, false);
        LabelModel one = Planted.model(shape(OutputConfig.Order.CLUSTERS), 2000);
        LabelModel three = Planted.model(shape(OutputConfig.Order.CLUSTERS), 2000);
        Record heard = train(one, config, 1);
        train(three, config, 3);
        assertThat(bits(three)).isEqualTo(bits(one));
        // 64 examples choose and carry at most 128 clusters of 128, of which many are the same
        assertThat(heard.steps).allMatch(step -> step.scored() < 0.8 && step.updated() <= step.scored());
        assertThat(heard.steps.subList(20, 40))
                .allMatch(step -> step.auxiliaryWeight() == 0 && step.auxiliaryLoss() > 0);
        assertThat(heard.steps.get(39).auxiliaryLoss())
                .isLessThan(heard.steps.get(19).auxiliaryLoss());
    }

    @Test
    void aShortlistOfAllClustersIsTheFullLoss() throws IOException {
        LabelModel full = Planted.model(shape(OutputConfig.Order.CLUSTERS), LABELS);
        LabelModel listed = Planted.model(shape(OutputConfig.Order.CLUSTERS), LABELS);
        train(full, settings(AuxiliaryConfig.OFF, 0, false), 1);
        Record heard = train(listed, settings(AuxiliaryConfig.OFF, 1000, false), 1);
        assertThat(heard.steps).allMatch(step -> step.scored() == 1 && step.auxiliaryWeight() == 0);
        assertThat(bits(listed)).isEqualTo(bits(full));
    }

    @Test
    void leavingOutIdleLabelsChangesTheTimeAndNothingElse() throws IOException {
        LabelModel all = Planted.model(shape(OutputConfig.Order.CLUSTERS), LABELS);
        LabelModel some = Planted.model(shape(OutputConfig.Order.CLUSTERS), LABELS);
        Record heardAll = train(all, settings(auxiliary(0.4f, 0.5f), 0, false), 1);
        Record heardSome = train(some, settings(auxiliary(0.4f, 0.5f), 0, true), 1);
        assertThat(bits(some)).isEqualTo(bits(all));
        assertThat(heardAll.steps).allMatch(step -> step.scored() == 1);
        assertThat(heardSome.steps.get(0).scored()).isLessThan(0.2);
        assertThat(heardSome.steps.stream().map(StepRecord::updated))
                .containsExactlyElementsOf(
                        heardAll.steps.stream().map(StepRecord::updated).toList());
    }

    @Test
    void withoutClustersTheErrorSaysWhatToSet() {
        LabelConfig base = LabelConfig.embedding(128, 32);
        assertThatThrownBy(() -> Settings.override(base, Map.of("auxiliary.weight", "0.4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auxiliary.weight must be 0 when output.order is numbers;"
                        + " set output.order to clusters or random-clusters, got 0.4");
        assertThatThrownBy(() -> Settings.override(base, Map.of("shortlist", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shortlist must be 0 when output.order is numbers; set output.order");
        LabelModel model = Planted.model(shape(OutputConfig.Order.NUMBERS), LABELS);
        assertThatThrownBy(() -> train(model, settings(auxiliary(0.4f, 0.5f)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set output.order");
        LabelConfig changed = Settings.override(base, Map.of("auxiliary.weight", "0.4", "order", "clusters"));
        assertThat(changed.train().auxiliary().weight()).isEqualTo(0.4f);
    }

    private static List<Object> bits(LabelModel model) {
        List<Object> bits = new ArrayList<>();
        for (Tensor tensor : model.tensors()) {
            if (tensor instanceof Tensor.Floats floats) {
                floats.pages().forEach(page -> bits.add(Arrays.hashCode(page)));
            } else if (tensor instanceof Tensor.Chars chars) {
                chars.pages().forEach(page -> bits.add(Arrays.hashCode(page)));
            } else if (tensor instanceof Tensor.Ints ints) {
                ints.pages().forEach(page -> bits.add(Arrays.hashCode(page)));
            }
        }
        return bits;
    }
}
