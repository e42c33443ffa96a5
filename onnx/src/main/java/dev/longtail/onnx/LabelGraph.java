package dev.longtail.onnx;

import dev.longtail.body.Activation;
import dev.longtail.body.BodyConfig;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.output.LinearScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The graph of a model that tags with its embedding arm alone: features and their weights to the scores of all labels.
 *
 * <pre>
 *   bag = sum over i of values[i] table[features[i]]      hidden = body(bag)      scores = W hidden + b
 * </pre>
 */
final class LabelGraph {

    private static final float NORMALISATION_EPSILON = 1e-6f; // of the body's normalisation

    private final LabelModel model;
    private final GraphBuilder graph = new GraphBuilder("longtail-tag");

    private LabelGraph(LabelModel model) {
        this.model = model;
    }

    /** Why a model has no graph that gives its scores; empty where it has one. */
    static Optional<String> obstacle(LabelModel model) {
        if (model.association().isPresent()) {
            return Optional.of("has an association arm, which finds candidates by walking through postings and gives no"
                    + " other label a score; train with --set train.association.slots=0");
        }
        if (model.direct().isPresent()) {
            return Optional.of(
                    "has a direct arm, which scores candidates only; train with --set" + " train.direct.candidates=0");
        }
        if (tensor(model, "body.intermediate.starts").isPresent()) {
            return Optional.of("has an intermediate layer whose units have been given up (ablation)");
        }
        return Optional.empty();
    }

    /** Numbers that the graph stores, each of four bytes. */
    static long numbers(LabelModel model) {
        int rows = model.config().table().ngrams()
                ? model.features().size()
                : model.features().words();
        int hidden = model.output().inputs();
        long perLabel = 3L * model.output().linear(0).inputs().length; // an index of eight bytes, a weight of four
        return (long) rows * model.table().dimension()
                + (long) hidden * model.table().dimension()
                + model.labels().size() * perLabel;
    }

    /** The graph; its inputs are {@code features} and {@code values}, its output is {@code scores}. */
    static GraphBuilder of(LabelModel model) {
        LabelGraph built = new LabelGraph(model);
        String scores = built.scores(built.hidden(built.bag()));
        built.graph.output("scores", scores, "batch", model.labels().size());
        return built.graph;
    }

    private String bag() {
        String features = graph.integers("features", "batch", "entries");
        String values = graph.floats("values", "batch", "entries");
        int rows = model.features().size();
        if (!model.config().table().ngrams()) {
            rows = model.features().words();
            String known = graph.apply("Less", features, graph.constant("words", new long[] {rows}));
            String kept = graph.apply("Mul", values, graph.zeroOrOne(known));
            String all = graph.sumKept(graph.apply("Mul", values, values), 1);
            String counted = graph.sumKept(graph.apply("Mul", kept, kept), 1);
            String zero = graph.number("zero", 0);
            String ratio = graph.apply("Sqrt", graph.apply("Div", all, counted));
            String scale = graph.apply("Where", graph.apply("Greater", counted, zero), ratio, zero);
            values = graph.apply("Mul", kept, scale);
            features = graph.apply("Where", known, features, graph.constant("first", new long[] {0}));
        }
        int dimension = model.table().dimension();
        String table = graph.constant("table", TableRows.of(model.table(), rows, 0), rows, dimension);
        String vectors = graph.gather(table, features, 0);
        return graph.sum(graph.apply("Mul", vectors, graph.widened(values, 2)), 1);
    }

    private String hidden(String bag) {
        BodyConfig config = model.config().body();
        if (config.intermediate() == 0) {
            return bag;
        }
        String units = affine(config.normalisation() == BodyConfig.Normalisation.LAYER ? normalised(bag) : bag);
        return config.activation() == Activation.RELU ? graph.apply("Relu", units) : units;
    }

    private String normalised(String bag) {
        String mean = mean(bag);
        String centred = graph.apply("Sub", bag, mean);
        String variance = mean(graph.apply("Mul", centred, centred));
        String epsilon = graph.number("epsilon", NORMALISATION_EPSILON);
        return graph.apply("Div", centred, graph.apply("Sqrt", graph.apply("Add", variance, epsilon)));
    }

