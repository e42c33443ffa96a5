package dev.longtail.vocabulary;

import dev.longtail.config.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * In which language concepts are named. A language stands for its kinds as well: {@code en} takes a label in
 * {@code en-gb} where there is none in {@code en}. Behind the languages comes a label without a language.
 *
 * @param languages tags in lower case, the wanted one first, then the ones to fall back to; at least one
 */
public record LanguageChoice(List<String> languages) {

    public LanguageChoice {
        languages = List.copyOf(languages);
        Require.that(
                !languages.isEmpty() && languages.stream().allMatch(tag -> tag.matches("[a-z]{1,8}(-[a-z0-9]{1,8})*")),
                "languages",
                "tags such as en or en,sv,fi, the wanted one first",
                "'" + String.join(",", languages) + "'");
        Require.that(
                languages.stream().distinct().count() == languages.size(),
                "languages",
                "different ones",
                String.join(",", languages));
    }

    /** Tags between commas. */
    public static LanguageChoice of(String tags) {
        return new LanguageChoice(Arrays.stream(tags.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList());
    }

    /** The only language of the preferred labels, labels without one aside; empty where there are several or none. */
    public static Optional<LanguageChoice> onlyOneOf(SubjectVocabulary vocabulary) {
        SortedMap<String, Integer> counts = vocabulary.languages();
        List<String> tags =
                counts.keySet().stream().filter(tag -> !tag.isEmpty()).toList();
        return tags.size() == 1 ? Optional.of(new LanguageChoice(tags)) : Optional.empty();
    }

    /**
     * Names of the concepts of a vocabulary.
     *
     * @param names   name of each concept by its identifier, empty for one without a label in these languages; in the
     *     order of the vocabulary
     * @param counts  names taken from each language of the choice in its order, and behind them, under an empty text,
     *     of labels without a language
     * @param missing concepts without a name
     */
    public record Names(Map<String, String> names, Map<String, Integer> counts, int missing) {}

    /** Chooses a preferred label for every concept, deprecated ones too, since older data carry these. */
    public Names names(SubjectVocabulary vocabulary) {
        Map<String, String> names = new LinkedHashMap<>(2 * vocabulary.size());
        Map<String, Integer> counts = new LinkedHashMap<>();
        languages.forEach(language -> counts.put(language, 0));
        counts.put("", 0);
        int missing = 0;
        for (Concept concept : vocabulary.concepts()) {
            Optional<Named> named = name(concept.labels().preferred());
            names.put(concept.id(), named.map(Named::name).orElse(""));
            if (named.isPresent()) {
                counts.merge(named.get().language, 1, Integer::sum);
            } else {
                missing++;
            }
        }
        return new Names(names, counts, missing);
    }

    private record Named(String name, String language) {}

    private Optional<Named> name(Map<String, String> preferred) {
        for (String language : languages) {
            String exact = preferred.get(language);
            if (exact != null) {
                return Optional.of(new Named(exact, language));
            }
            for (String tag : new TreeSet<>(preferred.keySet())) {
                if (tag.startsWith(language + "-")) {
                    return Optional.of(new Named(preferred.getOrDefault(tag, ""), language));
                }
            }
        }
        return Optional.ofNullable(preferred.get("")).map(name -> new Named(name, ""));
    }
}
