package dev.longtail.server;

import dev.longtail.config.InputException;
import dev.longtail.predict.Suggestion;
import dev.longtail.server.serving.ModelFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's own API: models, suggestions for one text or many, and the exchange of a model. */
final class PlainApi {

    private static final Logger LOG = LoggerFactory.getLogger(PlainApi.class);

    private final Suggester suggester;

    PlainApi(Suggester suggester) {
        this.suggester = suggester;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/models", call -> list()),
                Route.get("/v1/models/{name}", call -> Reply.of(model(facts(call)))),
                Route.post("/v1/models/{name}/suggest", this::suggest),
                Route.guardedPost("/v1/models/{name}/reload", this::reload));
    }

    private ModelFacts facts(Call call) {
        return suggester.models().facts(suggester.name(call, "name"));
    }

    private Reply list() {
        ObjectNode json = Json.object();
        ArrayNode models = json.putArray("models");
        suggester.models().facts().forEach(facts -> models.add(model(facts)));
        return Reply.of(json);
    }

    private static ObjectNode model(ModelFacts facts) {
        ObjectNode json = Json.object();
        json.put("name", facts.name());
        json.put("generation", facts.generation());
        json.put("labels", facts.labels());
        json.put("trainExamples", facts.trainExamples());
        json.put("calibrated", facts.calibrated());
        json.put("bytes", facts.bytes());
        json.put("created", facts.created());
        json.put("loaded", facts.loaded().toString());
        json.put("loadSeconds", facts.loadSeconds());
        return json;
    }

    private Reply suggest(Call call) throws IOException, InterruptedException {
        String name = suggester.name(call, "name");
        ObjectNode body = call.json();
        JsonNode many = body.get("texts");
        if (many != null && body.has("text")) {
            throw Problem.wrong("invalid-text", "give text or texts, not both");
        }
        List<String> texts = many == null ? List.of(Suggester.text(body.get("text"), "text")) : texts(many);
        // Scores are floats: as one, a threshold that was taken from an answer is that score again.
        float threshold = (float) Suggester.threshold(body.get("threshold"));
        Question question = new Question(texts, suggester.limit(body.get("limit")), threshold);
        Answered answered = suggester.ask(name, question, Suggestion::score);
        ObjectNode json = Json.object();
        json.put("model", name);
        if (many == null) {
            json.set("suggestions", suggestions(answered, 0));
        } else {
            ArrayNode results = json.putArray("results");
            for (int i = 0; i < answered.texts(); i++) {
                results.addObject().set("suggestions", suggestions(answered, i));
            }
        }
        return Reply.of(json).holding(answered);
    }

    private static List<String> texts(JsonNode many) {
        if (!many.isArray()) {
            throw Problem.wrong("invalid-text", "texts must be an array of strings");
        }
        List<String> texts = new ArrayList<>(many.size());
        for (int i = 0; i < many.size(); i++) {
            texts.add(Suggester.text(many.get(i), "texts[" + i + "]"));
        }
        return texts;
    }

    private static ArrayNode suggestions(Answered answered, int text) {
        ArrayNode array = Json.object().putArray("suggestions");
        for (Suggestion suggestion : answered.suggestions().get(text)) {
            ObjectNode json = array.addObject();
            json.put("id", suggestion.id());
            json.put("name", suggestion.name());
            json.put("score", suggestion.score());
            if (answered.model().calibrated()) {
                json.put("probability", suggestion.probability());
            }
        }
        return array;
    }

    /** Exchanges a model; why that fails is logged, since it names folders, and not told. */
    private Reply reload(Call call) {
        String name = suggester.name(call, "name");
        try {
            return Reply.of(model(suggester.models().reload(name)));
        } catch (IllegalStateException e) {
            throw Problem.of(409, "reload-running", "the model is being reloaded by another request");
        } catch (IOException | InputException e) {
            LOG.error("model {} was not reloaded, the one before stays: {}", name, e.getMessage());
            throw Problem.of(
                    409, "reload-failed", "the new model cannot be served, the one before stays; the log says why");
        }
    }
}