    private String mean(String value) {
        String length = graph.number("length_of_" + value, model.table().dimension());
        return graph.apply("Div", graph.sumKept(value, 1), length);
    }

    private String affine(String input) {
        float[] weights = floats(tensor(model, "body.intermediate.weights").orElseThrow());
        float[] bias = floats(tensor(model, "body.intermediate.bias").orElseThrow());
        Optional<Tensor> indices = tensor(model, "body.intermediate.indices");
        int width = weights.length / bias.length;
        String products = indices.isPresent()
                ? sparse("body", input, longs(indices.get()), weights, bias.length)
                : dense("body", input, transposed(weights, bias.length, width), bias.length);
        return graph.apply("Add", products, graph.constant("body_bias", bias, bias.length));
    }

    private String scores(String hidden) {
        int labels = model.labels().size();
        int width = model.output().inputs();
        float[] bias = new float[labels];
        List<LinearScore> rows = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            LinearScore row = model.output().linear(label);
            rows.add(row);
            bias[label] = (float) row.bias();
        }
        int fanIn = rows.get(0).inputs().length;
        boolean sparse = fanIn < width && rows.stream().allMatch(row -> row.inputs().length == fanIn);
        String products = sparse ? sparse(hidden, rows, fanIn) : dense(hidden, rows, width);
        return graph.apply("Add", products, graph.constant("output_bias", bias, labels));
    }

    private String sparse(String hidden, List<LinearScore> rows, int fanIn) {
        long[] indices = new long[Math.multiplyExact(rows.size(), fanIn)];
        float[] weights = new float[indices.length];
        for (int label = 0; label < rows.size(); label++) {
            for (int slot = 0; slot < fanIn; slot++) {
                indices[label * fanIn + slot] = rows.get(label).inputs()[slot];
                weights[label * fanIn + slot] = (float) rows.get(label).weights()[slot];
            }
        }
        return sparse("output", hidden, indices, weights, rows.size());
    }

    private String dense(String hidden, List<LinearScore> rows, int width) {
        float[] weights = new float[Math.multiplyExact(rows.size(), width)];
        for (int label = 0; label < rows.size(); label++) {
            double[] row = rows.get(label).dense(width);
            for (int input = 0; input < width; input++) {
                weights[input * rows.size() + label] = (float) row[input];
            }
        }
        return dense("output", hidden, weights, rows.size());
    }

    /** Units of a few inputs each. @param indices [units][fan-in] */
    private String sparse(String name, String input, long[] indices, float[] weights, int units) {
        int fanIn = indices.length / units;
        String gathered = graph.gather(input, graph.constant(name + "_indices", indices, units, fanIn), 1);
        return graph.sum(graph.apply("Mul", gathered, graph.constant(name + "_weights", weights, units, fanIn)), 2);
    }

    /** Units of all inputs. @param weights [inputs][units] */
    private String dense(String name, String input, float[] weights, int units) {
        return graph.apply("MatMul", input, graph.constant(name + "_weights", weights, weights.length / units, units));
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = matrix[row * columns + column];
            }
        }
        return transposed;
    }

    private static Optional<Tensor> tensor(LabelModel model, String name) {
        return model.body().tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst();
    }

    private static float[] floats(Tensor tensor) {
        float[] numbers = new float[Math.toIntExact(tensor.elements())];
        int at = 0;
        for (float[] page : ((Tensor.Floats) tensor).pages()) {
            System.arraycopy(page, 0, numbers, at, page.length);
            at += page.length;
        }
        return numbers;
    }

    private static long[] longs(Tensor tensor) {
        long[] numbers = new long[Math.toIntExact(tensor.elements())];
        int at = 0;
        for (char[] page : ((Tensor.Chars) tensor).pages()) {
            for (char number : page) {
                numbers[at++] = number;
            }
        }
        return numbers;
    }
}
