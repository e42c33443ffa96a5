package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.body.Activation;
import dev.longtail.body.BodyConfig;
import dev.longtail.body.DenseLayer;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One step of plain gradient descent with rate 1 moves every parameter by its gradient; that is compared with the
 * difference quotient of the loss of {@link ReferenceModel}, which is written in double precision and shares no code.
 */
class GradientTest {

    private static final double H = 1e-4;

    static Stream<Arguments> shapes() {
        // steps of anchors are compared with differences in AnchorScorerTest
        return Stream.of(OutputConfig.Kind.values())
                .filter(kind -> kind != OutputConfig.Kind.ANCHORS)
                .flatMap(kind ->
                        Stream.of(Loss.values()).flatMap(loss -> bodies().map(body -> Arguments.of(kind, loss, body))));
    }

    private static Stream<BodyConfig> bodies() {
        Stream<BodyConfig> sparse = Stream.of(Activation.values())
                .flatMap(activation -> Stream.of(BodyConfig.Normalisation.values())
                        .map(normalisation -> new BodyConfig(0, 11, 3, activation, normalisation, false, 0)));
        return Stream.concat(Stream.of(new BodyConfig(0, 0), new BodyConfig(0, 11)), sparse);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aStepMovesEveryParameterByItsDerivative(OutputConfig.Kind kind, Loss loss, BodyConfig body) {
        ModelConfig config = new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, 10, 1, 1),
                body,
                new OutputConfig(kind, 4, 1, OutputConfig.Order.NUMBERS, 100, Weights.Format.FLOAT32, 3, 0),
                loss);
        LabelModel model = Tiny.model(config, 6, 5, 7);
        Examples examples = Tiny.examples(9, 6, 5, 3);
        ReferenceModel reference = new ReferenceModel(model);
        double[] derivatives = derivatives(reference, changed -> changed.loss(examples));

        double found;
        try (Workers workers = new Workers(2)) {
            LabelStep step = new LabelStep(model, Tiny.plainDescent(9), Tiny.NO_REWIRE, 1, workers);
            found = step.run(examples, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 0, 9, new StepSize(1, 1))
                    .loss();
        }

