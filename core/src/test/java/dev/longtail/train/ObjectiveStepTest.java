package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationConfig;
import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.direct.DirectConfig;
import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.loss.ObjectiveConfig.Normalisation;
import dev.longtail.loss.ObjectiveConfig.Weighting;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.optimizer.ScheduleConfig.Curve;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a whole step makes of the objective and of the two schedules. */
class ObjectiveStepTest {

    private static final int EXAMPLES = 9;
    private static final int[] FREQUENCIES = {1, 2, 5, 9, 3};
    private static final ScheduleConfig CONSTANT = new ScheduleConfig(Curve.CONSTANT, 0, 0);

    private static LabelModel model() {
        ModelConfig config = new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, 10, 1, 1),
                new BodyConfig(0, 0),
                new OutputConfig(
                        OutputConfig.Kind.FIXED_FAN_IN,
                        4,
                        1,
                        OutputConfig.Order.NUMBERS,
                        100,
                        Weights.Format.FLOAT32,
                        3,
                        0),
                Loss.LOGISTIC);
        List<String> ids = List.of("a", "b", "c", "d", "e");
        LabelModel model = new LabelModel(
                config,
                new NumericFeatureSpace(6, false),
                new LabelSet(ids, List.of("", "", "", "", ""), FREQUENCIES),
                40);
        model.initialise(Optional.empty(), 3);
        Random random = new Random(3);
        float[] weights = numbers(model, "output.weights");
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return model;
    }

    private static float[] numbers(LabelModel model, String name) {
        return model.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .map(tensor -> ((Tensor.Floats) tensor).pages().get(0))
                .findFirst()
                .orElseThrow();
    }

    private static double step(LabelModel model, ObjectiveConfig objective, ScheduleConfig output, StepSize size) {
        OptimizerConfig descent = OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1);
        TrainConfig config = new TrainConfig(
                1,
                EXAMPLES,
                1,
                true,
                1,
                descent,
                descent,
                descent,
                CONSTANT,
                output,
                objective,
                AuxiliaryConfig.OFF,
                TrainConfig.Frozen.NONE,
                0,
                0,
                true,
                0,
                AssociationConfig.OFF,
                DirectConfig.OFF,
                CalibrationConfig.OFF);
        int[] order = new int[EXAMPLES];
        Arrays.setAll(order, i -> i);
        try (Workers workers = new Workers(2)) {
            return new LabelStep(model, config, GradientTest.Tiny.NO_REWIRE, 10, workers)
                    .run(GradientTest.Tiny.examples(EXAMPLES, 6, 5, 3), order, 0, EXAMPLES, size)
                    .loss();
        }
    }

    /** Propensities belong to the labels whose frequencies make them; p = 1 / (1 + C (n + B)^-A). */
    @Test
    void propensitiesReachTheirLabels() {
        for (Normalisation normalisation : Normalisation.values()) {
            LabelModel model = model();
            ReferenceModel reference = new ReferenceModel(model);
            float[] bias = numbers(model, "output.bias").clone();
            double[] slopes = new double[5];
            double factor = normalisation == Normalisation.SUM
                    ? 1
                    : normalisation == Normalisation.MEAN ? 1.0 / (5 * EXAMPLES) : 1.0 / EXAMPLES;
            double expected = 0;
            Examples examples = GradientTest.Tiny.examples(EXAMPLES, 6, 5, 3);
            Example example = new Example();
            double c = (Math.log(40) - 1) * Math.pow(2.6 + 1, 0.6);
            for (int i = 0; i < EXAMPLES; i++) {
                examples.read(i, example);
                double[] scores = reference.scores(example);
                for (int label = 0; label < 5; label++) {
                    boolean positive = Arrays.binarySearch(example.labels, 0, example.labelCount, label) >= 0;
                    double inverse = 1 + c * Math.pow(FREQUENCIES[label] + 2.6, -0.6);
                    double z = scores[label];
                    double weight = positive ? 2 * (2 * inverse - 1) : 0.5;
                    expected += factor * weight * Math.log(1 + Math.exp(positive ? -z : z));
                    slopes[label] += factor * weight * (positive ? -1 / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
                }
            }
            ObjectiveConfig objective = new ObjectiveConfig(normalisation, 2, 0.5f, Weighting.PROPENSITY, 0.6, 2.6);
            assertThat(step(model, objective, CONSTANT, new StepSize(1, 1)))
                    .isCloseTo(expected, within(1e-5 * expected));
            float[] after = numbers(model, "output.bias");
            for (int label = 0; label < 5; label++) {
                assertThat((double) bias[label] - after[label])
                        .isCloseTo(slopes[label], within(1e-4 * (1 + Math.abs(slopes[label]))));
            }
        }
    }

    @Test
    void theOutputLayerHasAScheduleOfItsOwn() {
        LabelModel model = model();
        float[] weights = numbers(model, "output.weights").clone();
        float[] table = numbers(model, "table.rows").clone();
        // the last of 10 steps of a linear schedule that ends at 0
        step(model, ObjectiveConfig.DEFAULT, new ScheduleConfig(Curve.LINEAR, 0, 0), new StepSize(10, 1));
        assertThat(numbers(model, "output.weights")).containsExactly(weights);
        assertThat(numbers(model, "table.rows")).isNotEqualTo(table);

        LabelModel other = model();
        step(other, ObjectiveConfig.DEFAULT, CONSTANT, new StepSize(10, 0));
        assertThat(numbers(other, "output.weights")).isNotEqualTo(weights);
        assertThat(numbers(other, "table.rows")).containsExactly(table);
    }
}
