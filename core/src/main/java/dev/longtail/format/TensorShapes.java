package dev.longtail.format;

import dev.longtail.body.BodyConfig;
import dev.longtail.matrix.Weights;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.LabelConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a label model must have, by its settings; checked against the file before anything is allocated. */
final class TensorShapes {

    private static final String BIAS = "output.bias";

    private TensorShapes() {}

    /** @throws ModelFormatException when the file lacks a tensor, has another one, or one of another shape or type */
    static void check(Path file, Safetensors tensors, LabelConfig config, int features, int labels)
            throws ModelFormatException {
        Map<String, Wanted> wanted = wanted(config.model().forLabels(labels), features, labels);
        for (Map.Entry<String, Wanted> entry : wanted.entrySet()) {
            String name = entry.getKey();
            if (!tensors.names().contains(name)) {
                throw new ModelFormatException(file, -1, "tensor " + name + " is missing");
            }
            Wanted found = new Wanted(tensors.type(name), tensors.shape(name));
            if (!found.equals(entry.getValue())) {
                throw new ModelFormatException(
                        file, -1, "tensor " + name + " is " + found + ", the settings ask for " + entry.getValue());
            }
        }
        for (String name : tensors.names()) {
            if (!isStated(config.model(), name) && !wanted.containsKey(name)) {
                throw new ModelFormatException(
                        file, -1, "tensor " + name + " does not belong to a model with these settings");
            }
        }
    }

    /** Whether a tensor is one of an anchor table, which has the shape that the file states. */
    static boolean isStated(ModelConfig config, String name) {
        boolean table = config.table().kind() == TableConfig.Kind.ANCHORS && name.startsWith("table.");
        boolean output =
                config.output().kind() == OutputConfig.Kind.ANCHORS && name.startsWith("output.") && !name.equals(BIAS);
        return config.embedding() && (table || output);
    }

    /** What a tensor must be. */
    private record Wanted(TensorType type, List<Long> shape) {
        @Override
        public String toString() {
            return type + " " + shape;
        }
    }

    private static Map<String, Wanted> wanted(ModelConfig config, int features, int labels) {
        Map<String, Wanted> tensors = new LinkedHashMap<>();
        if (!config.embedding()) {
            return tensors;
        }
        TableConfig table = config.table();
        long dimension = table.dimension();
        long rows = table.rows(features);
        if (table.kind() != TableConfig.Kind.ANCHORS) {
            putRows(tensors, config.isStoredInBytes() ? TensorType.I8 : TensorType.F32, "table.rows", rows, dimension);
        }
        long hidden = dimension;
        if (config.body().intermediate() > 0) {
            hidden = config.body().intermediate();
            putIntermediate(tensors, config.body(), dimension);
        }
        OutputConfig output = config.output();
        if (output.kind() != OutputConfig.Kind.ANCHORS) {
            putOutput(tensors, config, labels, hidden);
        }
        tensors.put(BIAS, new Wanted(TensorType.F32, List.of((long) labels)));
        return tensors;
    }

    private static void putOutput(Map<String, Wanted> tensors, ModelConfig config, int labels, long hidden) {
        OutputConfig output = config.output();
        long width = switch (output.kind()) {
            case DENSE -> hidden;
            case FIXED_FAN_IN -> output.fanIn();
            case BOTTLENECK -> output.rank();
            case ANCHORS -> throw new IllegalArgumentException("anchors have the shapes that files state");
        };
        TensorType trained = output.weights() == Weights.Format.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
        putRows(tensors, config.isStoredInBytes() ? TensorType.I8 : trained, "output.weights", labels, width);
        if (output.kind() == OutputConfig.Kind.FIXED_FAN_IN) {
            tensors.put(
                    "output.indices",
                    new Wanted(TensorType.U16, List.of((labels + output.group() - 1L) / output.group(), width)));
        }
        if (output.isOrdered()) {
            tensors.put("output.order", new Wanted(TensorType.I32, List.of((long) labels)));
        }
        if (output.kind() == OutputConfig.Kind.BOTTLENECK) {
            tensors.put("output.projection.weights", new Wanted(TensorType.F32, List.of(width, hidden)));
            tensors.put("output.projection.bias", new Wanted(TensorType.F32, List.of(width)));
        }
    }

    /** Rows of numbers; those of 8 bits have a scale each, under the name of the same end of the model. */
    private static void putRows(Map<String, Wanted> tensors, TensorType type, String name, long rows, long width) {
        tensors.put(name, new Wanted(type, List.of(rows, width)));
        if (type == TensorType.I8) {
            String scales = name.substring(0, name.indexOf('.')) + ".scales";
            tensors.put(scales, new Wanted(TensorType.F32, List.of(rows)));
        }
    }

    private static void putIntermediate(Map<String, Wanted> tensors, BodyConfig body, long dimension) {
        long units = body.intermediate();
        long width = body.intermediateFanIn() == 0 ? dimension : body.intermediateFanIn();
        List<Long> slots = body.ablation() > 0 ? List.of(units * width) : List.of(units, width);
        tensors.put("body.intermediate.weights", new Wanted(TensorType.F32, slots));
        tensors.put("body.intermediate.bias", new Wanted(TensorType.F32, List.of(units)));
        if (body.intermediateFanIn() > 0) {
            tensors.put("body.intermediate.indices", new Wanted(TensorType.U16, slots));
        }
        if (body.ablation() > 0) {
            tensors.put("body.intermediate.starts", new Wanted(TensorType.I32, List.of(units)));
            tensors.put("body.intermediate.fanIn", new Wanted(TensorType.I32, List.of(1L)));
        }
    }
}
