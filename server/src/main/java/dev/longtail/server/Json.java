package dev.longtail.server;

import dev.longtail.config.JsonComplaint;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON of requests, read strictly, and of answers. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    static byte[] bytes(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /** The object that a text is. */
    static ObjectNode parse(String text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw Problem.wrong("invalid-json", "the body must be a JSON object");
    }

    /** The array that a text is. */
    static ArrayNode parseArray(String text) {
        if (read(text) instanceof ArrayNode array) {
            return array;
        }
        throw Problem.wrong("invalid-json", "the body must be a JSON array");
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw Problem.wrong("invalid-json", "the body is not JSON: " + JsonComplaint.plain(e.getOriginalMessage()));
        }
    }
}
