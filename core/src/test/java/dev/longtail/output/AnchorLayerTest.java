package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorLayerTest {

    private static final int LABELS = 330;
    private static final int INPUTS = 70;
    private static final int BATCH = 8;
    private static final OutputConfig CONFIG = new OutputConfig(
            OutputConfig.Kind.ANCHORS, 21, 1, OutputConfig.Order.NUMBERS, 100, Weights.Format.FLOAT32, 13, 0);

    private static Panel hidden(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Panel hidden = Panel.of(INPUTS * BATCH);
        for (int i = 0; i < INPUTS * BATCH; i++) {
            hidden.values()[hidden.at(i)] = (float) random.nextGaussian();
        }
        return hidden;
    }

    private static OutputBatch batch(long step, RowRanges rows) {
        Positives positives = new Positives();
        for (int example = 0; example < BATCH; example++) {
            positives.add((int) (step * 37 + example * 11) % LABELS, example);
            positives.add(example, example);
        }
        positives.sort();
        return new OutputBatch(hidden(step), BATCH, positives, 1, rows);
    }

    private static OutputTraining training(OutputLayer layer, Loss loss, Workers workers) {
        OutputTraining.Plan plan = new OutputTraining.Plan(Objective.plain(loss), true, BATCH, 1, 100, true);
        OptimizerConfig rule = OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f);
        return layer.training(plan, rule, RewireConfig.DEFAULT, workers);
    }

    private static float[] bias(float first, float less) {
        float[] bias = new float[LABELS];
        for (int label = 0; label < LABELS; label++) {
            bias[label] = first - label * less;
        }
        return bias;
    }

    /** A layer that has learned something, so that it has links. */
    private static OutputLayer layer(OutputConfig config) {
        OutputLayer layer = config.newLayer(LABELS, INPUTS);
        float[] bias = bias(-1, 0.001f);
        layer.initialise(new OutputLayer.Start(bias, Optional.empty(), 5));
        try (Workers workers = new Workers(2)) {
            OutputTraining training = training(layer, Loss.SQUARED_HINGE, workers);
            training.startEpoch(1);
            for (int step = 1; step <= 20; step++) {
                training.step(batch(step, RowRanges.all()), new StepSize(step, 1), Panel.of(INPUTS * BATCH));
            }
            assertThat(training.scored()).isEqualTo(LABELS);
            assertThat(training.updated()).isBetween(1L, (long) LABELS);
            training.endEpoch();
        }
        return layer;
    }

    @Test
    void scoresStartAtTheBiases() {
        OutputLayer layer = CONFIG.newLayer(LABELS, INPUTS);
        float[] bias = bias(0, 1);
        layer.initialise(new OutputLayer.Start(bias, Optional.empty(), 5));
        try (Workers workers = new Workers(2)) {
            layer.scores(
                    hidden(1),
                    BATCH,
                    workers,
                    (worker, label, scores) -> assertThat(scores).containsOnly(bias[label]));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allWaysToAskForScoresAgree(boolean bytes) {
        OutputLayer layer = bytes ? layer(CONFIG).inBytes() : layer(CONFIG);
        Panel hidden = hidden(50);
        float[][] all = new float[LABELS][];
        PairScorer pairs = layer.pairScorer();
        try (Workers workers = new Workers(3)) {
            layer.scores(hidden, BATCH, workers, (worker, label, scores) -> all[label] = scores.clone());
            TopLabels many = new TopLabels(LABELS, BATCH, 3);
            SearchReport report =
                    layer.index(SearchConfig.EXACT, workers).newSearch(workers).search(hidden, BATCH, BATCH, many);
            assertThat(report.scored()).isEqualTo((long) LABELS * BATCH);
            TopLabels each = new TopLabels(LABELS, BATCH, 3);
            layer.indexForEach().newSearch(workers).search(hidden, BATCH, 5, each);
            for (int example = 0; example < 5; example++) {
                int[] labels = new int[LABELS];
                float[] scores = new float[LABELS];
                float[] single = new float[LABELS];
                float[] x = new float[INPUTS];
                assertThat(many.result(example, labels, scores)).isEqualTo(LABELS);
                for (int i = 0; i < LABELS; i++) {
                    assertThat(scores[i]).isEqualTo(all[labels[i]][example]);
                }
                assertThat(each.result(example, labels, scores)).isEqualTo(LABELS);
                ExactSearch.column(hidden, BATCH, example, INPUTS, x, 0);
                pairs.score(x, 0, labels, LABELS, single);
                assertThat(single).isEqualTo(scores);
                for (int i = 0; i < LABELS; i++) {
                    assertThat(scores[i]).isCloseTo(all[labels[i]][example], within(1e-5f));
                }
            }
        }
        assertThat(Arrays.stream(all).filter(scores -> scores[0] != scores[1]).count())
                .as("labels with links")
                .isGreaterThan(20);
    }

    @Test
    void onlyTheRowsOfTheBatchTakePart() {
        AnchorLayer layer = (AnchorLayer) layer(CONFIG);
        AnchorLayer other = (AnchorLayer) layer(CONFIG);
        RowRanges some = new RowRanges();
        some.add(0, 9);
        some.add(200, 300);
        Positives positives = new Positives();
        positives.add(4, 0);
        positives.add(250, 1);
        positives.sort();
        try (Workers workers = new Workers(2)) {
            OutputTraining training = training(layer, Loss.LOGISTIC, workers);
            OutputBatch batch = new OutputBatch(hidden(3), BATCH, positives, 1, some);
            training.step(batch, new StepSize(1, 1), Panel.of(INPUTS * BATCH));
            assertThat(training.scored()).isEqualTo(109);
        }
        for (int label = 0; label < LABELS; label++) {
            boolean inside = label < 9 || (label >= 200 && label < 300);
            assertThat(bias(layer)[label] != bias(other)[label])
                    .as("label " + label)
                    .isEqualTo(inside);
            if (!inside) {
                assertThat(links(layer, label)).isEqualTo(links(other, label));
            }
        }
        assertThat(links(layer, 250)).isNotEqualTo(links(other, 250));
    }

    private static float[] bias(AnchorLayer layer) {
        return ((Tensor.Floats) layer.tensors().get(0)).pages().get(0);
    }

    private static float[] links(AnchorLayer layer, int label) {
        float[] row = new float[layer.table().count()];
        layer.table().transform().addRow(label, 1, row, 0);
        return row;
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        OutputLayer layer = layer(CONFIG);
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> layer.index(new SearchConfig(SearchConfig.Mode.PRUNED, 1, 64), workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("exact where output.kind is anchors");
            assertThatThrownBy(() -> layer.withFanIn(3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("fixed fan-in");
            assertThatThrownBy(() -> training(layer.inBytes(), Loss.LOGISTIC, workers))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("8 bits");
        }
        List<Tensor> fewer = new ArrayList<>(Settings.override(CONFIG, Map.of("anchorLayer.count", "40"))
                .newLayer(LABELS, INPUTS)
                .changing());
        assertThatThrownBy(() -> layer.take(fewer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("those of its settings, 256");
    }

    @ParameterizedTest
    @CsvSource({
        "weights, bfloat16, float32 where",
        "order, clusters, numbers where",
        "anchorLayer.count, 0, count",
        "anchorLayer.growth, 0, growth",
        "anchorLayer.layout, full, mostLinks",
        "anchorLayer.least, -1, least",
        "anchorLayer.orthogonality, -1, orthogonality",
        "anchorLayer.anchorRate, -1, anchorRate",
        "anchorLayer.penalty.l1, -1, l1"
    })
    void settingsAreChecked(String setting, String value, String named) {
        assertThatThrownBy(() -> Settings.override(CONFIG, Map.of(setting, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 16, auto, true",
        "64, 0, auto, false",
        "64, 40, auto, true",
        "16, 16, auto, false",
        "64, 0, sparse, true"
    })
    void linksAreStoredSparselyWhereThatIsSmaller(int count, int most, String layout, boolean sparse) {
        OutputConfig config = Settings.override(
                CONFIG,
                Map.of(
                        "anchorLayer.count", Integer.toString(count),
                        "anchorLayer.mostLinks", Integer.toString(most),
                        "anchorLayer.layout", layout));
        assertThat(config.anchorLayer().isSparse()).isEqualTo(sparse);
        AnchorLayer layer = (AnchorLayer) layer(config);
        assertThat(layer.table().transform() instanceof dev.longtail.matrix.GrowingFactor)
                .isEqualTo(sparse);
    }
}
