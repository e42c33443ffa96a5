package dev.longtail.cli;

import dev.longtail.data.RawExample;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Collects examples, and writes a line of suggestions for each, in their order. */
final class Answers {

    private static final int BATCH = 64;

    private final Predictor predictor;
    private final Console console;
    private final boolean json;
    private final float threshold;
    private final List<RawExample> waiting = new ArrayList<>();
    private final ArrayDeque<RawExample> spare = new ArrayDeque<>();

    /** @param threshold lowest score of a suggestion */
    Answers(Predictor predictor, Console console, boolean json, float threshold) {
        this.predictor = predictor;
        this.console = console;
        this.json = json;
        this.threshold = threshold;
    }

    /** An example to be filled and given to {@link #add}. */
    RawExample blank() {
        return spare.isEmpty() ? new RawExample() : spare.pop();
    }

    void add(RawExample example) throws IOException {
        waiting.add(example);
        if (waiting.size() == BATCH) {
            flush();
        }
    }

    /** Answers all examples that wait for it. */
    void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        List<List<Suggestion>> answers = predictor.suggest(waiting);
        for (int i = 0; i < answers.size(); i++) {
            List<Suggestion> kept = answers.get(i).stream()
                    .filter(suggestion -> suggestion.score() >= threshold)
                    .toList();
            console.out().println(json ? object(kept, waiting.get(i).jsonId) : text(kept));
        }
        console.flush();
        spare.addAll(waiting);
        waiting.clear();
    }

    /**
     * Suggestions as one JSON object.
     *
     * @param id JSON text of the identifier of the example, null where it has none
     */
    static String object(List<Suggestion> suggestions, @Nullable String id) {
        ObjectNode object = Json.object();
        if (id != null) {
            object.putRawValue("id", new RawValue(id));
        }
        ArrayNode labels = object.putArray("labels");
        for (Suggestion suggestion : suggestions) {
            ObjectNode label = labels.addObject();
            label.put("id", suggestion.id());
            label.put("name", suggestion.name());
            label.put("score", suggestion.score());
            label.put("probability", suggestion.probability());
        }
        return Json.line(object);
    }

    /** Suggestions separated by tabs, each as score, identifier and, where it has one, name. */
    static String text(List<Suggestion> suggestions) {
        return suggestions.stream().map(Answers::text).collect(Collectors.joining("\t"));
    }

    private static String text(Suggestion suggestion) {
        String text = String.format(Locale.ROOT, "%.4f ", suggestion.score()) + suggestion.id();
        return Texts.printable(suggestion.name().isEmpty() ? text : text + " " + suggestion.name());
    }
}
