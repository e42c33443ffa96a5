package dev.longtail.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterBuilderTest {

    private static final int TOPICS = 16;
    private static final int FEATURES = TOPICS * 10;

    /** Label l belongs to topic l % 16; an example has features of the topic of its labels, and one of another. */
    private static Examples planted(int labels, int perLabel) {
        return new Examples() {
            @Override
            public int size() {
                return labels * perLabel;
            }

            @Override
            public void read(int example, Example into) {
                SplittableRandom random = new SplittableRandom(example * 77L);
                int label = example % labels;
                into.labels[0] = label;
                into.labelCount = 1;
                into.featureCount = 0;
                for (int i = 0; i < 10; i++) {
                    if (random.nextInt(10) < 7) {
                        into.features[into.featureCount] = label % TOPICS * 10 + i;
                        into.weights[into.featureCount++] = 0.5f + random.nextFloat();
                    }
                }
                into.features[into.featureCount] = random.nextInt(FEATURES);
                into.weights[into.featureCount++] = 0.5f;
            }
        };
    }

    private static LabelClusters similar(Examples examples, int labels, int clusterSize, int threads) {
        try (Workers workers = new Workers(threads)) {
            return new ClusterBuilder(labels, FEATURES, clusterSize, 5).similar(examples, workers);
        }
    }

    /** LF-AmazonTitles-131K has 2,048 clusters, one of them with 65 labels (SPARTEX 2.5). */
    @ParameterizedTest
    @CsvSource({"131073,100,2048", "670091,100,8192", "1,2,1", "3,2,2", "5,2,4", "100,100,1", "101,100,2"})
    void theNumberOfClustersIsTheSmallestPowerOfTwoThatKeepsThemSmall(int labels, int size, int count) {
        Shards cut = LabelClusters.cut(labels, size);
        assertThat(cut.count()).isEqualTo(count);
        int largest = 0;
        int smallest = labels;
        for (int cluster = 0; cluster < count; cluster++) {
            largest = Math.max(largest, cut.size(cluster));
            smallest = Math.min(smallest, cut.size(cluster));
        }
        assertThat(largest).isLessThanOrEqualTo(size);
        assertThat(largest - smallest).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 130, 333})
    void clustersArePermutationsOfTheLabels(int labels) {
        int[] identity = new int[labels];
        Arrays.setAll(identity, i -> i);
        LabelClusters similar = similar(planted(labels, 2), labels, 3, 2);
        LabelClusters random = new ClusterBuilder(labels, FEATURES, 3, 5).random();
        assertThat(similar.labelOfRow().clone()).containsExactlyInAnyOrder(identity);
        assertThat(random.labelOfRow().clone()).containsExactlyInAnyOrder(identity);
        assertThat(random.count()).isEqualTo(similar.count());
    }

    @Test
    void plantedTopicsAreFoundAndRandomClustersAreSomethingElse() {
        int labels = 40 * TOPICS;
        LabelClusters similar = similar(planted(labels, 5), labels, 40, 2);
        LabelClusters random = new ClusterBuilder(labels, FEATURES, 40, 5).random();
        assertThat(similar.count()).isEqualTo(TOPICS);
        assertThat(purity(similar)).isGreaterThan(0.9);
        assertThat(purity(random)).isLessThan(0.3);
    }

    /** Share of labels that belong to the topic that is most frequent in their cluster. */
    private static double purity(LabelClusters clusters) {
        Shards cut = clusters.cut();
        int pure = 0;
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            int[] topics = new int[TOPICS];
            for (int row = cut.first(cluster); row < cut.first(cluster + 1); row++) {
                topics[clusters.labelOfRow()[row] % TOPICS]++;
            }
            pure += Arrays.stream(topics).max().orElseThrow();
        }
        return (double) pure / clusters.labels();
    }

    @Test
    void threadsDoNotMatterAndTheSeedDoes() {
        int labels = 900;
        Examples examples = planted(labels, 3);
        int[] one = similar(examples, labels, 10, 1).labelOfRow();
        assertThat(similar(examples, labels, 10, 4).labelOfRow()).isEqualTo(one);
        try (Workers workers = new Workers(2)) {
            ClusterBuilder other = new ClusterBuilder(labels, FEATURES, 10, 6);
            assertThat(other.similar(examples, workers).labelOfRow()).isNotEqualTo(one);
            assertThat(other.random().labelOfRow())
                    .isNotEqualTo(
                            new ClusterBuilder(labels, FEATURES, 10, 5).random().labelOfRow());
        }
    }

    @Test
    void labelsWithoutExamplesGetPlacesToo() {
        Examples examples = planted(20, 2);
        LabelClusters clusters = similar(examples, 50, 5, 2);
        int[] identity = new int[50];
        Arrays.setAll(identity, i -> i);
        assertThat(clusters.labelOfRow().clone()).containsExactlyInAnyOrder(identity);
        assertThat(clusters.count()).isEqualTo(16);
    }

    @Test
    void anInterruptEndsTheWork() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> similar(planted(20, 2), 20, 5, 1)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
