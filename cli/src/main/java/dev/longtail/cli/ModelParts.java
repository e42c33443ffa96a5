package dev.longtail.cli;

import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.LabelModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What takes how much of a model folder, in bytes: each end, the body, and the files beside the numbers. */
record ModelParts(Map<String, Long> bytes) {

    private static final String NUMBERS = "parameters.safetensors";

    static ModelParts of(LabelModel model, Path folder) throws IOException {
        Map<String, Long> parts = new LinkedHashMap<>();
        long numbers = 0;
        for (Tensor tensor : model.tensors()) {
            long bytes = TensorPages.checkedBytes(tensor);
            parts.merge(part(tensor.name()), bytes, Long::sum);
            numbers += bytes;
        }
        Map<String, Long> files = ModelFacts.files(folder);
        long header = files.getOrDefault(NUMBERS, numbers) - numbers;
        files.forEach((name, bytes) -> {
            if (!name.equals(NUMBERS)) {
                parts.put(name, bytes);
            }
        });
        parts.put("names and shapes of numbers", header);
        return new ModelParts(parts);
    }

    private static String part(String tensor) {
        if (tensor.startsWith("table.")) {
            return "input table";
        } else if (tensor.startsWith("body.")) {
            return "body";
        }
        return switch (tensor) {
            case "output.weights", "output.scales", "output.anchors", "output.full", "output.values" ->
                "output weights";
            case "output.indices", "output.lengths", "output.columns" -> "output indices";
            default -> "output, other";
        };
    }

    long all() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
