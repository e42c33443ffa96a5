package dev.longtail.tune;

import dev.longtail.body.BodyConfig;
import dev.longtail.matrix.Weights;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.AnchorLayerConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.TrainConfig;

/**
 * What parameters and optimiser state take while training, from shapes alone: exact for the parameters, within a few
 * numbers a shard for the state. Scratch, which grows with the batch and the hidden units and not with the labels, is
 * left out, and so are auxiliary heads and what policies of the topology remember.
 */
final class MemoryEstimate {

    private MemoryEstimate() {}

    /** Bytes for a model with so many features and labels. */
    static long bytes(LabelConfig config, int features, int labels) {
        ModelConfig model = config.model().forLabels(labels);
        if (!model.embedding()) {
            return 0;
        }
        TrainConfig train = config.train();
        TableConfig table = model.table();
        long rows = table.kind() == TableConfig.Kind.DENSE ? features : table.buckets();
        long dimension = table.dimension();
        long hidden = model.body().intermediate() > 0 ? model.body().intermediate() : dimension;
        return rows * dimension * Float.BYTES
                + state(train.tableOptimizer(), rows, dimension)
                + body(model.body(), dimension, train.bodyOptimizer())
                + output(config, model.output(), labels, hidden);
    }

    private static long body(BodyConfig body, long dimension, OptimizerConfig optimizer) {
        long units = body.intermediate();
        boolean sparse = body.intermediateFanIn() > 0;
        long width = sparse ? body.intermediateFanIn() : dimension;
        long indices = sparse ? units * width * Character.BYTES : 0;
        return units * width * Float.BYTES + indices + units * Float.BYTES + state(optimizer, units, width);
    }

    private static long output(LabelConfig config, OutputConfig output, long labels, long hidden) {
        OptimizerConfig optimizer = config.train().outputOptimizer();
        int weight = output.weights() == Weights.Format.BFLOAT16 ? Character.BYTES : Float.BYTES;
        long biases = labels * Float.BYTES + (config.train().trainBias() ? state(optimizer, labels, 1) : 0);
        return biases
                + switch (output.kind()) {
                    case FIXED_FAN_IN -> sparse(config, output, labels, hidden);
                    case DENSE -> labels * hidden * weight + state(optimizer, labels, hidden);
                    case ANCHORS -> anchors(output.anchorLayer(), optimizer, labels, hidden);
                    case BOTTLENECK -> {
                        long rank = output.rank();
                        // the narrow layer has biases, the labels' own are counted above
                        yield labels * rank * weight
                                + state(optimizer, labels, rank)
                                + rank * (hidden + 1) * Float.BYTES
                                + state(optimizer, rank, hidden);
                    }
                };
    }

    /** The most that it comes to: labels have no links at first. */
    private static long anchors(AnchorLayerConfig layer, OptimizerConfig optimizer, long labels, long hidden) {
        long links = labels * (layer.mostLinks() == 0 ? layer.count() : layer.mostLinks());
        long column = layer.isSparse() ? Character.BYTES : 0;
        return links * (Float.BYTES + column)
                + state(optimizer, labels, links / labels)
                + layer.count() * hidden * Float.BYTES
                + state(optimizer, layer.count(), hidden);
    }

    private static long sparse(LabelConfig config, OutputConfig output, long labels, long hidden) {
        OptimizerConfig optimizer = config.train().outputOptimizer();
        long fanIn = output.fanIn();
        int weight = output.weights() == Weights.Format.BFLOAT16 ? Character.BYTES : Float.BYTES;
        long indexRows = (labels + output.group() - 1) / output.group();
        long layer = labels * fanIn * weight + indexRows * fanIn * Character.BYTES;
        return config.rewire().policy() == RewireConfig.Policy.PATTERN
                ? layer + labels * hidden * Float.BYTES + state(optimizer, labels, hidden)
                : layer + state(optimizer, labels, fanIn);
    }

    /** Bytes that an update rule keeps, as {@link OptimizerConfig.Kind} tells. */
    private static long state(OptimizerConfig optimizer, long rows, long width) {
        return switch (optimizer.kind()) {
            case SGD -> 0;
            case MOMENTUM, ADAGRAD -> rows * width * Float.BYTES;
            case ADAMW, YOGI -> 2 * rows * width * Float.BYTES;
            case ROW_ADAGRAD, ADALOMO -> rows * Float.BYTES;
            case FACTORED_ADAMW -> 2 * rows * Float.BYTES + rows * width / 4;
        };
    }
}
