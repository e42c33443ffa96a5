package dev.longtail.server;

import dev.longtail.explain.ExplanationJson;
import dev.longtail.server.serving.ExplainQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Why labels are suggested for a text, or why not: what each word adds to a score. */
final class ExplainApi {

    private static final int USUAL_WORDS = 200;
    private static final int MOST_WORDS = 1000;

    /** Places of all words of a label: a text may hold a word as often as it likes, and each place is told. */
    private static final int MOST_PLACES = 5000;

    private final Suggester suggester;

    ExplainApi(Suggester suggester) {
        this.suggester = suggester;
    }

    List<Route> routes() {
        return List.of(Route.post("/v1/models/{name}/explain", this::explain));
    }

    private Reply explain(Call call) throws IOException, InterruptedException {
        String name = suggester.name(call, "name");
        ObjectNode body = call.json();
        String text = Suggester.text(body.get("text"), "text");
        suggester.check(List.of(text));
        int top = integer(body, "top", suggester.defaultLimit(), suggester.maxLimit());
        int words = integer(body, "words", USUAL_WORDS, MOST_WORDS);
        ExplainQuestion question = new ExplainQuestion(text, labels(body.get("labels")), top);
        boolean calibrated = suggester.models().facts(name).calibrated();
        ExplanationJson.Bounds bounds = new ExplanationJson.Bounds(words, MOST_PLACES);
        List<ObjectNode> explained;
        try {
            explained = suggester.ask((pool, most) -> pool.explain(
                    name, question, explanation -> ExplanationJson.put(explanation, bounds, Json.object()), most));
        } catch (NoSuchElementException e) {
            throw Problem.wrong("unknown-label", String.valueOf(e.getMessage()));
        }
        ObjectNode json = Json.object();
        json.put("model", name);
        for (ObjectNode label : explained) {
            if (!calibrated) {
                label.remove("probability"); // as the suggestions have none
            }
        }
        json.putArray("labels").addAll(explained);
        return Reply.of(json);
    }

    private static int integer(ObjectNode body, String name, int usual, int most) {
        JsonNode given = body.get(name);
        if (given == null) {
            return usual;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.intValue() < 1 || given.intValue() > most) {
            throw Problem.wrong("invalid-" + name, name + " must be an integer from 1 to " + most);
        }
        return given.intValue();
    }

    private static List<String> labels(@Nullable JsonNode given) {
        List<String> ids = new ArrayList<>();
        if (given == null) {
            return ids;
        }
        if (!given.isArray() || given.isEmpty() || given.size() > ExplainQuestion.MOST_LABELS) {
            throw wrongLabels();
        }
        for (JsonNode id : given) {
            if (!id.isString()) {
                throw wrongLabels();
            }
            ids.add(id.stringValue());
        }
        return ids;
    }

    private static Problem wrongLabels() {
        return Problem.wrong(
                "invalid-labels", "labels must be an array of 1 to " + ExplainQuestion.MOST_LABELS + " ids of labels");
    }
}
