package dev.longtail.vocabulary;

import dev.longtail.config.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of a concept by language. A language is a tag such as {@code en} or {@code pt-br} in lower case, empty for a
 * label without one; languages and labels stand in the order of the file.
 *
 * @param preferred   at most one a language
 * @param alternative other names
 * @param hidden      names to find the concept by, which are not shown
 */
public record ConceptLabels(
        Map<String, String> preferred, Map<String, List<String>> alternative, Map<String, List<String>> hidden) {

    /** No label at all. */
    public static final ConceptLabels NONE = new ConceptLabels(Map.of(), Map.of(), Map.of());

    public ConceptLabels {
        preferred = Collections.unmodifiableMap(new LinkedHashMap<>(preferred));
        preferred.forEach(ConceptLabels::check);
        alternative = copy(alternative);
        hidden = copy(hidden);
    }

    /** A label on one line with single blanks: line breaks in XML are mostly an editor's, double blanks a mistake. */
    static String plain(String label) {
        return label.strip().replaceAll("\\s+", " ");
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> labels) {
        Map<String, List<String>> copies = new LinkedHashMap<>();
        labels.forEach((language, texts) -> {
            texts.forEach(text -> check(language, text));
            copies.put(language, List.copyOf(texts));
        });
        return Collections.unmodifiableMap(copies);
    }

    private static void check(String language, String label) {
        Require.that(language.matches("[a-z0-9-]*"), "language", "a tag in lower case such as en", language);
        Require.that(!label.isBlank(), "label", "a text that is not blank", "'" + label + "'");
    }
}
