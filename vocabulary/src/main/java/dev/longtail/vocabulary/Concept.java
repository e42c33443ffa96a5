package dev.longtail.vocabulary;

import dev.longtail.config.Require;
import java.util.List;
import java.util.Map;

/**
 * A concept of a vocabulary.
 *
 * @param id         without angle brackets, in SKOS an absolute IRI; not empty and without white space
 * @param notations  codes such as class numbers
 * @param deprecated whether it should not be used any more
 * @param replacedBy identifiers of the concepts to use in its place, mostly where it is deprecated
 */
public record Concept(
        String id,
        ConceptLabels labels,
        ConceptRelations relations,
        List<String> notations,
        boolean deprecated,
        List<String> replacedBy) {

    public Concept {
        Require.that(id.matches("\\S+"), "id", "a word without blanks", "'" + id + "'");
        notations = List.copyOf(notations);
        replacedBy = List.copyOf(replacedBy);
    }

    /**
     * A concept of which no more than a label is known.
     *
     * @param language of the label, empty for none
     * @param label    empty where it has none
     */
    public static Concept of(String id, String language, String label) {
        ConceptLabels labels =
                label.isEmpty() ? ConceptLabels.NONE : new ConceptLabels(Map.of(language, label), Map.of(), Map.of());
        return new Concept(id, labels, ConceptRelations.NONE, List.of(), false, List.of());
    }
}
