package dev.longtail.format;

import dev.longtail.matrix.Weights;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.LabelConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a label model must have, by its settings; checked against the file before anything is allocated. */
final class TensorShapes {

    private TensorShapes() {}

    /** @throws ModelFormatException when the file lacks a tensor, has another one, or one of another shape or type */
    static void check(Path file, Safetensors tensors, LabelConfig config, int features, int labels)
            throws ModelFormatException {
        Map<String, Wanted> wanted = wanted(config, features, labels);
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
            if (!wanted.containsKey(name)) {
                throw new ModelFormatException(
                        file, -1, "tensor " + name + " does not belong to a model with these settings");
            }
        }
    }

    /** What a tensor must be. */
    private record Wanted(TensorType type, List<Long> shape) {
        @Override
        public String toString() {
            return type + " " + shape;
        }
    }

    private static Map<String, Wanted> wanted(LabelConfig config, int features, int labels) {
        Map<String, Wanted> tensors = new LinkedHashMap<>();
        TableConfig table = config.model().table();
        long dimension = table.dimension();
        long rows = table.kind() == TableConfig.Kind.DENSE ? features : table.buckets();
        tensors.put("table.rows", new Wanted(TensorType.F32, List.of(rows, dimension)));
        long hidden = dimension;
        if (config.model().body().intermediate() > 0) {
            hidden = config.model().body().intermediate();
            tensors.put("body.intermediate.weights", new Wanted(TensorType.F32, List.of(hidden, dimension)));
            tensors.put("body.intermediate.bias", new Wanted(TensorType.F32, List.of(hidden)));
        }
        OutputConfig output = config.model().output();
        long width = switch (output.kind()) {
            case DENSE -> hidden;
            case FIXED_FAN_IN -> output.fanIn();
            case BOTTLENECK -> output.rank();
        };
        TensorType weights = output.weights() == Weights.Format.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
        tensors.put("output.weights", new Wanted(weights, List.of((long) labels, width)));
        tensors.put("output.bias", new Wanted(TensorType.F32, List.of((long) labels)));
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
        return tensors;
    }
}