        assertThat(found).isCloseTo(reference.loss(examples), within(1e-5 * (1 + found)));
        double[] before = reference.parameters();
        double[] after = new ReferenceModel(model).parameters();
        for (int i = 0; i < before.length; i++) {
            assertThat(before[i] - after[i])
                    .as("derivative of parameter " + i)
                    .isCloseTo(derivatives[i], within(2e-4 * (1 + Math.abs(derivatives[i]))));
        }
        assertThat(Stream.of(derivatives)
                        .flatMapToDouble(java.util.Arrays::stream)
                        .filter(d -> d != 0)
                        .count())
                .isGreaterThan(before.length / 4);
    }

    /** The same step, its loss (1 - s) main + s auxiliary; s is 0.4 at the first step. */
    @ParameterizedTest
    @CsvSource({"0,SUM,1", "0,MEAN,0.25", "11,SUM,1", "11,BALANCED,1.75"})
    void theAuxiliaryObjectiveAddsItsGradient(
            int intermediate, AuxiliaryConfig.Normalisation normalisation, double scale) {
        OutputConfig output = new OutputConfig(
                OutputConfig.Kind.FIXED_FAN_IN,
                4,
                1,
                OutputConfig.Order.RANDOM_CLUSTERS,
                2,
                Weights.Format.FLOAT32,
                3,
                0);
        TableConfig table = new TableConfig(TableConfig.Kind.DENSE, 10, 1, 1);
        ModelConfig config = new ModelConfig(table, new BodyConfig(0, intermediate), output, Loss.SQUARED_HINGE);
        LabelModel model = Tiny.model(config, 6, 7, 7);
        Examples examples = Tiny.examples(9, 6, 7, 3);
        TrainConfig plain = Tiny.plainDescent(9);
        AuxiliaryConfig auxiliary = new AuxiliaryConfig(0.4f, 1, normalisation, plain.bodyOptimizer());
        ReferenceModel reference = new ReferenceModel(model);

        double[][] weights = new double[4][10];
        double[] bias = new double[4];
        double[] headBefore;
        double[] headAfter;
        StepRecord found;
        try (Workers workers = new Workers(2)) {
            LabelStep step = new LabelStep(model, Tiny.with(plain, auxiliary), Tiny.NO_REWIRE, 10, workers);
            DenseLayer head = step.auxiliary().orElseThrow().layer();
            headBefore = doubles(head);
            for (int i = 0; i < 40; i++) {
                weights[i / 10][i % 10] = head.weights()[i];
            }
            Arrays.setAll(bias, i -> head.bias()[i]);
            found = step.run(examples, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 0, 9, new StepSize(1, 1));
            headAfter = doubles(head);
        }
        double[] derivatives = derivatives(
                reference,
                changed -> 0.6 * changed.loss(examples) + 0.4 * scale * changed.auxiliaryLoss(examples, weights, bias));

        assertThat(found.loss()).isCloseTo(reference.loss(examples), within(1e-5 * (1 + found.loss())));
        double auxiliaryLoss = scale * reference.auxiliaryLoss(examples, weights, bias);
        assertThat(found.auxiliaryLoss()).isCloseTo(auxiliaryLoss, within(1e-5 * (1 + auxiliaryLoss)));
        assertThat(found.auxiliaryWeight()).isCloseTo(0.4, within(1e-7));
        double[] before = reference.parameters();
        double[] after = new ReferenceModel(model).parameters();
        for (int i = 0; i < before.length; i++) {
            assertThat(before[i] - after[i])
                    .as("derivative of parameter " + i)
                    .isCloseTo(derivatives[i], within(2e-4 * (1 + Math.abs(derivatives[i]))));
        }
        double[] derivativesOfHead = derivatives(weights, bias, () -> reference.auxiliaryLoss(examples, weights, bias));
        for (int i = 0; i < derivativesOfHead.length; i++) {
            assertThat(headBefore[i] - headAfter[i])
                    .as("derivative of the head's parameter " + i)
                    .isCloseTo(derivativesOfHead[i], within(2e-4));
        }
    }

    /** Difference quotients of the parameters of a dense layer, weights before biases. */
    private static double[] derivatives(double[][] weights, double[] bias, DoubleSupplier loss) {
        int width = weights[0].length;
        double[] derivatives = new double[bias.length * (width + 1)];
        for (int i = 0; i < derivatives.length; i++) {
            double[] target = i < bias.length * width ? weights[i / width] : bias;
            int place = i < bias.length * width ? i % width : i - bias.length * width;
            double value = target[place];
            target[place] = value + H;
            double right = loss.getAsDouble();
            target[place] = value - H;
            double left = loss.getAsDouble();
            target[place] = value;
            derivatives[i] = (right - left) / (2 * H);
        }
        return derivatives;
    }

    private static double[] doubles(DenseLayer layer) {
        double[] all = new double[layer.weights().length + layer.bias().length];
        Arrays.setAll(
                all, i -> i < layer.weights().length ? layer.weights()[i] : layer.bias()[i - layer.weights().length]);
        return all;
    }

    private static double[] derivatives(ReferenceModel reference, ToDoubleFunction<ReferenceModel> loss) {
        double[] parameters = reference.parameters();
        double[] derivatives = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            double value = parameters[i];
            parameters[i] = value + H;
            double right = loss.applyAsDouble(reference.with(parameters));
            parameters[i] = value - H;
            double left = loss.applyAsDouble(reference.with(parameters));
            parameters[i] = value;
            derivatives[i] = (right - left) / (2 * H);
        }
        return derivatives;
    }

    /** Examples, models and settings small enough for difference quotients. */
    static final class Tiny {

        static final RewireConfig NO_REWIRE = RewireConfig.DEFAULT.withPolicy(RewireConfig.Policy.STATIC);

        private Tiny() {}

        static TrainConfig plainDescent(int batch) {
            var descent = dev.longtail.optimizer.OptimizerConfig.of(dev.longtail.optimizer.OptimizerConfig.Kind.SGD, 1);
            var constant = new dev.longtail.optimizer.ScheduleConfig(
                    dev.longtail.optimizer.ScheduleConfig.Curve.CONSTANT, 0, 0);
            return new TrainConfig(1, batch, 1, true, 1, descent, descent, descent, constant);
        }

        static TrainConfig with(TrainConfig config, AuxiliaryConfig auxiliary) {
            return new TrainConfig(
                    config.maxEpochs(),
                    config.batch(),
                    config.seed(),
                    config.trainBias(),
                    config.patience(),
                    config.tableOptimizer(),
                    config.bodyOptimizer(),
                    config.outputOptimizer(),
                    config.schedule(),
                    config.outputSchedule(),
                    config.objective(),
                    auxiliary,
                    config.frozen(),
                    0,
                    0,
                    false,
                    0,
                    config.association(),
                    config.direct(),
                    config.calibration());
        }

        /** A model with random values in all its parameters, so that no derivative is zero by chance. */
        static LabelModel model(ModelConfig config, int features, int labels, long seed) {
            java.util.List<String> ids = new java.util.ArrayList<>();
            for (int label = 0; label < labels; label++) {
                ids.add("label" + label);
            }
            java.util.List<String> names = java.util.Collections.nCopies(labels, "");
            int[] frequencies = new int[labels];
            java.util.Arrays.fill(frequencies, 2);
            LabelModel model = new LabelModel(
                    config,
                    new dev.longtail.data.NumericFeatureSpace(features, false),
                    new dev.longtail.data.LabelSet(ids, names, frequencies),
                    10);
            var clusters = new dev.longtail.cluster.ClusterBuilder(labels, features, 2, seed).random();
            model.initialise(config.output().isOrdered() ? Optional.of(clusters) : Optional.empty(), seed);
            Random random = new Random(seed);
            for (Tensor tensor : model.tensors()) {
                if (tensor instanceof Tensor.Floats floats) {
                    for (float[] page : floats.pages()) {
                        for (int i = 0; i < page.length; i++) {
                            page[i] = (float) (random.nextGaussian() * 0.5);
                        }
                    }
                }
            }
            return model;
        }

        static Examples examples(int size, int features, int labels, long seed) {
            Random random = new Random(seed);
            Example[] all = new Example[size];
            for (int i = 0; i < size; i++) {
                all[i] = new Example();
                for (int feature = 0; feature < features; feature++) {
                    if (random.nextInt(3) > 0) {
                        all[i].features[all[i].featureCount] = feature;
                        all[i].weights[all[i].featureCount++] = (float) (0.2 + random.nextDouble());
                    }
                }
                for (int label = 0; label < labels; label++) {
                    if (random.nextInt(3) == 0) {
                        all[i].labels[all[i].labelCount++] = label;
                    }
                }
            }
            return new Examples() {
                @Override
                public int size() {
                    return size;
                }

                @Override
                public void read(int example, Example into) {
                    into.features = all[example].features.clone();
                    into.weights = all[example].weights.clone();
                    into.featureCount = all[example].featureCount;
                    into.labels = all[example].labels.clone();
                    into.labelCount = all[example].labelCount;
                }
            };
        }
    }
}
