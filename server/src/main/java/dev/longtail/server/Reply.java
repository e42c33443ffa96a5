package dev.longtail.server;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param model whose answer it is, empty where none was asked
 * @param texts answered
 * @param suggestions in it
 * @param headers beyond those that all answers have, or in place of them
 */
record Reply(
        int status, String type, byte[] body, String model, int texts, int suggestions, Map<String, String> headers) {

    private static final String JSON = "application/json";

    static Reply of(JsonNode json) {
        return of(200, json);
    }

    static Reply of(int status, JsonNode json) {
        return new Reply(status, JSON, Json.bytes(json), "", 0, 0, Map.of());
    }

    static Reply of(String type, byte[] body) {
        return new Reply(200, type, body, "", 0, 0, Map.of());
    }

    /** The same with what it holds, for metrics and log. */
    Reply holding(Answered answered) {
        return new Reply(status, type, body, answered.model().name(), answered.texts(), answered.count(), headers);
    }

    /** The same with headers. */
    Reply with(Map<String, String> others) {
        return new Reply(status, type, body, model, texts, suggestions, Map.copyOf(others));
    }

    /** That the one who asks has the answer already. */
    Reply unchanged() {
        return new Reply(304, type, new byte[0], model, texts, suggestions, headers);
    }
}
