package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.Reliability;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calibration at the end of training. */
class CalibrationTrainingTest {

    private static final int LABELS = 100;

    @TempDir
    Path folder;

    /** Planted examples of which some carry any label: what is learned in training then promises too much. */
    private static Examples noisy(int size, long seed) {
        Examples planted = Planted.examples(size, LABELS, seed);
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                planted.read(example, into);
                SplittableRandom random = new SplittableRandom(seed * 7919 + example);
                if (random.nextDouble() < 0.4) {
                    into.labels[0] = random.nextInt(LABELS);
                }
            }
        };
    }

    private static LabelModel model() {
        return Planted.model(
                new ModelConfig(
                        new TableConfig(TableConfig.Kind.DENSE, 32, 300, 1),
                        new BodyConfig(0, 0),
                        new OutputConfig(
                                OutputConfig.Kind.FIXED_FAN_IN,
                                8,
                                1,
                                OutputConfig.Order.NUMBERS,
                                100,
                                Weights.Format.FLOAT32,
                                12,
                                0.1f),
                        Loss.SQUARED_HINGE),
                LABELS);
    }

    private LabelModel train(CalibrationConfig.Kind kind, int threads, Optional<Examples> validation)
            throws IOException {
        TrainConfig config = Settings.override(
                LabelConfig.embedding(128, 32).train(),
                Map.of(
                        "maxEpochs",
                        "8",
                        "patience",
                        "8",
                        "calibration.kind",
                        kind.name().toLowerCase(java.util.Locale.ROOT)));
        LabelModel model = model();
        try (Workers workers = new Workers(threads)) {
            new LabelTrainer(config, RewireConfig.DEFAULT, workers, TrainListener.SILENT, folder)
                    .train(model, noisy(2000, 1), validation);
        }
        return model;
    }

    private static Reliability top(LabelModel model) {
        try (Workers workers = new Workers(2)) {
            Evaluation evaluation = new Evaluation(model, 64, workers, 1, 5).withReliability();
            evaluation.rank(noisy(4000, 3), Propensity.DEFAULT);
            return evaluation.reliability().get(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void probabilitiesComeTrueMoreOftenThanUncalibratedOnes(CalibrationConfig.Kind kind) throws IOException {
        Optional<Examples> validation = Optional.of(noisy(2000, 2));
        LabelModel plain = train(CalibrationConfig.Kind.NONE, 2, validation);
        LabelModel calibrated = train(kind, 2, validation);
        assertThat(plain.calibration()).isEmpty();
        assertThat(calibrated.calibration().orElseThrow().kind()).isEqualTo(kind);

        Reliability before = top(plain);
        Reliability after = top(calibrated);
        for (Reliability.Binning binning : Reliability.Binning.values()) {
            assertThat(after.expectedCalibrationError(binning, 15))
                    .isLessThan(0.5 * before.expectedCalibrationError(binning, 15))
                    .isLessThan(0.07);
        }
        assertThat(after.brier()).isLessThan(before.brier());
        assertThat(after.size()).isEqualTo(before.size()).isEqualTo(4000);
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() throws IOException {
        Optional<Examples> validation = Optional.of(noisy(1000, 2));
        List<Object> one = bits(train(CalibrationConfig.Kind.ISOTONIC, 1, validation));
        assertThat(bits(train(CalibrationConfig.Kind.ISOTONIC, 3, validation))).isEqualTo(one);
    }

    private static List<Object> bits(LabelModel model) {
        List<Tensor> tensors = model.calibration().orElseThrow().tensors();
        assertThat(tensors).allMatch(tensor -> tensor.elements() > 0);
        return tensors.stream()
                .map(tensor -> (Object) TensorPages.of(tensor).stream()
                        .map(page -> page instanceof float[] floats
                                ? java.util.Arrays.hashCode(floats)
                                : java.util.Arrays.hashCode((int[]) page))
                        .toList())
                .toList();
    }

    @Test
    void withoutAValidationPartNothingIsCalibrated() throws IOException {
        LabelModel model = train(CalibrationConfig.Kind.ISOTONIC, 2, Optional.empty());
        assertThat(model.calibration()).isEmpty();
        assertThat(model.probability(0, 0, 0.5f)).isEqualTo(0.75);
    }

    /** 3,000 examples of which the most used are 1,000: every third. */
    @Test
    void ofManyExamplesAnEvenPartIsUsed() throws IOException {
        LabelModel model = train(CalibrationConfig.Kind.NONE, 2, Optional.empty());
        Examples all = noisy(3000, 2);
        Examples third = new Examples() {
            @Override
            public int size() {
                return 1000;
            }

            @Override
            public void read(int example, Example into) {
                all.read(3 * example, into);
            }
        };
        CalibrationConfig config = new CalibrationConfig(CalibrationConfig.Kind.PLATT, true, 20, 1000, 10);
        try (Workers workers = new Workers(1)) {
            model.calibrate(new CalibrationPass(model, config, 64, workers).fit(all));
            List<Object> spread = bits(model);
            model.calibrate(new CalibrationPass(model, config, 64, workers).fit(third));
            assertThat(bits(model)).isEqualTo(spread);
        }
    }
}
