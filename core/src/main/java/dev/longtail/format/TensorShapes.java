package dev.longtail.format;

import dev.longtail.body.BodyConfig;
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

    private TensorShapes() {}

    /** @throws ModelFormatException when the file lacks a tensor, has another one, or one of another shape */
    static void check(Path file, Safetensors tensors, LabelConfig config, int features, int labels)
            throws ModelFormatException {
        Map<String, List<Long>> wanted = wanted(config.model().forLabels(labels), features, labels);
        for (Map.Entry<String, List<Long>> entry : wanted.entrySet()) {
            if (!tensors.names().contains(entry.getKey())) {
                throw new ModelFormatException(file, -1, "tensor " + entry.getKey() + " is missing");
            }
            if (!tensors.shape(entry.getKey()).equals(entry.getValue())) {
                throw new ModelFormatException(
                        file,
                        -1,
                        "tensor " + entry.getKey() + " has shape " + tensors.shape(entry.getKey())
                                + ", the settings ask for " + entry.getValue());
            }
        }
        for (String name : tensors.names()) {
            if (!wanted.containsKey(name)) {
                throw new ModelFormatException(
                        file, -1, "tensor " + name + " does not belong to a model with these settings");
            }
        }
    }

    private static Map<String, List<Long>> wanted(ModelConfig config, int features, int labels) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        TableConfig table = config.table();
        long dimension = table.dimension();
        long rows = table.kind() == TableConfig.Kind.DENSE ? features : table.buckets();
        shapes.put("table.rows", List.of(rows, dimension));
        long hidden = dimension;
        if (config.body().intermediate() > 0) {
            hidden = config.body().intermediate();
            putIntermediate(shapes, config.body(), dimension);
        }
        OutputConfig output = config.output();
        long width = switch (output.kind()) {
            case DENSE -> hidden;
            case FIXED_FAN_IN -> output.fanIn();
            case BOTTLENECK -> output.rank();
        };
        shapes.put("output.weights", List.of((long) labels, width));
        shapes.put("output.bias", List.of((long) labels));
        if (output.kind() == OutputConfig.Kind.FIXED_FAN_IN) {
            shapes.put("output.indices", List.of((labels + output.group() - 1L) / output.group(), width));
        }
        if (output.isOrdered()) {
            shapes.put("output.order", List.of((long) labels));
        }
        if (output.kind() == OutputConfig.Kind.BOTTLENECK) {
            shapes.put("output.projection.weights", List.of(width, hidden));
            shapes.put("output.projection.bias", List.of(width));
        }
        return shapes;
    }

    private static void putIntermediate(Map<String, List<Long>> shapes, BodyConfig body, long dimension) {
        long units = body.intermediate();
        long width = body.intermediateFanIn() == 0 ? dimension : body.intermediateFanIn();
        List<Long> slots = body.ablation() > 0 ? List.of(units * width) : List.of(units, width);
        shapes.put("body.intermediate.weights", slots);
        shapes.put("body.intermediate.bias", List.of(units));
        if (body.intermediateFanIn() > 0) {
            shapes.put("body.intermediate.indices", slots);
        }
        if (body.ablation() > 0) {
            shapes.put("body.intermediate.starts", List.of(units));
            shapes.put("body.intermediate.fanIn", List.of(1L));
        }
    }
}
