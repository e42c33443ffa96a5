package dev.longtail.bench.ablation;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The result of a run, as a line of a file of results holds it. */
public record Result(JsonNode json) {

    String text(String field) {
        return json.path(field).asString("");
    }

    Map<String, String> headings() {
        Map<String, String> headings = new LinkedHashMap<>();
        json.path("headings")
                .properties()
                .forEach(entry -> headings.put(entry.getKey(), entry.getValue().asString("")));
        return headings;
    }

    String heading(String column) {
        return json.path("headings").path(column).asString("");
    }

    /** A number of the training's or the evaluation's answer, not a number where it has none. */
    double number(String part, String field) {
        return json.path(part).path(field).asDouble(Double.NaN);
    }

    /** A measure of the evaluation in percent. */
    double percent(String measure) {
        return 100 * number("evaluate", measure);
    }

    /** Epochs, pieces of steps, or moves of the run. */
    JsonNode log(String part) {
        return json.path("log").path(part);
    }
}
