package dev.longtail.server;

import dev.longtail.format.LibraryVersion;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Open Inference Protocol, version 2, over JSON: a model takes the tensor {@code text}, BYTES [n], and gives
 * {@code ids}, BYTES [n, k], and {@code scores}, FP32 [n, k], best first. k is the largest number of suggestions of a
 * text in the request; where a text has fewer, its row ends with empty ids and scores of 0. The parameter
 * {@code limit} says how many there are at most.
 */
final class InferenceApi {

    private static final String INPUT = "text";
    private static final String IDS = "ids";
    private static final String SCORES = "scores";

    private final Suggester suggester;
    private final BooleanSupplier ready;

    /** @param ready whether the server takes requests */
    InferenceApi(Suggester suggester, BooleanSupplier ready) {
        this.suggester = suggester;
        this.ready = ready;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v2", call -> server()),
                Route.get("/v2/health/live", call -> Reply.of(Json.object().put("live", true))),
                Route.get("/v2/health/ready", call -> ready(Json.object())),
                Route.get("/v2/models/{name}", this::model),
                Route.get(
                        "/v2/models/{name}/ready",
                        call -> ready(Json.object().put("name", suggester.name(call, "name")))),
                Route.post("/v2/models/{name}/infer", this::infer));
    }

    private Reply ready(ObjectNode json) {
        boolean now = ready.getAsBoolean();
        return Reply.of(now ? 200 : 503, json.put("ready", now));
    }

    private static Reply server() {
        ObjectNode json = Json.object();
        json.put("name", "longtail");
        json.put("version", LibraryVersion.text());
        json.putArray("extensions");
        return Reply.of(json);
    }

    private Reply model(Call call) {
        ObjectNode json = Json.object();
        json.put("name", suggester.name(call, "name"));
        json.putArray("versions");
        json.put("platform", "longtail_label_model");
        tensor(json.putArray("inputs").addObject(), INPUT, "BYTES", -1);
        ArrayNode outputs = json.putArray("outputs");
        tensor(outputs.addObject(), IDS, "BYTES", -1, -1);
        tensor(outputs.addObject(), SCORES, "FP32", -1, -1);
        return Reply.of(json);
    }

    private static ObjectNode tensor(ObjectNode into, String name, String type, int... shape) {
        into.put("name", name);
        into.put("datatype", type);
        ArrayNode lengths = into.putArray("shape");
        for (int length : shape) {
            lengths.add(length);
        }
        return into;
    }

    private Reply infer(Call call) throws IOException, InterruptedException {
        String name = suggester.name(call, "name");
        ObjectNode body = call.json();
        List<String> outputs = outputs(body.get("outputs"));
        JsonNode limit = body.path("parameters").get("limit");
        Question question = new Question(texts(body.path("inputs")), suggester.limit(limit), Double.NEGATIVE_INFINITY);
        Answered answered = suggester.ask(name, question, Suggestion::score);
        ObjectNode json = Json.object();
        json.put("model_name", name);
        JsonNode id = body.get("id");
        if (id != null && id.isString()) {
            json.set("id", id);
        }
        ArrayNode tensors = json.putArray("outputs");
        int width = answered.suggestions().stream().mapToInt(List::size).max().orElse(0);
        for (String output : outputs) {
            fill(tensors.addObject(), output, answered, width);
        }
        return Reply.of(json).holding(answered);
    }

    private static List<String> texts(JsonNode inputs) {
        JsonNode input = inputs.size() == 1 ? inputs.get(0) : null;
        if (input == null
                || !input.path("name").asString("").equals(INPUT)
                || !input.path("datatype").asString("").equals("BYTES")) {
            throw Problem.wrong("invalid-input", "inputs must be one tensor with name text and datatype BYTES");
        }
        JsonNode data = input.path("data");
        JsonNode shape = input.path("shape");
        if (!data.isArray()
                || shape.size() != 1
                || !shape.get(0).isInt()
                || shape.get(0).intValue() != data.size()) {
            throw Problem.wrong("invalid-input", "shape of the input text must be [n] for the n strings of its data");
        }
        List<String> texts = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            texts.add(Suggester.text(data.get(i), "data[" + i + "] of the input text"));
        }
        return texts;
    }

    private static List<String> outputs(@Nullable JsonNode wanted) {
        if (wanted == null) {
            return List.of(IDS, SCORES);
        }
        List<String> outputs = new ArrayList<>();
        for (JsonNode output : wanted) {
            String name = output.path("name").asString("");
            if (!name.equals(IDS) && !name.equals(SCORES)) {
                throw Problem.wrong("invalid-output", "outputs are ids and scores");
            }
            outputs.add(name);
        }
        return outputs;
    }

    private static void fill(ObjectNode tensor, String name, Answered answered, int width) {
        boolean ids = name.equals(IDS);
        tensor(tensor, name, ids ? "BYTES" : "FP32", answered.texts(), width);
        ArrayNode data = tensor.putArray("data");
        for (List<Suggestion> row : answered.suggestions()) {
            for (int i = 0; i < width; i++) {
                if (ids) {
                    data.add(i < row.size() ? row.get(i).id() : "");
                } else {
                    data.add(i < row.size() ? row.get(i).score() : 0f);
                }
            }
        }
    }
}
