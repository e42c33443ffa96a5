package dev.longtail.cluster;

import dev.longtail.config.Require;
import dev.longtail.data.Examples;
import dev.longtail.data.Permutation;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Builds clusters of labels; the result depends on its components and the examples, not on the number of threads.
 *
 * @param labels number of labels
 * @param features number of features
 * @param clusterSize labels of a cluster at most, at least 2
 * @param seed of everything random
 */
public record ClusterBuilder(int labels, int features, int clusterSize, long seed) {

    public ClusterBuilder {
        Require.that(labels >= 1, "labels", "at least 1", labels);
        Require.that(clusterSize >= 2, "clusterSize", "at least 2", clusterSize);
    }

    /**
     * Labels that similar examples carry are put together: all labels are halved by balanced 2-means, the halves are
     * halved again, until the clusters are there. Neighbouring clusters are similar too.
     *
     * <p>Memory: at most 64 features a label (8 bytes each; fewer, down to 8, where labels are more than 524,288) from
     * at most 100 of its examples (fewer, down to 4, beyond 671,088 labels), and 16 bytes a feature and worker.
     *
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public LabelClusters similar(Examples examples, Workers workers) {
        LabelVectors vectors = LabelVectors.of(examples, labels, workers);
        int[] order = new int[labels];
        Arrays.setAll(order, label -> label);
        long[] keys = new long[labels];
        BalancedSplit[] splits = new BalancedSplit[workers.threads()];
        Arrays.setAll(splits, worker -> new BalancedSplit(vectors, features));
        Shards cut = LabelClusters.cut(labels, clusterSize);
        for (int width = cut.count(); width > 1; width /= 2) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("clustering of labels was interrupted");
            }
            int clusters = width;
            workers.run(cut.count() / clusters, (number, worker) -> {
                int first = number * clusters;
                BalancedSplit.Node node = new BalancedSplit.Node(
                        cut.first(first), cut.first(first + clusters / 2), cut.first(first + clusters));
                splits[worker].split(order, keys, node, RandomStream.of(seed, clusters, number));
            });
        }
        return new LabelClusters(cut.count(), order);
    }

    /** Clusters of the same sizes, their labels drawn at random. */
    public LabelClusters random() {
        return new LabelClusters(LabelClusters.count(labels, clusterSize), Permutation.of(labels, seed, 0));
    }
}
