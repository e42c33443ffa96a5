package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.body.BodyConfig;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.RawExample;
import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.model.Workspace;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search on a trained model: planted labels, of which each has its own features. */
class EvaluationSearchTest {

    private static final int LABELS = 700;
    private static final Examples TEST = Planted.examples(301, LABELS, 2);

    @TempDir
    static Path folder;

    private static final LabelModel MODEL = Planted.model(
            new ModelConfig(
                    new TableConfig(TableConfig.Kind.DENSE, 64, 300, 1),
                    new BodyConfig(0, 0),
                    new OutputConfig(
                            OutputConfig.Kind.FIXED_FAN_IN,
                            48,
                            1,
                            OutputConfig.Order.NUMBERS,
                            100,
                            Weights.Format.FLOAT32,
                            12,
                            0.1f),
                    Loss.SQUARED_HINGE),
            LABELS);

    @BeforeAll
    static void train() throws IOException {
        OptimizerConfig optimizer = OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f);
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.05f, 0.05f);
        TrainConfig config = new TrainConfig(3, 64, 3, true, 3, optimizer, optimizer, optimizer, schedule);
        RewireConfig rewire = RewireConfig.DEFAULT.withPolicy(RewireConfig.Policy.STATIC);
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(config, rewire, workers, TrainListener.SILENT, folder)
                    .train(MODEL, Planted.examples(2000, LABELS, 1), Optional.empty());
        }
    }

    @Test
    void withConfidenceOneNothingIsLost() {
        try (Workers workers = new Workers(2)) {
            SearchIndex index = MODEL.output().index(SearchConfig.pruned(1), workers);
            Evaluation pruned = new Evaluation(MODEL, index, 64, workers, 1, 3, 5).comparing();
            Evaluation exact = new Evaluation(MODEL, MODEL.output().indexForEach(), 64, workers, 1, 3, 5);
            RankingEvaluation found = pruned.rank(TEST, Propensity.DEFAULT);
            RankingEvaluation expected = exact.rank(TEST, Propensity.DEFAULT);
            assertThat(found.metrics().toMap()).isEqualTo(expected.metrics().toMap());
            assertThat(found.metrics().at(1).precision()).isGreaterThan(0.3);
            for (int k : new int[] {1, 3, 5}) {
                assertThat(pruned.recall().orElseThrow().at(k)).isEqualTo(1);
            }
            assertThat(pruned.report().examples()).isEqualTo(TEST.size());
            assertThat(pruned.report().skippedShare()).isBetween(0.5, 1.0);
            assertThat(pruned.report().scored() + pruned.report().skipped()).isEqualTo((long) LABELS * TEST.size());
            assertThat(exact.report().skipped()).isZero();
            assertThat(exact.recall()).isEmpty();
        }
    }

    @Test
    void recallIsTheShareOfTheExactAnswersThatAreFound() {
        try (Workers workers = new Workers(2)) {
            SearchIndex index = MODEL.output().index(SearchConfig.pruned(0.05f), workers);
            Evaluation evaluation = new Evaluation(MODEL, index, 64, workers, 1, 5).comparing();
            evaluation.rank(TEST, Propensity.DEFAULT);
            double found = 0;
            for (int i = 0; i < TEST.size(); i++) {
                List<Integer> exact = fiveBestOfAllScores(i, workers);
                exact.retainAll(searched(i, index, workers));
                found += exact.size();
            }
            double recall = evaluation.recall().orElseThrow().at(5);
            assertThat(recall).isEqualTo(found / (5 * TEST.size()));
            assertThat(recall).isLessThan(1);
        }
    }

    private static Panel hidden(int i, Workers workers) {
        Example example = new Example();
        TEST.read(i, example);
        SparseBatch batch = new SparseBatch();
        batch.add(example.features, example.weights, example.featureCount);
        return new Workspace(MODEL, 1).hidden(batch, workers);
    }

    private static List<Integer> fiveBestOfAllScores(int i, Workers workers) {
        float[] scores = new float[LABELS];
        MODEL.output().scores(hidden(i, workers), 1, workers, (worker, label, score) -> scores[label] = score[0]);
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < LABELS; label++) {
            labels.add(label);
        }
        labels.sort((a, b) -> Float.compare(scores[b], scores[a]));
        return new ArrayList<>(labels.subList(0, 5));
    }

    private static List<Integer> searched(int i, SearchIndex index, Workers workers) {
        TopLabels top = new TopLabels(5, 1, workers.threads());
        index.newSearch(workers).search(hidden(i, workers), 1, 1, top);
        int[] labels = new int[5];
        top.result(0, labels, new float[5]);
        return Arrays.stream(labels).boxed().toList();
    }

    @Test
    void aPredictorPrunesForFewExamplesAndScoresManyExactly() {
        List<RawExample> raw = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawExample example = new RawExample();
            example.features = new int[] {3 * i, 3 * i + 1};
            example.values = new float[] {1, 1};
            example.featureCount = 2;
            example.declaredFeatures = Planted.features(LABELS);
            raw.add(example);
        }
        try (Workers workers = new Workers(2)) {
            SearchIndex index = MODEL.output().index(SearchConfig.pruned(1), workers);
            Predictor one = new Predictor(MODEL, index, 3, workers);
            Predictor many = new Predictor(MODEL, index, 3, workers);
            Predictor exact = new Predictor(MODEL, 3, workers);
            List<List<Suggestion>> together = many.suggest(raw);
            assertThat(many.report().skipped()).isZero();
            assertThat(many.report().scored()).isEqualTo(20L * LABELS);
            for (int i = 0; i < raw.size(); i++) {
                List<Suggestion> alone = one.suggest(raw.get(i));
                assertThat(one.suggest(raw.subList(i, i + 1)).get(0)).isEqualTo(alone);
                assertThat(exact.suggest(raw.get(i))).isEqualTo(alone);
                assertThat(ids(alone)).isEqualTo(ids(together.get(i)));
                assertThat(alone.get(0).score())
                        .isCloseTo(together.get(i).get(0).score(), org.assertj.core.api.Assertions.within(1e-5f));
            }
            assertThat(one.report().examples()).isEqualTo(40);
            assertThat(exact.report().skipped()).isZero();
            assertThat(one.report().skipped()).isPositive();
        }
    }

    private static List<String> ids(List<Suggestion> suggestions) {
        return suggestions.stream().map(Suggestion::id).toList();
    }
}
