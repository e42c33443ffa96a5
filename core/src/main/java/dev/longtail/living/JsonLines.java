package dev.longtail.living;

import dev.longtail.config.JsonComplaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects that stand on a line each, read strictly. */
final class JsonLines {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonLines() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object as one line, without its end. */
    static String line(ObjectNode json) {
        return MAPPER.writeValueAsString(json);
    }

    /** @throws IllegalArgumentException when the line is no JSON object */
    static ObjectNode parse(String line) {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode json) {
                return json;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is not JSON: " + JsonComplaint.plain(e.getOriginalMessage()), e);
        }
        throw new IllegalArgumentException("is not a JSON object");
    }

    /** @throws IllegalArgumentException when there are members that do not belong there */
    static void requireOnly(ObjectNode json, Set<String> members) {
        for (String name : json.propertyNames()) {
            if (!members.contains(name)) {
                throw new IllegalArgumentException("has a member " + name + ", it may have "
                        + members.stream().sorted().toList());
            }
        }
    }

    /** A member that is a text. */
    static String text(ObjectNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("has no text " + name);
        }
        return value.stringValue();
    }

    /** A member that is a list of texts; empty where there is none. */
    static List<String> texts(ObjectNode json, String name) {
        JsonNode list = json.path(name);
        if (!list.isArray() && !list.isMissingNode()) {
            throw new IllegalArgumentException(name + " is no list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : list) {
            if (!entry.isString()) {
                throw new IllegalArgumentException(name + " holds something that is no text");
            }
            texts.add(entry.stringValue());
        }
        return texts;
    }
}
