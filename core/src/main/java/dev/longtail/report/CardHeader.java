package dev.longtail.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The head of a model card in YAML, between lines of three hyphens, as model hubs read it. Every text is written as
 * JSON writes it, which is YAML as well, so that no name can end a value.
 */
final class CardHeader {

    private final List<String> lines = new ArrayList<>();

    /** A value. */
    CardHeader field(int depth, String name, String value) {
        lines.add("  ".repeat(depth) + name + ": " + quoted(value));
        return this;
    }

    /** A list of texts; nothing where it is empty. */
    CardHeader list(String name, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(name + ":");
            values.forEach(value -> lines.add("- " + quoted(value)));
        }
        return this;
    }

    /**
     * One entry of {@code model-index}.
     *
     * @param model name of the model
     * @param task type and name of what it was measured at
     * @param results measures by data set, those by name
     */
    CardHeader index(String model, Map.Entry<String, String> task, Map<String, Map<String, Double>> results) {
        lines.add("model-index:");
        lines.add("- name: " + quoted(model));
        lines.add("  results:");
        results.forEach((dataset, measures) -> {
            lines.add("  - task:");
            field(3, "type", task.getKey()).field(3, "name", task.getValue());
            lines.add("    dataset:");
            field(3, "name", dataset).field(3, "type", dataset);
            lines.add("    metrics:");
            measures.forEach((name, value) -> {
                lines.add("    - type: " + quoted(type(name)));
                field(3, "name", name);
                lines.add("      value: " + value);
            });
        });
        return this;
    }

    /** A measure's name as hubs write types: P@5 is precision_at_5. */
    private static String type(String name) {
        int at = name.indexOf('@');
        if (at < 0) {
            return name.toLowerCase(Locale.ROOT);
        }
        String measure = switch (name.substring(0, at)) {
            case "P" -> "precision";
            case "R" -> "recall";
            case "nDCG" -> "ndcg";
            case "PSP" -> "propensity_scored_precision";
            default -> name.substring(0, at);
        };
        return measure + "_at_" + name.substring(at + 1);
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    @Override
    public String toString() {
        return "---\n" + String.join("\n", lines) + "\n---\n";
    }
}
