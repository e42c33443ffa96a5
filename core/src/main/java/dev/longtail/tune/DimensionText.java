package dev.longtail.tune;

import dev.longtail.config.Require;
import dev.longtail.config.Settings;
import dev.longtail.train.LabelConfig;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dimensions as a user writes them: {@code name=a,b,c}, {@code name=lo..hi} or {@code name=lo..hi:log}. */
public final class DimensionText {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+?)(:log)?");

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, float.class, double.class);

    /** Settings that a search cannot choose, by the start of their path, and why. */
    private static final Map<String, String> FIXED = Map.of(
            "text.", "examples are encoded once, before the search",
            "data.", "examples are read once, before the search",
            "train.seed", "the best of several seeds is luck",
            "train.calibration.", "it changes no ranking, which is all that is measured");

    private DimensionText() {}

    /**
     * The dimension of a text.
     *
     * @param start settings that the search starts from
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Dimension parse(String text, LabelConfig start) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "takes NAME=A,B,C, NAME=LOW..HIGH or NAME=LOW..HIGH:log, got '" + text + "'");
        }
        Settings.Leaf leaf = Settings.leaf(start, text.substring(0, equals).strip());
        String values = text.substring(equals + 1).strip();
        FIXED.forEach((prefix, reason) -> {
            if (leaf.path().startsWith(prefix)) {
                throw new IllegalArgumentException(
                        leaf.path() + " cannot be searched, " + reason + "; choose a value with --set");
            }
        });
        Matcher range = RANGE.matcher(values);
        return range.matches() ? range(leaf, range) : new Dimension.Choices(leaf.path(), list(values));
    }

    private static List<String> list(String values) {
        return Arrays.stream(values.split(",", -1)).map(String::strip).toList();
    }

    private static Dimension range(Settings.Leaf leaf, Matcher range) {
        String path = leaf.path();
        Require.that(NUMBERS.contains(leaf.type()), path, "searched over a list of values as in a,b,c", range.group());
        boolean whole = leaf.type() == int.class || leaf.type() == long.class;
        boolean logarithmic = range.group(3) != null;
        return new Dimension.Range(
                path, number(path, range.group(1)), number(path, range.group(2)), logarithmic, whole);
    }

    private static BigDecimal number(String path, String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    path + " must have numbers as bounds of its range, got '" + text + "'", e);
        }
    }
}
