package dev.longtail.cli;

import dev.longtail.data.RawExample;
import dev.longtail.explain.Arm;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.ExplanationJson;
import dev.longtail.explain.Representers;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explanations for programs. */
final class ExplainJson {

    private ExplainJson() {}

    /**
     * The explanations of one example as one line.
     *
     * @param representers parallel to the explanations, or empty
     * @param most words of each label; the others are added up
     */
    static String line(
            RawExample example, List<Explanation> explanations, List<RepresenterRun.OfLabel> representers, int most) {
        ObjectNode object = Json.object();
        if (example.text != null) {
            object.put("text", example.text);
        }
        ArrayNode labels = object.putArray("labels");
        ExplanationJson.Bounds bounds = new ExplanationJson.Bounds(most, Integer.MAX_VALUE);
        for (int i = 0; i < explanations.size(); i++) {
            ObjectNode label = labels.addObject();
            ExplanationJson.put(explanations.get(i), bounds, label);
            if (!representers.isEmpty()) {
                put(representers.get(i), label.putObject("representers"));
            }
        }
        return Json.line(object);
    }

    private static void put(RepresenterRun.OfLabel found, ObjectNode node) {
        put(found.supporting(), found.parts().supporting(), node.putObject("for"));
        put(found.opposing(), found.parts().opposing(), node.putObject("against"));
        node.put("start", found.parts().start());
        node.put(Arm.EMBEDDING.toString(), found.parts().embedding());
        node.put("sum", found.parts().sum());
    }

    private static void put(List<RepresenterRun.Told> side, Representers.Side parts, ObjectNode node) {
        ArrayNode examples = node.putArray("examples");
        for (RepresenterRun.Told told : side) {
            ObjectNode example = examples.addObject();
            example.put("text", told.text());
            example.put("source", told.source());
            ArrayNode labels = example.putArray("labels");
            told.labels().forEach(labels::add);
            example.put("carries", told.point().carries());
            example.put("value", told.point().value());
            example.put(Arm.ASSOCIATION.toString(), told.point().association());
            example.put(Arm.DIRECT.toString(), told.point().direct());
        }
        ObjectNode others = node.putObject("otherExamples");
        others.put("count", parts.others());
        others.put("value", parts.othersValue());
    }
}
