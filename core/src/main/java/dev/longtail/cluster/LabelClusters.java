package dev.longtail.cluster;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;

/**
 * A partition of the labels into clusters of equal size (within one), and with it an order of the labels in which every
 * cluster is contiguous: cluster c holds the rows {@code cut().first(c)} to {@code cut().first(c + 1)}.
 *
 * @param count number of clusters
 * @param labelOfRow the label at each place of the order, a permutation of all labels
 */
public record LabelClusters(int count, int[] labelOfRow) {

    public LabelClusters {
        Require.that(
                count >= 1 && count <= Math.max(1, labelOfRow.length),
                "count",
                "in [1, labels = " + labelOfRow.length + "]",
                count);
    }

    /**
     * The number of clusters: the smallest power of two, so that halving leads to them, at which none has more labels
     * than {@code clusterSize}.
     *
     * @param clusterSize labels of a cluster at most, at least 2
     */
    public static int count(int labels, int clusterSize) {
        Require.that(clusterSize >= 2, "clusterSize", "at least 2", clusterSize);
        int count = 1;
        while ((labels + count - 1L) / count > clusterSize) {
            count *= 2;
        }
        return count;
    }

    /** Where clusters of at most {@code clusterSize} labels begin in an order of {@code labels} labels. */
    public static Shards cut(int labels, int clusterSize) {
        return new Shards(labels, count(labels, clusterSize), 1);
    }

    /** Number of labels. */
    public int labels() {
        return labelOfRow.length;
    }

    /** Where clusters begin in the order. */
    public Shards cut() {
        return new Shards(labelOfRow.length, count, 1);
    }
}
