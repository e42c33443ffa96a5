package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
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
import org.junit.jupiter.params.provider.ValueSource;

class PrunedSearchTest {

    private static final int LABELS = 1100;
    private static final int INPUTS = 90;
    private static final int TOP = 7;

    /** What rows hold. */
    private enum Content {
        RANDOM,
        /** Each group of ten labels has the same weights, and many have none. */
        TIES,
        /** Weights of a label decay, so that bounds work; biases differ. */
        DECAYING,
    }

    static Stream<Arguments> layers() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (Content content : Content.values()) {
            for (OutputConfig.Kind kind : EnumSet.complementOf(EnumSet.of(OutputConfig.Kind.ANCHORS))) {
                for (Weights.Format format : Weights.Format.values()) {
                    all.add(Arguments.of(content, config(kind, 40, 1, OutputConfig.Order.NUMBERS, format)));
                    all.add(Arguments.of(content, config(kind, 16, 1, OutputConfig.Order.RANDOM_CLUSTERS, format)));
                }
            }
            all.add(Arguments.of(
                    content,
                    config(
                            OutputConfig.Kind.FIXED_FAN_IN,
                            33,
                            16,
                            OutputConfig.Order.CLUSTERS,
                            Weights.Format.BFLOAT16)));
        }
        return all.build();
    }

    private static OutputConfig config(
            OutputConfig.Kind kind, int fanIn, int group, OutputConfig.Order order, Weights.Format format) {
        return new OutputConfig(kind, fanIn, group, order, 100, format, 24, 0);
    }

    private static OutputLayer layer(OutputConfig config, Content content) {
        SplittableRandom random = new SplittableRandom(11);
        float[] bias = new float[LABELS];
        for (int label = 0; label < LABELS && content == Content.DECAYING; label++) {
            bias[label] = -2 - (float) random.nextDouble();
        }
        int[] order = new int[LABELS];
        Arrays.setAll(order, row -> (int) (row * 7L % LABELS)); // 7 and 1100 share no factor
        OutputLayer layer = config.newLayer(LABELS, INPUTS);
        layer.initialise(new OutputLayer.Start(
                bias, config.isOrdered() ? Optional.of(new LabelClusters(11, order)) : Optional.empty(), 5));
        fill(layer, content, random);
        return layer;
    }

    private static void fill(OutputLayer layer, Content content, SplittableRandom random) {
        RowsLayer rows = layer instanceof BottleneckLayer narrow ? narrow.scorer() : (RowsLayer) layer;
        for (int shard = 0; shard < rows.shards().count(); shard++) {
            LabelRows labels = rows.rows(shard);
            for (int label = 0; label < labels.labels(); label++) {
                for (int slot = 0; slot < labels.width(); slot++) {
                    int at = label * labels.width() + slot;
                    labels.weights()
                            .set(
                                    at,
                                    switch (content) {
                                        case RANDOM -> (float) random.nextGaussian();
                                        case TIES ->
                                            label % 3 == 0 ? 0 : (labels.input(label, slot) * 31 + label / 10) % 5 - 2;
                                        case DECAYING ->
                                            (float) (random.nextGaussian() * 3 / (1 + slot) / (1 + label % 50));
                                    });
                }
            }
        }
    }

    private static Panel hidden(int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Panel hidden = Panel.of(INPUTS * batch);
        for (int i = 0; i < INPUTS * batch; i++) {
            // whole numbers: with the weights of TIES every sum is exact
            hidden.values()[hidden.at(i)] = random.nextInt(-3, 4);
        }
        return hidden;
    }

    private record Found(int[] labels, float[] scores) {}

    private static Found[] search(
            SearchIndex index, Panel hidden, int batch, int examples, Workers workers, int top, long[] skipped) {
        TopLabels into = new TopLabels(top, batch, workers.threads());
        SearchReport report = index.newSearch(workers).search(hidden, batch, examples, into);
        skipped[0] += report.skipped();
        assertThat(report.examples()).isEqualTo(examples);
        assertThat(report.scored() + report.skipped()).isEqualTo((long) LABELS * examples);
        assertThat(report.weights()).isPositive();
        assertThat(report.scored()).isGreaterThanOrEqualTo((long) top * examples);
        Found[] found = new Found[examples];
        for (int example = 0; example < examples; example++) {
            found[example] = new Found(new int[top], new float[top]);
            assertThat(into.result(example, found[example].labels, found[example].scores))
                    .isEqualTo(top);
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void withConfidenceOneTheAnswerIsTheExactOneToTheBit(Content content, OutputConfig config) {
        OutputLayer layer = layer(config, content);
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            for (int blockSize : new int[] {1, 37, 4096}) {
                SearchIndex index = layer.index(
                        new SearchConfig(SearchConfig.Mode.PRUNED, 1, blockSize), blockSize == 1 ? one : three);
                long[] skipped = new long[1];
                for (int batch : new int[] {1, 3, 20}) {
                    Panel hidden = hidden(batch, batch);
                    Found[] exact = search(layer.indexForEach(), hidden, batch, batch, one, TOP, new long[1]);
                    Found[] pruned = search(index, hidden, batch, batch, three, TOP, skipped);
                    for (int example = 0; example < batch; example++) {
                        assertThat(pruned[example].labels).isEqualTo(exact[example].labels);
                        assertThat(pruned[example].scores).isEqualTo(exact[example].scores);
                    }
                }
                if (blockSize > LABELS) {
                    assertThat(skipped[0])
                            .as("the first block shows what there is to beat")
                            .isZero();
                } else if (content == Content.DECAYING) {
                    assertThat(skipped[0]).as("labels given up").isPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void searchesForOneExampleAndForManyAgreeWithAllScores(Content content, OutputConfig config) {
        OutputLayer layer = layer(config, content);
        int batch = 5;
        Panel hidden = hidden(batch, 3);
        float[][] all = new float[LABELS][];
        try (Workers workers = new Workers(2)) {
            layer.scores(hidden, batch, workers, (worker, label, scores) -> all[label] = scores.clone());
            for (SearchIndex exact :
                    new SearchIndex[] {layer.index(SearchConfig.EXACT, workers), layer.indexForEach()}) {
                for (int examples : new int[] {1, 2, 5}) {
                    Found[] found = search(exact, hidden, batch, examples, workers, TOP, new long[1]);
                    for (int example = 0; example < examples; example++) {
                        assertBest(all, example, found[example]);
                    }
                }
            }
        }
    }

    /** That the scores are the largest ones, up to rounding, and belong to the labels. */
    private static void assertBest(float[][] all, int example, Found found) {
        float[] scores = new float[LABELS];
        for (int label = 0; label < LABELS; label++) {
            scores[label] = all[label][example];
        }
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        for (int rank = 0; rank < found.labels.length; rank++) {
            float tolerance = 1e-4f * (1 + Math.abs(found.scores[rank]));
            assertThat(found.scores[rank]).isCloseTo(sorted[LABELS - 1 - rank], within(tolerance));
            assertThat(found.scores[rank]).isCloseTo(scores[found.labels[rank]], within(tolerance));
        }
        assertThat(found.labels).doesNotHaveDuplicates();
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.api.Assertions.within(tolerance);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatIsSkippedDoesNotDependOnTheThreads(int threads) {
        OutputConfig config =
                config(OutputConfig.Kind.FIXED_FAN_IN, 40, 1, OutputConfig.Order.NUMBERS, Weights.Format.FLOAT32);
        OutputLayer layer = layer(config, Content.DECAYING);
        Panel hidden = hidden(9, 1);
        try (Workers one = new Workers(1);
                Workers several = new Workers(threads)) {
            TopLabels top = new TopLabels(TOP, 9, one.threads());
            TopLabels other = new TopLabels(TOP, 9, threads);
            SearchConfig settings = SearchConfig.pruned(0.5f);
            SearchReport expected = layer.index(settings, one).newSearch(one).search(hidden, 9, 9, top);
            SearchReport report =
                    layer.index(settings, several).newSearch(several).search(hidden, 9, 9, other);
            assertThat(report).isEqualTo(expected);
            assertThat(report.blocks()).isEqualTo(9L * 18); // 1100 labels in blocks of 64
            assertThat(report.blocksSkipped()).isBetween(1L, report.blocks());
            assertThat(report.weights()).isEqualTo(9L * LABELS * 40);
            assertThat(report.weightsRead()).isBetween(9L * TOP * 40 * 2, report.weights());
            assertThat(report.skippedShare()).isEqualTo(report.skipped() / (9.0 * LABELS));
        }
    }

    @Test
    void lowerConfidenceReadsLess() {
        OutputConfig config =
                config(OutputConfig.Kind.FIXED_FAN_IN, 80, 1, OutputConfig.Order.NUMBERS, Weights.Format.FLOAT32);
        OutputLayer layer = layer(config, Content.RANDOM);
        Panel hidden = hidden(20, 8);
        long before = Long.MAX_VALUE;
        try (Workers workers = new Workers(1)) {
            for (float confidence : new float[] {1, 0.7f, 0.4f, 0.1f}) {
                SearchReport report = layer.index(SearchConfig.pruned(confidence), workers)
                        .newSearch(workers)
                        .search(hidden, 20, 20, new TopLabels(TOP, 20, 1));
                assertThat(report.weightsRead()).isLessThan(before);
                before = report.weightsRead();
            }
        }
    }

    @Test
    void slotsOfOneInputAreBoundedTogether() {
        OutputConfig config =
                config(OutputConfig.Kind.FIXED_FAN_IN, 34, 1, OutputConfig.Order.NUMBERS, Weights.Format.FLOAT32);
        RowsLayer layer = (RowsLayer) layer(config, Content.RANDOM);
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = (FixedFanIn) layer.rows(shard);
            for (int label = 0; label < rows.labels(); label++) {
                for (int slot = 17; slot < 34; slot++) {
                    rows.connect(label, slot, 3); // half of all slots
                }
            }
        }
        Panel hidden = hidden(8, 2);
        try (Workers workers = new Workers(1)) {
            Found[] exact = search(layer.indexForEach(), hidden, 8, 8, workers, TOP, new long[1]);
            Found[] pruned =
                    search(layer.index(SearchConfig.pruned(1), workers), hidden, 8, 8, workers, TOP, new long[1]);
            for (int example = 0; example < 8; example++) {
                assertThat(pruned[example].labels).isEqualTo(exact[example].labels);
            }
        }
    }

    @Test
    void theIndexTellsWhatItCosts() {
        OutputConfig config =
                config(OutputConfig.Kind.FIXED_FAN_IN, 40, 1, OutputConfig.Order.NUMBERS, Weights.Format.FLOAT32);
        OutputLayer layer = layer(config, Content.RANDOM);
        try (Workers workers = new Workers(1)) {
            SearchIndex index = layer.index(SearchConfig.pruned(1), workers);
            // weight 4 and index 2 bytes a slot; row 4, bias 4, two rests of 4 bytes a label
            assertThat(index.bytes()).isEqualTo(LABELS * (40L * 6 + 16));
            assertThat(index.seconds()).isPositive();
            assertThat(layer.index(SearchConfig.EXACT, workers).bytes()).isZero();
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> SearchConfig.pruned(0)).hasMessageContaining("confidence must be above 0");
        assertThatThrownBy(() -> SearchConfig.pruned(1.1f)).hasMessageContaining("at most 1, got 1.1");
        assertThatThrownBy(() -> SearchConfig.pruned(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchConfig(SearchConfig.Mode.PRUNED, 1, 0))
                .hasMessageContaining("blockSize");
    }
}
