package dev.longtail.server;

import dev.longtail.predict.Suggestion;
import dev.longtail.server.serving.ModelFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Annif's REST API that asks for suggestions, with models in place of projects, so that an Annif
 * installation can use this server as a backend of kind {@code http}. Scores are probabilities, which lie above 0 and
 * up to 1 as Annif expects; suggestions of probability 0, which it would drop, are left out. Fields that say nothing to
 * a model (project, language, metadata) are accepted and not looked at, because Annif sends them.
 */
final class AnnifApi {

    private final Suggester suggester;

    AnnifApi(Suggester suggester) {
        this.suggester = suggester;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/projects", call -> list()),
                Route.get("/v1/projects/{id}", this::project),
                Route.post("/v1/projects/{id}/suggest", this::suggest),
                Route.post("/v1/projects/{id}/suggest-batch", this::suggestBatch));
    }

    private Reply list() {
        ObjectNode json = Json.object();
        ArrayNode projects = json.putArray("projects");
        suggester.models().facts().forEach(facts -> projects.add(project(facts)));
        return Reply.of(json);
    }

    private Reply project(Call call) {
        return Reply.of(project(suggester.models().facts(suggester.name(call, "id"))));
    }

    private static ObjectNode project(ModelFacts facts) {
        ObjectNode json = Json.object();
        json.put("project_id", facts.name());
        json.put("name", facts.name());
        json.put("language", "und"); // undetermined: a model does not say which language it learned from
        json.putObject("backend").put("backend_id", "longtail");
        json.put("is_trained", true);
        json.put("modification_time", facts.created().isEmpty() ? facts.loaded().toString() : facts.created());
        return json;
    }

    private Reply suggest(Call call) throws IOException, InterruptedException {
        String name = suggester.name(call, "id");
        Form form = call.form();
        String text = form.value("text").orElseThrow(() -> Problem.wrong("missing-text", "the field text is missing"));
        Question question = new Question(
                List.of(text),
                suggester.limit(form.value("limit").orElse(null)),
                Suggester.threshold(form.value("threshold").orElse(null)));
        Answered answered = ask(name, question);
        ObjectNode json = Json.object();
        json.set("results", results(answered, 0));
        return Reply.of(json).holding(answered);
    }

    private Reply suggestBatch(Call call) throws IOException, InterruptedException {
        String name = suggester.name(call, "id");
        JsonNode documents = call.json().path("documents");
        if (!documents.isArray()) {
            throw Problem.wrong("missing-text", "documents must be an array of objects with a text");
        }
        List<String> texts = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            texts.add(Suggester.text(documents.get(i).get("text"), "documents[" + i + "].text"));
        }
        Question question = new Question(
                texts,
                suggester.limit(call.query("limit").orElse(null)),
                Suggester.threshold(call.query("threshold").orElse(null)));
        Answered answered = ask(name, question);
        ArrayNode array = Json.object().putArray("documents");
        for (int i = 0; i < answered.texts(); i++) {
            ObjectNode document = array.addObject();
            document.set("results", results(answered, i));
            JsonNode id = documents.get(i).get("document_id");
            document.set("document_id", id != null && id.isString() ? id : Json.nothing());
        }
        return Reply.of(array).holding(answered);
    }

    private Answered ask(String name, Question question) throws InterruptedException {
        double least = Math.max(question.threshold(), Double.MIN_VALUE);
        return suggester.ask(name, new Question(question.texts(), question.limit(), least), Suggestion::probability);
    }

    private static ArrayNode results(Answered answered, int text) {
        ArrayNode array = Json.object().putArray("results");
        for (Suggestion suggestion : answered.suggestions().get(text)) {
            ObjectNode json = array.addObject();
            json.put("uri", uri(suggestion.id()));
            json.put("label", suggestion.name());
            json.putNull("notation");
            json.put("score", Math.min(1, suggestion.probability()));
        }
        return array;
    }

    /** The identifier without the angle brackets in which Annif's files write URIs. */
    private static String uri(String id) {
        return id.length() > 2 && id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }
}
