package dev.longtail.server;

import dev.longtail.living.Feedback;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Learning from accepted and rejected suggestions, and taking that back. */
final class FeedbackApi {

    private final Suggester suggester;
    private final ModelChanges changes;

    FeedbackApi(Suggester suggester) {
        this.suggester = suggester;
        this.changes = new ModelChanges(suggester.models());
    }

    List<Route> routes() {
        return List.of(
                Route.guardedPost("/v1/models/{name}/feedback", this::feedback),
                Route.guardedPost("/v1/models/{name}/feedback/undo", this::undo));
    }

    private Reply feedback(Call call) throws IOException {
        String name = suggester.name(call, "name");
        ObjectNode body = call.json();
        String text = Suggester.text(body.get("text"), "text");
        suggester.check(List.of(text));
        List<String> accepted = ModelChanges.texts(body.get("accepted"), "accepted");
        List<String> rejected = ModelChanges.texts(body.get("rejected"), "rejected");
        return answer(name, changes.make(name, model -> model.give(List.of(new Feedback(text, accepted, rejected)))));
    }

    private Reply undo(Call call) throws IOException {
        String name = suggester.name(call, "name");
        ObjectNode body = call.json();
        JsonNode last = body.get("last");
        JsonNode numbers = body.get("sequence");
        if ((last == null) == (numbers == null)) {
            throw Problem.wrong("invalid-change", "give last, a number, or sequence, an array of numbers");
        }
        if (last != null) {
            int count = Math.toIntExact(Math.min(Integer.MAX_VALUE, number(last)));
            return answer(name, changes.make(name, model -> model.undoLast(count)));
        }
        List<Long> undone = new ArrayList<>();
        for (JsonNode number : numbers) {
            undone.add(number(number));
        }
        if (undone.isEmpty()) {
            throw Problem.wrong("invalid-change", "sequence must be an array of at least one number");
        }
        return answer(name, changes.make(name, model -> model.undo(undone)));
    }

    private static long number(JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
            throw Problem.wrong("invalid-change", "numbers of feedback are whole and at least 1");
        }
        return number.longValue();
    }

    private static Reply answer(String name, long sequence) {
        return Reply.of(Json.object().put("model", name).put("sequence", sequence));
    }
}
