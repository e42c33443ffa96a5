package dev.longtail.explain;

import dev.longtail.config.Require;
import dev.longtail.text.TextPlace;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explanations for programs, as {@code longtail explain --json} and the server write them. */
public final class ExplanationJson {

    private final Explanation explanation;
    private final ObjectNode label;
    private int places;

    /**
     * How much of an explanation is written.
     *
     * @param words that are named, those of the largest parts; the others are added up
     * @param places of all these words together; the others are counted
     */
    public record Bounds(int words, int places) {
        public Bounds {
            Require.that(words >= 0, "words", "at least 0", words);
            Require.that(places >= 0, "places", "at least 0", places);
        }
    }

    private ExplanationJson(Explanation explanation, int places, ObjectNode label) {
        this.explanation = explanation;
        this.places = places;
        this.label = label;
    }

    /** Writes an explanation into an object, which is returned. */
    public static ObjectNode put(Explanation explanation, Bounds bounds, ObjectNode label) {
        new ExplanationJson(explanation, bounds.places, label).put(bounds.words);
        return label;
    }

    private void put(int most) {
        label.put("id", explanation.id());
        label.put("name", explanation.name());
        label.put("score", (float) explanation.score()); // as predict writes it
        put("probability", explanation.probability());
        put(explanation.standing());
        label.put("sum", explanation.sum());
        List<WordPart> words = explanation.words();
        int named = Math.min(most, words.size());
        ArrayNode parts = label.putArray("words");
        int leftOut = 0;
        for (WordPart word : words.subList(0, named)) {
            leftOut += put(word, parts.addObject());
        }
        if (named < words.size()) {
            ObjectNode others = label.putObject("otherWords");
            others.put("count", words.size() - named);
            others.put("value", explanation.others(named));
        }
        if (leftOut > 0) {
            label.put("placesLeftOut", leftOut);
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

    private void put(Standing standing) {
        label.put("suggested", standing.suggested());
        label.put("candidate", standing.candidate());
        if (standing.rank() > 0) {
            label.put("rank", standing.rank());
        }
        label.put("candidates", standing.candidates());
        label.put("candidatesBy", standing.finder().toString());
        label.put("candidateScore", standing.found());
        put("lastCandidateScore", standing.leastFound());
        standing.lastScore().ifPresent(score -> label.put("lastSuggestedScore", (float) score));
    }

    private void put(String name, OptionalDouble value) {
        value.ifPresent(number -> label.put(name, number));
    }

    /** Returns how many places of the word were left out. */
    private int put(WordPart word, ObjectNode node) {
        node.put("word", word.word());
        node.put("term", word.term());
        node.put("value", word.value());
        node.put("share", explanation.share(word.value()));
        node.put("weight", word.weight());
        for (Arm arm : Arm.values()) {
            node.put(arm.toString(), word.value(arm));
        }
        ArrayNode list = node.putArray("places");
        int told = Math.min(places, word.places().size());
        for (TextPlace place : word.places().subList(0, told)) {
            list.addObject().put("start", place.start()).put("end", place.end());
        }
        places -= told;
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
        return word.places().size() - told;
    }
}
