package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectArm;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.model.Workspace;
import dev.longtail.output.SearchConfig;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose candidates are found by an association arm, with and without an embedding arm. */
class ThreeArmsTest {

    private static final int LABELS = 100;
    private static final int CANDIDATES = 12;
    private static final Examples TRAIN = Planted.examples(1500, LABELS, 1);
    private static final Examples VALIDATION = Planted.examples(400, LABELS, 2);

    @TempDir
    Path folder;

    private static LabelConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "maxEpochs", "2",
                "association.slots", "30",
                "train.negatives", "5",
                "direct.candidates", "" + CANDIDATES,
                "calibration.kind", "none"));
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(LabelConfig.embedding(16, 8), values);
    }

    /** What a listener hears. */
    private static final class Heard implements TrainListener {
        final List<String> arms = new ArrayList<>();
        final List<DirectReport> parts = new ArrayList<>();
        final List<StepRecord> steps = new ArrayList<>();

        @Override
        public void step(StepRecord step) {
            steps.add(step);
        }

        @Override
        public void direct(DirectReport report) {
            parts.add(report);
        }

        @Override
        public void association(AssociationArm arm) {
            arms.add("association " + arm.candidates());
        }

        @Override
        public void direct(DirectArm arm) {
            arms.add("direct " + arm.candidates());
        }

        @Override
        public void mixture(Mixture mixture) {
            arms.add("mixture " + mixture);
        }
    }

    private record Trained(LabelModel model, List<EpochReport> epochs, Heard heard) {}

    private Trained train(LabelConfig config, int threads, Optional<Examples> validation) throws IOException {
        LabelModel model = Planted.model(config.model(), LABELS);
        Heard heard = new Heard();
        try (Workers workers = new Workers(threads)) {
            List<EpochReport> epochs = new LabelTrainer(config.train(), config.rewire(), workers, heard, folder)
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

    @ParameterizedTest
    @ValueSource(strings = {"model.embedding=true", "model.embedding=false"})
    void labelsAreLearned(String embedding) throws IOException {
        Trained trained = train(config(embedding), 2, Optional.of(VALIDATION));

        assertThat(measure(trained.model(), Planted.examples(400, LABELS, 3))
                        .at(1)
                        .precision())
                .isGreaterThan(0.9);
        assertThat(EpochReport.bestOf(trained.epochs()).validation().orElseThrow())
                .isEqualTo(measure(trained.model(), VALIDATION));
        assertThat(trained.heard().arms)
                .containsExactly(
                        "association " + CANDIDATES,
                        "direct " + CANDIDATES,
                        "mixture " + trained.model().mixture());
        assertThat(trained.heard().parts)
                .contains(new DirectReport(DirectReport.Part.CANDIDATES, TRAIN.size(), TRAIN.size()))
                .last()
                .isEqualTo(new DirectReport(DirectReport.Part.LABELS, LABELS, LABELS));
    }

    @Test
    void withoutAnEmbeddingArmThereIsNothingToLearnInEpochs() throws IOException {
        Trained trained = train(config("model.embedding=false"), 2, Optional.of(VALIDATION));
        assertThat(trained.model().tensors()).isEmpty();
        assertThat(trained.model().mixture().embedding()).isZero();
        assertThat(trained.heard().steps).isEmpty();
        assertThat(trained.epochs()).singleElement().satisfies(report -> {
            assertThat(report.epoch()).isZero();
            assertThat(report.best()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.embedding=true",
                "model.embedding=false",
                "storedBits=8",
                "model.output.kind=bottleneck",
                "model.output.kind=anchors"
            })
    void rankingsAreThoseOfTheMixedCandidates(String setting) throws IOException {
        LabelModel model = train(config(setting), 2, Optional.empty()).model();
        model.mixture(new Mixture(0.5f, 0.2f, 0.3f));
        try (Workers workers = new Workers(2)) {
            new Evaluation(model, 64, workers, 1, 5)
                    .rank(VALIDATION, Propensity.DEFAULT, (number, labels, scores, count, truth) -> {
                        Likely found = candidates(model, truth);
                        double[] expected = mixed(model, truth, found, workers);
                        assertThat(count).isEqualTo(Math.min(5, found.count()));
                        double before = Double.POSITIVE_INFINITY;
                        for (int rank = 0; rank < count; rank++) {
                            assertThat(found.margin()[labels[rank]]).isGreaterThan(-1e-6);
                            assertThat((double) scores[rank]).isCloseTo(expected[labels[rank]], within(1e-4));
                            assertThat((double) scores[rank]).isLessThanOrEqualTo(before);
                            before = scores[rank];
                        }
                        int[] best = Arrays.copyOf(labels, count);
                        for (int label = 0; label < LABELS; label++) {
                            if (found.margin()[label] > 1e-6) {
                                int other = label;
                                assertThat(expected[label] < before + 1e-4
                                                || Arrays.stream(best).anyMatch(l -> l == other))
                                        .isTrue();
                            }
                        }
                    });
        }
    }

    /** The direct arm learned to tell candidates apart and nothing else. */
    @Test
    void labelsBeyondTheCandidatesFollowThem() throws IOException {
        LabelModel model = train(config(), 2, Optional.empty()).model();
        model.mixture(new Mixture(0.5f, 0.2f, 0.3f));
        List<int[]> few = rankings(model, CANDIDATES);
        List<int[]> many = rankings(model, 30);
        for (int number = 0; number < few.size(); number++) {
            assertThat(many.get(number)).startsWith(few.get(number));
        }
        assertThat(many).anyMatch(ranking -> ranking.length > CANDIDATES);
    }

    /** First labels of the validation examples; those beyond the candidates are checked to follow the association. */
    private static List<int[]> rankings(LabelModel model, int top) {
        List<int[]> rankings = new ArrayList<>();
        try (Workers workers = new Workers(2)) {
            new Evaluation(model, 64, workers, top)
                    .rank(VALIDATION, Propensity.DEFAULT, (number, labels, scores, count, truth) -> {
                        double[] association = candidates(model, truth).association();
                        for (int rank = 1; rank < count; rank++) {
                            assertThat(scores[rank]).isLessThanOrEqualTo(scores[rank - 1]);
                            if (rank > CANDIDATES) {
                                assertThat(association[labels[rank]])
                                        .isLessThanOrEqualTo(association[labels[rank - 1]] + 1e-6);
                                assertThat((double) scores[rank - 1] - scores[rank])
                                        .isCloseTo(
                                                0.5 * (association[labels[rank - 1]] - association[labels[rank]]),
                                                within(1e-4));
                            }
                        }
                        rankings.add(Arrays.copyOf(labels, count));
                    });
        }
        return rankings;
    }

    /**
     * What the association arm finds.
     *
     * @param association score of each label
     * @param margin how far that is above the score of the last candidate; labels that score the same may differ
     * @param count number of candidates
     */
    private record Likely(double[] association, double[] margin, int count) {}

    private static Likely candidates(LabelModel model, Example example) {
        double[] association = new double[LABELS];
        for (int i = 0; i < example.featureCount; i++) {
            for (int label = 0; label < LABELS; label++) {
                association[label] +=
                        example.weights[i] * model.association().orElseThrow().weight(label, example.features[i]);
            }
        }
        double[] sorted =
                Arrays.stream(association).filter(sum -> sum != 0).sorted().toArray();
        int count = Math.min(CANDIDATES, sorted.length);
        double[] margin = new double[LABELS];
        for (int label = 0; label < LABELS; label++) {
            margin[label] = association[label] == 0 ? -1 : association[label] - sorted[sorted.length - count];
        }
        return new Likely(association, margin, count);
    }

    /** Weighted sums of all arms for all labels. */
    private static double[] mixed(LabelModel model, Example example, Likely found, Workers workers) {
        float[] embedding = embedding(model, example, workers);
        DirectArm direct = model.direct().orElseThrow();
        double[] mixed = new double[LABELS];
        for (int label = 0; label < LABELS; label++) {
            mixed[label] = 0.5 * found.association()[label]
                    + 0.2 * embedding[label]
                    + 0.3 * direct.score(label, example.features, example.weights, 0, example.featureCount);
        }
        return mixed;
    }

    private static float[] embedding(LabelModel model, Example example, Workers workers) {
        float[] embedding = new float[LABELS];
        if (model.config().embedding()) {
            SparseBatch batch = new SparseBatch();
            batch.add(example.features, example.weights, example.featureCount);
            new Workspace(model, 1).scores(batch, workers, (worker, label, scores) -> embedding[label] = scores[0]);
        }
        return embedding;
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.embedding=true", "model.embedding=false", "storedBits=8", "train.negatives=0"})
    void theBitsDoNotDependOnTheNumberOfThreads(String setting) throws IOException {
        List<String> one =
                bits(train(config(setting), 1, Optional.of(VALIDATION)).model());
        List<String> three =
                bits(train(config(setting), 3, Optional.of(VALIDATION)).model());
        assertThat(three).isEqualTo(one).anyMatch(bits -> bits.startsWith("association.weights"));
    }

    private static List<String> bits(LabelModel model) {
        List<Tensor> tensors = new ArrayList<>(model.tensors());
        tensors.addAll(model.association().orElseThrow().tensors());
        tensors.addAll(model.direct().orElseThrow().tensors());
        Mixture mixture = model.mixture();
        List<String> bits =
                new ArrayList<>(List.of(mixture.association() + " " + mixture.embedding() + " " + mixture.direct()));
        for (Tensor tensor : tensors) {
            for (Object page : TensorPages.of(tensor)) {
                byte[] bytes = new byte[TensorPages.length(page) * 4];
                TensorPages.put(page, 0, TensorPages.length(page), ByteBuffer.wrap(bytes));
                bits.add(tensor.name() + " " + Arrays.hashCode(bytes));
            }
        }
        return bits;
    }

    @Test
    void stepsVisitLikelyLabelsOnly() throws IOException {
        List<StepRecord> few = train(config("train.negatives=1", "skip=false", "batch=8"), 2, Optional.empty())
                .heard()
                .steps;
        // 8 examples have 8 labels and a candidate each
        assertThat(few).hasSize(2 * 188).allMatch(step -> step.scored() > 0 && step.scored() <= 16.0 / LABELS);
        List<StepRecord> all = train(config("train.negatives=0", "skip=false", "batch=8"), 2, Optional.empty())
                .heard()
                .steps;
        assertThat(all).allMatch(step -> step.scored() == 1);
    }

    @Test
    void withoutAValidationPartTheMixtureIsThatOfTheSettings() throws IOException {
        String[] shares = {"association.share=0.7", "direct.share=0.4"};
        Mixture three = train(config(shares), 2, Optional.empty()).model().mixture();
        assertThat(three.association()).isEqualTo(0.7f);
        assertThat(three.embedding()).isCloseTo(0.3f * 0.4f, within(1e-6f));
        assertThat(three.direct()).isCloseTo(0.3f * 0.6f, within(1e-6f));
        Mixture two = train(config("model.embedding=false"), 2, Optional.empty())
                .model()
                .mixture();
        assertThat(two.association()).isEqualTo(0.6f);
        assertThat(two.embedding()).isZero();
        assertThat(two.direct()).isCloseTo(0.4f, within(1e-6f));
    }

    /** Every third example of the validation part says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"model.embedding=true", "model.embedding=false"})
    void examplesWithoutFeaturesHaveNoAnswer(String embedding) throws IOException {
        Examples holed = new Examples() {
            @Override
            public int size() {
                return VALIDATION.size();
            }

            @Override
            public void read(int example, Example into) {
                VALIDATION.read(example, into);
                into.featureCount = example % 3 == 0 ? 0 : into.featureCount;
            }
        };
        LabelModel model = train(config(embedding, "calibration.kind=isotonic"), 2, Optional.of(holed))
                .model();
        assertThat(model.calibration()).isPresent();
        try (Workers workers = new Workers(2)) {
            double precision = new Evaluation(model, 64, workers, 1, 5)
                    .rank(
                            holed,
                            Propensity.DEFAULT,
                            (number, labels, scores, count, truth) ->
                                    assertThat(count == 0).isEqualTo(number % 3 == 0))
                    .metrics()
                    .at(1)
                    .precision();
            assertThat(precision).isBetween(0.55, 0.67);
        }
    }

    @Test
    void prunedSearchIsRefused() throws IOException {
        LabelModel model = train(config(), 2, Optional.empty()).model();
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> model.index(SearchConfig.pruned(0.5f), workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "search must be exact for a model whose association arm finds the candidates");
            model.association(Optional.empty());
            assertThat(model.index(SearchConfig.pruned(0.5f), workers).bytes()).isPositive();
        }
    }

    @Test
    void anInterruptedTrainingEnds() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train(config(), 2, Optional.empty()))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("association arm");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aModelWithoutAnEmbeddingArmHasNoEncoder() {
        LabelModel with = Planted.model(config().model(), LABELS);
        LabelModel without = Planted.model(
                config("model.embedding=false", "train.negatives=0").model(), LABELS);
        assertThatThrownBy(() -> with.takeEncoder(without))
                .hasMessageMatching(".*model.embedding must be true for both models.* true here and false there.*");
        assertThatThrownBy(() -> without.takeEncoder(with)).hasMessageContaining("false here and true there");
    }

    @Test
    void armsOfAnotherModelAreRefused() throws IOException {
        LabelModel model = train(config(), 2, Optional.empty()).model();
        LabelModel other = Planted.model(config().model(), LABELS + 1);
        assertThatThrownBy(() -> other.association(model.association()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the association arm must be for 101 labels and 353 features, got 100 and 350");
    }
}
