package dev.longtail.cli;

import dev.longtail.data.RawExample;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.ExplanationJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explanations for programs. */
final class ExplainJson {

    private ExplainJson() {}

    /**
     * The explanations of one example as one line.
     *
     * @param most words of each label; the others are added up
     */
    static String line(RawExample example, List<Explanation> explanations, int most) {
        ObjectNode object = Json.object();
        if (example.text != null) {
            object.put("text", example.text);
        }
        ArrayNode labels = object.putArray("labels");
        ExplanationJson.Bounds bounds = new ExplanationJson.Bounds(most, Integer.MAX_VALUE);
        explanations.forEach(explanation -> ExplanationJson.put(explanation, bounds, labels.addObject()));
        return Json.line(object);
    }
}
