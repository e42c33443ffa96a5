package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** openapi.yaml as tests hold answers to it: address, method, status, kind of body, and the body by its schema. */
final class Contract {

    static final Contract OF_THE_SERVER = new Contract();

    private final JsonNode root;

    private Contract() {
        try (InputStream stream = LongtailServer.class.getResourceAsStream("openapi.yaml")) {
            root = YAMLMapper.builder().build().readTree(Objects.requireNonNull(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Routes as {@link Route#name} writes them. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                if (!method.equals("parameters")) {
                    routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return routes;
    }

    /** Whether a route needs the token. */
    boolean isGuarded(String route) {
        String[] parts = route.split(" ");
        return operation(parts[0], parts[1]).has("security");
    }

    /** Fails unless the answer is one of those described; an address that is not described may answer errors only. */
    void check(String method, String path, Answer answer) {
        String template = template(path);
        if (template.isEmpty() || !operation(method, template).isObject()) {
            assertThat(answer.status()).as(method + " " + path).isBetween(400, 499);
            matches(schema(path.startsWith("/v2") ? "InferenceError" : "Error"), answer.json(), "error");
            return;
        }
        JsonNode responses = operation(method, template).path("responses");
        JsonNode response = responses.has(Integer.toString(answer.status()))
                ? responses.path(Integer.toString(answer.status()))
                : responses.path("default");
        assertThat(answer.status() < 400 && !responses.has(Integer.toString(answer.status())))
                .as("status " + answer.status() + " is described")
                .isFalse();
        if (!resolved(response).has("content")) {
            assertThat(answer.body()).as("body of " + answer.status()).isEmpty();
            return;
        }
        JsonNode content = resolved(response).path("content").path(answer.type());
        assertThat(content.isObject()).as(answer.type() + " is described").isTrue();
        if (answer.type().equals("application/json")) {
            matches(content.path("schema"), answer.json(), method + " " + path + " ->");
        }
    }

    private JsonNode operation(String method, String template) {
        return root.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    }

    private JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    private String template(String path) {
        String[] parts = path.replaceFirst("\\?.*", "").split("/", -1);
        for (String template : root.path("paths").propertyNames()) {
            String[] wanted = template.split("/", -1);
            boolean fits = wanted.length == parts.length;
            for (int i = 0; fits && i < parts.length; i++) {
                fits = wanted[i].startsWith("{") || wanted[i].equals(parts[i]);
            }
            if (fits) {
                return template;
            }
        }
        return "";
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").stringValue().substring(1)) : node;
    }

    private void matches(JsonNode described, JsonNode value, String where) {
        JsonNode schema = resolved(described);
        if (value.isNull() && schema.path("nullable").asBoolean(false)) {
            return;
        }
        String type = schema.path("type").asString("");
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> type.isEmpty();
        };
        assertThat(right).as(where + " is " + type + ": " + value).isTrue();
        if (schema.has("enum")) {
            assertThat(schema.path("enum").valueStream()).as(where).contains(value);
        }
        if (schema.has("maximum")) {
            assertThat(value.doubleValue())
                    .as(where)
                    .isBetween(
                            schema.path("minimum").doubleValue(),
                            schema.path("maximum").doubleValue());
        }
        for (JsonNode name : schema.path("required")) {
            assertThat(value.has(name.stringValue()))
                    .as(where + " has " + name + ": " + value)
                    .isTrue();
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode property = schema.path("properties").path(field.getKey());
                assertThat(property.isObject())
                        .as(where + " may have " + field.getKey())
                        .isTrue();
                matches(property, field.getValue(), where + " " + field.getKey());
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (JsonNode item : value) {
                matches(schema.path("items"), item, where + "[]");
            }
        }
    }
}
