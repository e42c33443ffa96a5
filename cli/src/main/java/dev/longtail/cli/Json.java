package dev.longtail.cli;

import dev.longtail.metrics.Metrics;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON for programs: one object a line. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String line(ObjectNode object) {
        return MAPPER.writeValueAsString(object);
    }

    /** Puts all measures under their names, as fractions. */
    static void put(Metrics metrics, ObjectNode into) {
        metrics.toMap().forEach((name, value) -> {
            if (value instanceof Integer count) {
                into.put(name, count.intValue());
            } else {
                into.put(name, value.doubleValue());
            }
        });
    }
}
