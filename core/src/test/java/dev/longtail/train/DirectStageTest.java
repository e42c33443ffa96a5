package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.body.BodyConfig;
import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectArm;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.model.ModelConfig;
import dev.longtail.model.Workspace;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The direct arm after the epochs, and rankings by both arms. */
class DirectStageTest {

    private static final int LABELS = 100;
    private static final Examples TRAIN = Planted.examples(1500, LABELS, 1);
    private static final Examples VALIDATION = Planted.examples(500, LABELS, 2);

    @TempDir
    Path folder;

    /** An embedding arm too narrow to tell the labels apart. */
    private static LabelModel model() {
        return Planted.model(
                new ModelConfig(
                        new TableConfig(TableConfig.Kind.DENSE, 6, 300, 1),
                        new BodyConfig(0, 0),
                        new OutputConfig(
                                OutputConfig.Kind.FIXED_FAN_IN,
                                4,
                                1,
                                OutputConfig.Order.NUMBERS,
                                100,
                                Weights.Format.FLOAT32,
                                12,
                                0.1f),
                        Loss.SQUARED_HINGE),
                LABELS);
    }

    private record Trained(LabelModel model, List<EpochReport> epochs, List<DirectReport> heard) {}

    private Trained train(int candidates, int threads, Optional<Examples> validation) throws IOException {
        TrainConfig config = Settings.override(
                LabelConfig.embedding(128, 32).train(),
                Map.of("maxEpochs", "3", "direct.candidates", "" + candidates, "direct.positiveCost", "1"));
        LabelModel model = model();
        List<DirectReport> heard = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void direct(DirectReport report) {
                heard.add(report);
            }
        };
        try (Workers workers = new Workers(threads)) {
            List<EpochReport> epochs = new LabelTrainer(config, RewireConfig.DEFAULT, workers, listener, folder)
                    .train(model, TRAIN, validation);
            return new Trained(model, epochs, heard);
        }
    }

    private static Metrics measure(LabelModel model, Examples examples) {
        try (Workers workers = new Workers(2)) {
            return new Evaluation(model, 64, workers, 1, 3, 5)
                    .rank(examples, Propensity.DEFAULT)
                    .metrics();
        }
    }

    @Test
    void theSumOfTheArmsIsBetterThanTheEmbeddingArm() throws IOException {
        Trained both = train(30, 2, Optional.of(VALIDATION));
        Examples test = Planted.examples(500, LABELS, 3);
        double sum = measure(both.model(), test).at(1).precision();
        double share = both.model().mixture().embedding();
        both.model().direct(Optional.empty());
        double embedding = measure(both.model(), test).at(1).precision();

        assertThat(embedding).isLessThan(0.8);
        assertThat(sum).isGreaterThan(embedding + 0.1);
        assertThat(share).isBetween(0.0, 0.95);
    }

    @Test
    void reportAndModelAgreeAndProgressIsTold() throws IOException {
        Trained both = train(30, 2, Optional.of(VALIDATION));

        double reported = EpochReport.bestOf(both.epochs())
                .validation()
                .orElseThrow()
                .at(1)
                .precision();
        assertThat(reported).isEqualTo(measure(both.model(), VALIDATION).at(1).precision());
        assertThat(both.heard()) // candidates came from the last epoch
                .allMatch(report -> report.part() == DirectReport.Part.LABELS)
                .last()
                .isEqualTo(new DirectReport(DirectReport.Part.LABELS, LABELS, LABELS));
    }

    @Test
    void candidatesThatTheEpochsLeftNotBehindAreFoundByAPassOfTheirOwn() throws IOException {
        LabelModel model = train(30, 2, Optional.of(VALIDATION)).model();
        double gathered = measure(model, VALIDATION).at(1).precision();
        TrainConfig config = Settings.override(
                LabelConfig.embedding(128, 32).train(), Map.of("direct.candidates", "30", "direct.positiveCost", "1"));
        List<DirectReport> heard = new ArrayList<>();
        try (Workers workers = new Workers(2)) {
            new DirectStage(model, TrainRows.of(TRAIN), config, workers, new TrainListener() {
                        @Override
                        public void direct(DirectReport report) {
                            heard.add(report);
                        }
                    })
                    .run(
                            Optional.empty(),
                            new DirectRun(model, Checkpoints.NONE, Optional.empty(), Optional.empty(), List.of()));
        }

        assertThat(heard).contains(new DirectReport(DirectReport.Part.CANDIDATES, TRAIN.size(), TRAIN.size()));
        assertThat(measure(model, VALIDATION).at(1).precision()).isCloseTo(gathered, within(0.05));
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() throws IOException {
        assertThat(bits(train(10, 1, Optional.of(VALIDATION)).model()))
                .isEqualTo(bits(train(10, 3, Optional.of(VALIDATION)).model()));
    }

    private static List<String> bits(LabelModel model) {
        List<String> bits = new ArrayList<>(List.of(model.mixture().toString()));
        for (Tensor tensor : model.direct().orElseThrow().tensors()) {
            for (Object page : TensorPages.of(tensor)) {
                byte[] bytes = new byte[TensorPages.length(page) * 4];
                TensorPages.put(page, 0, TensorPages.length(page), java.nio.ByteBuffer.wrap(bytes));
                bits.add(tensor.name() + java.util.Arrays.hashCode(bytes));
            }
        }
        return bits;
    }

    @Test
    void withoutAValidationPartTheShareIsTheOneOfTheSettings() throws IOException {
        assertThat(train(10, 2, Optional.empty()).model().mixture()).isEqualTo(new Mixture(0, 0.5f, 0.5f));
    }

    @Test
    void withoutCandidatesThereIsNoDirectArm() throws IOException {
        Trained one = train(0, 2, Optional.of(VALIDATION));
        assertThat(one.model().direct()).isEmpty();
        assertThat(one.heard()).isEmpty();
    }

    @Test
    void rankingsAreThoseOfTheSummedCandidates() throws IOException {
        LabelModel model = train(10, 2, Optional.of(VALIDATION)).model();
        DirectArm arm = model.direct().orElseThrow();
        model.mixture(new Mixture(0, 0.4f, 0.6f));
        try (Workers workers = new Workers(2)) {
            new Evaluation(model, 64, workers, 1, 5)
                    .rank(VALIDATION, Propensity.DEFAULT, (number, labels, scores, count, truth) -> {
                        float[] expected = sums(model, arm, truth, workers);
                        assertThat(count).isEqualTo(5);
                        for (int rank = 0; rank < count; rank++) {
                            assertThat(scores[rank]).isCloseTo(expected[labels[rank]], within(1e-4f));
                            assertThat(rank == 0 || scores[rank] <= scores[rank - 1])
                                    .isTrue();
                        }
                        java.util.Arrays.sort(expected);
                        assertThat(scores[4]).isCloseTo(expected[LABELS - 5], within(1e-4f));
                    });
        }
    }

    /** Sums of both arms for the ten labels of highest score by the embedding arm, minus infinity for the others. */
    private static float[] sums(LabelModel model, DirectArm arm, Example example, Workers workers) {
        float[] embedding = new float[LABELS];
        SparseBatch batch = new SparseBatch();
        batch.add(example.features, example.weights, example.featureCount);
        new Workspace(model, 1).scores(batch, workers, (worker, label, scores) -> embedding[label] = scores[0]);
        float[] sorted = embedding.clone();
        java.util.Arrays.sort(sorted);
        float[] sums = new float[LABELS];
        for (int label = 0; label < LABELS; label++) {
            float direct = arm.score(label, example.features, example.weights, 0, example.featureCount);
            // the tenth may differ in its last bits
            sums[label] = embedding[label] >= sorted[LABELS - 10] - 1e-6f
                    ? 0.4f * embedding[label] + 0.6f * direct
                    : Float.NEGATIVE_INFINITY;
        }
        return sums;
    }
}
