package dev.longtail.vocabulary;

import java.util.List;

/**
 * Identifiers of the concepts that a concept is related to, as its vocabulary states them: the other direction of a
 * relation may be stated with the other concept or not at all, and the other concept may be one of another vocabulary.
 *
 * @param broader  more general
 * @param narrower more special
 * @param related  neither, yet near
 */
public record ConceptRelations(List<String> broader, List<String> narrower, List<String> related) {

    /** None. */
    public static final ConceptRelations NONE = new ConceptRelations(List.of(), List.of(), List.of());

    public ConceptRelations {
        broader = List.copyOf(broader);
        narrower = List.copyOf(narrower);
        related = List.copyOf(related);
    }
}
