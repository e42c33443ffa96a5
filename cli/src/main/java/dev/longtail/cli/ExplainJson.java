package dev.longtail.cli;

import dev.longtail.data.RawExample;
import dev.longtail.explain.AnchorPart;
import dev.longtail.explain.Arm;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.FixedPart;
import dev.longtail.explain.MissingWord;
import dev.longtail.explain.Standing;
import dev.longtail.explain.WordPart;
import dev.longtail.text.TextPlace;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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
        for (int i = 0; i < explanations.size(); i++) {
            ObjectNode label = labels.addObject();
            put(explanations.get(i), most, label);
            if (!representers.isEmpty()) {
                put(representers.get(i), label.putObject("representers"));
            }
        }
        return Json.line(object);
    }

    private static void put(Explanation explanation, int most, ObjectNode label) {
        label.put("id", explanation.id());
        label.put("name", explanation.name());
        label.put("score", (float) explanation.score()); // as predict writes it
        put(label, "probability", explanation.probability());
        put(explanation.standing(), label);
        label.put("sum", explanation.sum());
        ArrayNode words = label.putArray("words");
        explanation.words().stream().limit(most).forEach(word -> put(explanation, word, words.addObject()));
        if (explanation.words().size() > most) {
            ObjectNode others = label.putObject("otherWords");
            others.put("count", explanation.words().size() - most);
            others.put("value", ExplainTables.others(explanation, most));
        }
        ArrayNode fixed = label.putArray("fixed");
        for (FixedPart part : explanation.fixed()) {
            ObjectNode node = fixed.addObject();
            node.put("name", part.name());
            node.put("value", part.value());
            node.put("share", explanation.share(part.value()));
        }
        if (!explanation.standing().suggested()) {
            ArrayNode missing = label.putArray("missing");
            for (MissingWord word : explanation.missing()) {
                ObjectNode node = missing.addObject();
                node.put("arm", word.arm().toString());
                node.put("term", word.term());
                node.put("gain", word.gain());
            }
        }
    }

    private static void put(RepresenterRun.OfLabel found, ObjectNode node) {
        ArrayNode examples = node.putArray("examples");
        for (RepresenterRun.Told told : found.told()) {
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
        others.put("count", found.parts().others());
        others.put("value", found.parts().othersValue());
        node.put("start", found.parts().start());
        node.put(Arm.EMBEDDING.toString(), found.parts().embedding());
        node.put("sum", found.parts().sum());
    }

    private static void put(Standing standing, ObjectNode label) {
        label.put("suggested", standing.suggested());
        label.put("candidate", standing.candidate());
        if (standing.rank() > 0) {
            label.put("rank", standing.rank());
        }
        label.put("candidates", standing.candidates());
        label.put("candidatesBy", standing.finder().toString());
        label.put("candidateScore", standing.found());
        put(label, "lastCandidateScore", standing.leastFound());
        standing.lastScore().ifPresent(score -> label.put("lastSuggestedScore", (float) score));
    }

    private static void put(ObjectNode object, String name, OptionalDouble value) {
        value.ifPresent(number -> object.put(name, number));
    }

    private static void put(Explanation explanation, WordPart word, ObjectNode node) {
        node.put("word", word.word());
        node.put("term", word.term());
        node.put("value", word.value());
        node.put("share", explanation.share(word.value()));
        node.put("weight", word.weight());
        for (Arm arm : Arm.values()) {
            node.put(arm.toString(), word.value(arm));
        }
        ArrayNode places = node.putArray("places");
        for (TextPlace place : word.places()) {
            places.addObject().put("start", place.start()).put("end", place.end());
        }
        if (!word.anchors().isEmpty()) {
            ArrayNode anchors = node.putArray("anchors");
            for (AnchorPart part : word.anchors()) {
                ObjectNode anchor = anchors.addObject();
                anchor.put("end", part.end().name().toLowerCase(Locale.ROOT));
                anchor.put("anchor", part.anchor());
                anchor.put("object", part.object());
                anchor.put("value", part.value());
            }
        }
    }
}
