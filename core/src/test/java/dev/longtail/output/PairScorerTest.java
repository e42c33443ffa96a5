package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.Weights;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PairScorerTest {

    private static final int LABELS = 330;
    private static final int INPUTS = 70;
    private static final int BATCH = 8;

    static Stream<Arguments> layers() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (OutputConfig.Kind kind : EnumSet.complementOf(EnumSet.of(OutputConfig.Kind.ANCHORS))) {
            for (Weights.Format format : Weights.Format.values()) {
                for (boolean bytes : new boolean[] {false, true}) {
                    all.add(Arguments.of(config(kind, 1, OutputConfig.Order.NUMBERS, format), bytes));
                    all.add(Arguments.of(config(kind, 1, OutputConfig.Order.RANDOM_CLUSTERS, format), bytes));
                }
            }
        }
        all.add(Arguments.of(groups(), false));
        all.add(Arguments.of(groups(), true));
        return all.build();
    }

    private static OutputConfig groups() {
        return config(OutputConfig.Kind.FIXED_FAN_IN, 16, OutputConfig.Order.CLUSTERS, Weights.Format.FLOAT32);
    }

    private static OutputConfig config(
            OutputConfig.Kind kind, int group, OutputConfig.Order order, Weights.Format format) {
        return new OutputConfig(kind, 21, group, order, 100, format, 13, 0);
    }

    private static OutputLayer layer(OutputConfig config, boolean bytes) {
        SplittableRandom random = new SplittableRandom(11);
        float[] bias = new float[LABELS];
        for (int label = 0; label < LABELS; label++) {
            bias[label] = (float) random.nextDouble(-2, 0);
        }
        int[] order = new int[LABELS];
        Arrays.setAll(order, row -> (int) (row * 7L % LABELS)); // 7 and 330 share no factor
        OutputLayer layer = config.newLayer(LABELS, INPUTS);
        layer.initialise(new OutputLayer.Start(
                bias, config.isOrdered() ? Optional.of(new LabelClusters(4, order)) : Optional.empty(), 5));
        RowsLayer rows = layer instanceof BottleneckLayer narrow ? narrow.scorer() : (RowsLayer) layer;
        for (int shard = 0; shard < rows.shards().count(); shard++) {
            LabelRows labels = rows.rows(shard);
            for (int at = 0; at < labels.labels() * labels.width(); at++) {
                labels.weights().set(at, (float) random.nextGaussian() / 4);
            }
        }
        return bytes ? layer.inBytes() : layer;
    }

    private static Panel hidden() {
        SplittableRandom random = new SplittableRandom(3);
        Panel hidden = Panel.of(INPUTS * BATCH);
        for (int i = 0; i < INPUTS * BATCH; i++) {
            hidden.values()[hidden.at(i)] = (float) random.nextGaussian();
        }
        return hidden;
    }

    /** The hidden vector of an example behind so many other numbers. */
    private static float[] column(Panel hidden, int example, int offset) {
        float[] x = new float[offset + INPUTS];
        Arrays.fill(x, 99);
        ExactSearch.column(hidden, BATCH, example, INPUTS, x, offset);
        return x;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void scoresAreThoseOfTheLayer(OutputConfig config, boolean bytes) {
        OutputLayer layer = layer(config, bytes);
        Panel hidden = hidden();
        float[][] all = new float[LABELS][];
        try (Workers workers = new Workers(2)) {
            layer.scores(hidden, BATCH, workers, (worker, label, scores) -> all[label] = scores.clone());
        }
        PairScorer scorer = layer.pairScorer();
        int[] labels = {LABELS - 1, 0, 3, 3, 200, 64, 65, 17};
        for (int example = 0; example < BATCH; example++) {
            float[] scores = new float[labels.length];
            Arrays.fill(scores, 7);
            scorer.score(column(hidden, example, 5), 5, labels, 7, scores);
            for (int i = 0; i < 7; i++) {
                assertThat(scores[i]).isCloseTo(all[labels[i]][example], within(1e-5f));
            }
            assertThat(scores[7]).as("not asked for").isEqualTo(7);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void bitsAreThoseOfTheSearchForOneExample(OutputConfig config, boolean bytes) {
        OutputLayer layer = layer(config, bytes);
        Panel hidden = hidden();
        PairScorer scorer = layer.pairScorer();
        try (Workers workers = new Workers(1)) {
            TopLabels all = new TopLabels(LABELS, BATCH, 1);
            layer.indexForEach().newSearch(workers).search(hidden, BATCH, BATCH, all);
            for (int example = 0; example < BATCH; example++) {
                int[] labels = new int[LABELS];
                float[] expected = new float[LABELS];
                assertThat(all.result(example, labels, expected)).isEqualTo(LABELS);
                float[] scores = new float[LABELS];
                scorer.score(column(hidden, example, 0), 0, labels, LABELS, scores);
                float tolerance = layer instanceof RowsLayer ? 0 : 1e-5f; // a batch is projected in another order
                assertThat(scores).containsExactly(expected, within(tolerance));
            }
        }
    }

    @Test
    void aModelWithoutALayerScoresZero() {
        float[] scores = {1, 2, 3};
        new NoLayer(9).pairScorer().score(new float[0], 0, new int[] {8, 0, 1}, 2, scores);
        assertThat(scores).containsExactly(0, 0, 3);
    }
}
