package dev.longtail.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of single settings as text and as JSON. */
final class SettingText {

    private static final Set<Class<?>> TYPES =
            Set.of(int.class, long.class, float.class, double.class, boolean.class, String.class);

    // Java's own parsers also take 1f, 0x1p3, NaN and Infinity, which no other reader of a model file would.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private SettingText() {}

    static boolean supports(Class<?> type) {
        return TYPES.contains(type) || type.isEnum();
    }

    static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(SettingText::format)
                        .toList()
                : List.of();
    }

    static String format(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    /**
     * Value of a text.
     *
     * @param path what to call the setting when the text does not fit
     */
    static Object parse(Class<?> type, String path, String text) {
        Object value = valueOrNull(type, text);
        if (value == null) {
            throw wrong(type, path, '"' + text + '"');
        }
        return value;
    }

    static JsonNode toJson(String path, Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof Integer number) {
            return nodes.numberNode(number.intValue());
        } else if (value instanceof Long number) {
            return nodes.numberNode(number.longValue());
        } else if (value instanceof Float number) {
            Require.that(Float.isFinite(number), path, "finite to be written as JSON", number);
            return nodes.numberNode(number.floatValue());
        } else if (value instanceof Double number) {
            Require.that(Double.isFinite(number), path, "finite to be written as JSON", number);
            return nodes.numberNode(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        }
        return nodes.stringNode(format(value));
    }

    static Object fromJson(Class<?> type, String path, JsonNode json) {
        boolean fits;
        if (type == int.class || type == long.class) {
            fits = json.isIntegralNumber();
        } else if (type == float.class || type == double.class) {
            fits = json.isNumber();
        } else if (type == boolean.class) {
            fits = json.isBoolean();
        } else {
            fits = json.isString();
        }
        // By way of text: the shortest decimal of a float, read as a double and rounded again, can be off by one bit.
        Object value = fits ? valueOrNull(type, json.asString()) : null;
        if (value == null) {
            throw wrong(type, path, json.toString());
        }
        return value;
    }

    private static @Nullable Object valueOrNull(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        } else if (type == boolean.class) {
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        } else if (type.isEnum()) {
            int choice = choices(type).indexOf(text);
            return choice < 0 ? null : type.getEnumConstants()[choice];
        }
        return numberOrNull(type, text);
    }

    private static @Nullable Object numberOrNull(Class<?> type, String text) {
        try {
            if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == long.class) {
                return Long.valueOf(text);
            } else if (!DECIMAL.matcher(text).matches()) {
                return null;
            } else if (type == float.class) {
                Float value = Float.valueOf(text);
                return value.isInfinite() ? null : value;
            }
            Double value = Double.valueOf(text);
            return value.isInfinite() ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static IllegalArgumentException wrong(Class<?> type, String path, String value) {
        String expected;
        if (type.isEnum()) {
            expected = "one of " + String.join(", ", choices(type));
        } else if (type == int.class) {
            expected = "an integer from -2147483648 to 2147483647";
        } else if (type == long.class) {
            expected = "an integer from -9223372036854775808 to 9223372036854775807";
        } else if (type == boolean.class) {
            expected = "true or false";
        } else if (type == String.class) {
            expected = "a text";
        } else {
            expected = "a decimal number in the range of a " + type;
        }
        return new IllegalArgumentException(path + " must be " + expected + ", got " + value);
    }
}
