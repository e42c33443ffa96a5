package dev.longtail.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records of hyper-parameters as lists, from text and as JSON. Every component is an {@code int},
 * {@code long}, {@code float}, {@code double}, {@code boolean}, {@code String} or enum and carries {@link Setting}, or
 * is again such a record. New records are made by their canonical constructors, so their checks always run, and what
 * these throw passes through unchanged.
 *
 * <p>A setting is named by its path, {@code output.fanIn}, or by its last parts, {@code fanIn}, where only one path
 * ends in them. Enum values are written in lower case with hyphens: FIXED_FAN_IN is {@code fixed-fan-in}.
 */
public final class Settings {

    private Settings() {}

    /**
     * One hyper-parameter.
     *
     * @param path         names of the components on the way to it, joined by dots
     * @param name         last part of the path
     * @param choices      values of an enum as they are written; empty for other types
     * @param defaultValue value in the record it was listed from, boxed
     * @param meaning      text of its {@link Setting}
     */
    public record Leaf(
            String path, String name, Class<?> type, List<String> choices, Object defaultValue, String meaning) {

        public Leaf {
            choices = List.copyOf(choices);
        }

        /** Default as it would be written on a command line. */
        public String defaultText() {
            return SettingText.format(defaultValue);
        }
    }

    /**
     * Lists the hyper-parameters of a record in the order of its components, nested records in place.
     *
     * @throws IllegalArgumentException when a value lacks {@link Setting} or has a type that is not supported
     */
    public static List<Leaf> leaves(Record defaults) {
        List<Leaf> leaves = new ArrayList<>();
        addLeaves(defaults, "", leaves);
        return List.copyOf(leaves);
    }

    /**
     * The hyper-parameter that a name stands for.
     *
     * @throws IllegalArgumentException when the name is unknown or stands for several paths
     */
    public static Leaf leaf(Record settings, String name) {
        List<Leaf> leaves = leaves(settings);
        String path = SettingNames.path(leaves, name);
        return leaves.stream()
                .filter(leaf -> leaf.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the record with some values replaced; all of them are in place before any constructor runs.
     *
     * @param values text by name
     * @throws IllegalArgumentException when a name is unknown, stands for several paths or means the same as another,
     *                                  or a text does not fit the type; and what the constructors throw
     */
    public static <R extends Record> R override(R settings, Map<String, String> values) {
        return replaced(settings, "", SettingNames.byPath(leaves(settings), values));
    }

    /**
     * The record as a tree, its components in order.
     *
     * @throws IllegalArgumentException when a number is not finite, which JSON cannot hold
     */
    public static ObjectNode toJson(Record settings) {
        return toJson(settings, "");
    }

    /**
     * The record of a tree that {@link #toJson} made.
     *
     * @throws IllegalArgumentException when a field is missing, unknown or of the wrong type, naming its path; and what
     *                                  the constructors throw
     */
    public static <R extends Record> R fromJson(Class<R> type, ObjectNode json) {
        return fromJson(type, json, "");
    }

    private static void addLeaves(Record record, String prefix, List<Leaf> leaves) {
        for (SettingComponent component : SettingComponent.of(record.getClass())) {
            String path = prefix + component.name();
            Object value = component.value(record);
            if (value instanceof Record nested) {
                addLeaves(nested, path + ".", leaves);
            } else {
                List<String> choices = SettingText.choices(component.type());
                leaves.add(new Leaf(path, component.name(), component.type(), choices, value, component.meaning()));
            }
        }
    }

    private static <R extends Record> R replaced(R record, String prefix, Map<String, String> texts) {
        @SuppressWarnings("unchecked") // getClass() of an R
        Class<R> type = (Class<R>) record.getClass();
        List<Object> values = new ArrayList<>();
        for (SettingComponent component : SettingComponent.of(type)) {
            String path = prefix + component.name();
            Object value = component.value(record);
            String text = texts.get(path);
            if (value instanceof Record nested) {
                values.add(replaced(nested, path + ".", texts));
            } else {
                values.add(text == null ? value : SettingText.parse(component.type(), path, text));
            }
        }
        return SettingComponent.construct(type, values);
    }

    private static ObjectNode toJson(Record record, String prefix) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (SettingComponent component : SettingComponent.of(record.getClass())) {
            Object value = component.value(record);
            String path = prefix + component.name();
            json.set(
                    component.name(),
                    value instanceof Record nested ? toJson(nested, path + ".") : SettingText.toJson(path, value));
        }
        return json;
    }

    private static <R extends Record> R fromJson(Class<R> type, JsonNode json, String prefix) {
        if (!(json instanceof ObjectNode object)) {
            String path = prefix.isEmpty() ? "the settings" : prefix.substring(0, prefix.length() - 1);
            throw new IllegalArgumentException(path + " must be an object, got " + json);
        }
        Map<String, JsonNode> unread = new LinkedHashMap<>();
        object.properties().forEach(field -> unread.put(field.getKey(), field.getValue()));
        List<SettingComponent> components = SettingComponent.of(type);
        List<Object> values = new ArrayList<>();
        for (SettingComponent component : components) {
            String path = prefix + component.name();
            JsonNode value = unread.remove(component.name());
            if (value == null) {
                throw new IllegalArgumentException(path + " is missing");
            }
            values.add(
                    component.isNested()
                            ? fromJson(component.type().asSubclass(Record.class), value, path + ".")
                            : SettingText.fromJson(component.type(), path, value));
        }
        if (!unread.isEmpty()) {
            String known = components.stream().map(SettingComponent::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    prefix + unread.keySet().iterator().next() + " is unknown, the fields here are " + known);
        }
        return SettingComponent.construct(type, values);
    }
}
