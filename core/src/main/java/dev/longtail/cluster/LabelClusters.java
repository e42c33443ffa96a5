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

    /** Number of labels. */
    public int labels() {
        return labelOfRow.length;
    }

    /** Where clusters begin in the order. */
    public Shards cut() {
        return new Shards(labelOfRow.length, count, 1);
    }
}
