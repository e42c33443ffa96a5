package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The shape of the output layer.
 *
 * @param kind which layer
 * @param fanIn connections of a label in the fixed fan-in layer, at least 1
 * @param rank width of the bottleneck layer, at least 1
 */
public record OutputConfig(
        @Setting("output layer: fixed-fan-in, or one of the baselines dense and bottleneck")
        Kind kind,

        @Setting("connections of each label in the fixed-fan-in layer; at most the number of hidden units")
        int fanIn,

        @Setting("width of the bottleneck layer, at least 1")
        int rank) {

    /** Kinds of output layer. */
    public enum Kind {
        /** Every label has {@code fanIn} connections that move while training. */
        FIXED_FAN_IN,
        /** Every label is connected to every hidden unit. */
        DENSE,
        /** A dense layer behind a linear layer of {@code rank} units: scores of low rank. */
        BOTTLENECK
    }

    public OutputConfig {
        Require.that(fanIn >= 1, "fanIn", "at least 1", fanIn);
        Require.that(rank >= 1, "rank", "at least 1", rank);
    }

    /** A new layer without connections or weights. */
    public OutputLayer newLayer(int labels, int inputs) {
        return switch (kind) {
            case FIXED_FAN_IN -> RowsLayer.fixedFanIn(labels, inputs, fanIn);
            case DENSE -> RowsLayer.dense(labels, inputs);
            case BOTTLENECK -> new BottleneckLayer(labels, inputs, rank);
        };
    }
}
