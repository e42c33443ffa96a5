package dev.longtail.plan;

import dev.longtail.body.BodyConfig;
import dev.longtail.matrix.Weights;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.AnchorLayerConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.TrainConfig;
import java.util.List;

/**
 * What parameters and optimiser state of the embedding arm take while training, in bytes, from shapes alone: exact for
 * the parameters, within a few numbers a shard for the state. Scratch, which grows with the batch and the hidden units
 * and not with the labels, is left out, and so are auxiliary heads and what policies of the topology remember.
 *
 * @param table rows of the input table, or its anchors and links
 * @param body the intermediate layer
 * @param output weights, indices and biases of the output layer
 * @param state what the update rules keep beside all of them
 */
public record ParameterBytes(long table, long body, long output, long state) {

    private static final ParameterBytes NONE = new ParameterBytes(0, 0, 0, 0);

    /** Links of a row by which it is reckoned that a growing table has twice as many as at the start. */
    private static final int GROWTH = 2;

    /** All of it. */
    public long total() {
        return table + body + output + state;
    }

    /**
     * The bytes of a model.
     *
     * @param features that have a row in the input table
     */
    public static ParameterBytes of(LabelConfig config, int features, int labels) {
        ModelConfig model = config.model().forLabels(labels);
        if (!model.embedding()) {
            return NONE;
        }
        TrainConfig train = config.train();
        TableConfig table = model.table();
        Matrix rows = table(table, features, train.tableOptimizer());
        Matrix body = body(model.body(), table.dimension(), train.bodyOptimizer());
        Matrix output = output(config, model.output(), labels, hidden(model));
        boolean tableLearns = train.frozen() == TrainConfig.Frozen.NONE;
        boolean bodyLearns = train.frozen() != TrainConfig.Frozen.ENCODER;
        long state = (tableLearns ? rows.state : 0) + (bodyLearns ? body.state : 0) + output.state;
        return new ParameterBytes(rows.bytes, body.bytes, output.bytes, state);
    }

    /**
     * The bytes of an input table alone: all that it may come to.
     *
     * @param features rows that it has
     */
    static ParameterBytes ofTable(TableConfig table, int features, OptimizerConfig optimizer) {
        Matrix rows = table(table, features, optimizer);
        return new ParameterBytes(rows.bytes, 0, 0, rows.state);
    }

    /**
     * The bytes of a table of mixed dimensions: rows of each length, and what makes them longer.
     *
     * @param counts how often each row is read, in falling order
     */
    static ParameterBytes ofMixed(TableConfig table, int[] counts, OptimizerConfig optimizer) {
        Matrix rows = new Matrix(0, 0);
        for (List<Long> shape : table.fixedShapes(counts, "").values()) {
            rows = rows.plus(Matrix.dense(optimizer, shape.get(0), shape.get(1)));
        }
        return new ParameterBytes(rows.bytes, 0, 0, rows.state);
    }

    /** Width of the hidden vector. */
    static int hidden(ModelConfig model) {
        return model.body().intermediate() > 0
                ? model.body().intermediate()
                : model.table().dimension();
    }

    /** Numbers and the state of their update rule, in bytes. */
    private record Matrix(long bytes, long state) {

        Matrix plus(Matrix other) {
            return new Matrix(bytes + other.bytes, state + other.state);
        }

        static Matrix dense(OptimizerConfig optimizer, long rows, long width) {
            return new Matrix(rows * width * Float.BYTES, ParameterBytes.state(optimizer, rows, width));
        }
    }

    private static Matrix table(TableConfig table, int features, OptimizerConfig optimizer) {
        if (table.kind() != TableConfig.Kind.ANCHORS) {
            return Matrix.dense(optimizer, table.rows(features), table.dimension());
        }
        AnchorConfig anchors = table.anchors();
        Matrix mixed = Matrix.dense(optimizer, anchors.count(), table.dimension());
        return anchors.links() == 0 || anchors.links() >= anchors.count() / 2
                ? mixed.plus(Matrix.dense(optimizer, features, anchors.count()))
                : mixed.plus(links(optimizer, features, most(anchors)));
    }

    private static int most(AnchorConfig anchors) {
        int grown = anchors.growth() > 0 ? GROWTH * anchors.links() : anchors.links();
        return Math.min(anchors.mostLinks() == 0 ? anchors.count() : anchors.mostLinks(), grown);
    }

    private static Matrix links(OptimizerConfig optimizer, long rows, long width) {
        return new Matrix(rows * width * (Float.BYTES + Character.BYTES), state(optimizer, rows, width));
    }

    private static Matrix body(BodyConfig body, long dimension, OptimizerConfig optimizer) {
        long units = body.intermediate();
        boolean sparse = body.intermediateFanIn() > 0;
        long width = sparse ? body.intermediateFanIn() : dimension;
        long indices = sparse ? units * width * Character.BYTES : 0;
        return Matrix.dense(optimizer, units, width).plus(new Matrix(indices + units * Float.BYTES, 0));
    }

    private static Matrix output(LabelConfig config, OutputConfig output, long labels, long hidden) {
        OptimizerConfig optimizer = config.train().outputOptimizer();
        int weight = output.weights() == Weights.Format.BFLOAT16 ? Character.BYTES : Float.BYTES;
        Matrix biases = new Matrix(labels * Float.BYTES, config.train().trainBias() ? state(optimizer, labels, 1) : 0);
        return biases.plus(
                switch (output.kind()) {
                    case FIXED_FAN_IN -> sparse(config, output, labels, hidden);
                    case DENSE -> new Matrix(labels * hidden * weight, state(optimizer, labels, hidden));
                    case ANCHORS -> anchors(output.anchorLayer(), optimizer, labels, hidden);
                    case BOTTLENECK -> {
                        long rank = output.rank();
                        // the narrow layer has biases, the labels' own are counted above
                        yield new Matrix(
                                labels * rank * weight + rank * (hidden + 1) * Float.BYTES,
                                state(optimizer, labels, rank) + state(optimizer, rank, hidden));
                    }
                });
    }

    /** The most that it comes to: labels have no links at first. */
    private static Matrix anchors(AnchorLayerConfig layer, OptimizerConfig optimizer, long labels, long hidden) {
        long links = layer.mostLinks() == 0 ? layer.count() : layer.mostLinks();
        Matrix linked = layer.isSparse() ? links(optimizer, labels, links) : Matrix.dense(optimizer, labels, links);
        return linked.plus(Matrix.dense(optimizer, layer.count(), hidden));
    }

    private static Matrix sparse(LabelConfig config, OutputConfig output, long labels, long hidden) {
        OptimizerConfig optimizer = config.train().outputOptimizer();
        long fanIn = output.fanIn();
        int weight = output.weights() == Weights.Format.BFLOAT16 ? Character.BYTES : Float.BYTES;
        long indexRows = (labels + output.group() - 1) / output.group();
        long layer = labels * fanIn * weight + indexRows * fanIn * Character.BYTES;
        return config.rewire().policy() == RewireConfig.Policy.PATTERN
                ? new Matrix(layer + labels * hidden * Float.BYTES, state(optimizer, labels, hidden))
                : new Matrix(layer, state(optimizer, labels, fanIn));
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
