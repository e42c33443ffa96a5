package dev.longtail.server;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it came.
 *
 * @param headers by name in lower case
 */
record Answer(int status, Map<String, String> headers, String body) {

    /** Reads what a connection that is closed afterwards sent. */
    static Answer parse(String raw) {
        int end = raw.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no answer: " + raw);
        }
        String[] head = raw.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] parts = head[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, raw.substring(end + 4));
    }

    JsonNode json() {
        return JsonMapper.builder().build().readTree(body);
    }

    /** Kind of the body without parameters. */
    String type() {
        return headers.getOrDefault("content-type", "").replaceFirst(";.*", "").strip();
    }

    /** Code of the error. */
    String code() {
        JsonNode json = json();
        return json.path("error").isObject()
                ? json.path("error").path("code").asString("")
                : json.path("code").asString("");
    }
}
