package dev.longtail.output;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.matrix.Weights;

/**
 * The shape of the output layer.
 *
 * @param kind which layer
 * @param fanIn connections of a label in the fixed fan-in layer, at least 1
 * @param group neighbouring labels that share their inputs, at least 1; more than 1 needs an order by clusters
 * @param order in which labels are kept
 * @param clusterSize labels of a cluster at most, at least 2
 * @param weights format of the weights
 * @param rank width of the bottleneck layer, at least 1
 * @param slack how far below the loss's own start the biases start, at least 0. With squared hinge and biases that are
 *     not learned, a negative then has no gradient until the label's weights add more than this to its score. Small
 *     accidental scores no longer count: on 120,000 documents of finna-yso-en a slack of 0.1 raised validation P@1
 *     from 23.7 to 26.4 % and lowered the time of an epoch from 28 to 23 s (bench/results/finna-ideas.md).
 * @param anchorLayer of the kind of that name
 */
public record OutputConfig(
        @Setting("output layer: fixed-fan-in; anchors, which makes the weights of each label from a few anchors; or one"
                + " of the baselines dense and bottleneck")
        Kind kind,

        @Setting("connections of each label in the fixed-fan-in layer; at most the number of hidden units")
        int fanIn,

        @Setting("neighbouring labels of a cluster that share their inputs: 1, or 16, 32 or 64 for speed")
        int group,

        @Setting("order in which labels are kept: numbers as they were read, clusters of labels with similar documents,"
                + " or random-clusters; what uses clusters (group, auxiliary, shortlist) needs one of the latter")
        Order order,

        @Setting("labels of a cluster at most, at least 2") int clusterSize,

        @Setting("format of weights: float32, or bfloat16 rounded stochastically, which takes half the memory")
        Weights.Format weights,

        @Setting("width of the bottleneck layer, at least 1")
        int rank,

        @Setting("how far below the start that the loss suggests biases start; negatives that score less than this"
                + " above it cost nothing with squared hinge, at least 0")
        float slack,

        AnchorLayerConfig anchorLayer) {

    /** Kinds of output layer. */
    public enum Kind {
        /** Every label has {@code fanIn} connections that move while training. */
        FIXED_FAN_IN,
        /** Every label is connected to every hidden unit. */
        DENSE,
        /** A dense layer behind a linear layer of {@code rank} units: scores of low rank. */
        BOTTLENECK,
        /** The weights of every label are a sparse mix of anchors, see {@link AnchorLayer}. */
        ANCHORS
    }

    /** Orders of the labels. */
    public enum Order {
        /** As they are numbered. */
        NUMBERS,
        /** Labels that similar documents carry stand together, see {@link LabelClusters}. */
        CLUSTERS,
        /** Clusters of the same sizes, drawn at random: shows what similarity is worth. */
        RANDOM_CLUSTERS
    }

    public OutputConfig {
        Require.that(fanIn >= 1, "fanIn", "at least 1", fanIn);
        Require.that(group >= 1 && group <= 1024, "group", "in [1, 1024]", group);
        Require.that(
                group == 1 || order != Order.NUMBERS,
                "group",
                "1 when output.order is numbers; labels that share inputs should be similar",
                group);
        Require.that(clusterSize >= 2, "clusterSize", "at least 2", clusterSize);
        Require.that(rank >= 1, "rank", "at least 1", rank);
        Require.that(slack >= 0 && Float.isFinite(slack), "slack", "at least 0", slack);
        Require.that(
                kind != Kind.ANCHORS || order == Order.NUMBERS,
                "order",
                "numbers where output.kind is anchors; its labels stand next to none",
                order);
        Require.that(
                kind != Kind.ANCHORS || weights == Weights.Format.FLOAT32,
                "weights",
                "float32 where output.kind is anchors; model.storedBits = 8 makes it smaller",
                weights);
    }

    /** A layer of another kind than {@link Kind#ANCHORS}. */
    public OutputConfig(
            Kind kind,
            int fanIn,
            int group,
            Order order,
            int clusterSize,
            Weights.Format weights,
            int rank,
            float slack) {
        this(kind, fanIn, group, order, clusterSize, weights, rank, slack, AnchorLayerConfig.DEFAULT);
    }

    /** Whether labels are kept in the order of their clusters. */
    public boolean isOrdered() {
        return order != Order.NUMBERS;
    }

    /** A new layer without connections or weights. */
    public OutputLayer newLayer(int labels, int inputs) {
        return switch (kind) {
            case FIXED_FAN_IN -> RowsLayer.fixedFanIn(labels, inputs, this);
            case DENSE -> RowsLayer.dense(labels, inputs, this);
            case BOTTLENECK -> new BottleneckLayer(labels, inputs, this);
            case ANCHORS -> new AnchorLayer(labels, inputs, this);
        };
    }

    /** The same with weights of 8 bits, to be read into. */
    public OutputLayer newByteLayer(int labels, int inputs) {
        return switch (kind) {
            case FIXED_FAN_IN -> RowsLayer.fixedFanInOfBytes(labels, inputs, this);
            case DENSE -> RowsLayer.denseOfBytes(labels, inputs, this);
            case BOTTLENECK -> BottleneckLayer.ofBytes(labels, inputs, this);
            case ANCHORS -> new AnchorLayer(labels, inputs, this); // which takes links of bytes as well
        };
    }
}
