package dev.longtail.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A subject of a SKOS file while the file is read: its statements may stand anywhere, in any order. */
final class ConceptDraft {

    private final String id;
    private final long line;
    private final Map<String, String> preferred = new LinkedHashMap<>(4);
    private final Map<String, Set<String>> alternative = new LinkedHashMap<>(4);
    private final Map<String, Set<String>> hidden = new LinkedHashMap<>(0);
    private final Set<String> broader = new LinkedHashSet<>(4);
    private final Set<String> narrower = new LinkedHashSet<>(4);
    private final Set<String> related = new LinkedHashSet<>(4);
    private final Set<String> notations = new LinkedHashSet<>(0);
    private final Set<String> replacedBy = new LinkedHashSet<>(0);
    private boolean concept;
    private boolean deprecated;

    /** @param line where the subject stands first */
    ConceptDraft(String id, long line) {
        this.id = id;
        this.line = line;
    }

    String id() {
        return id;
    }

    long line() {
        return line;
    }

    boolean isConcept() {
        return concept;
    }

    boolean hasLabels() {
        return !preferred.isEmpty() || !alternative.isEmpty() || !hidden.isEmpty();
    }

    void setConcept() {
        concept = true;
    }

    void setDeprecated() {
        deprecated = true;
    }

    /** Takes a preferred label; false where the language has another one, and then it becomes an alternative one. */
    boolean addPreferred(String language, String label) {
        String earlier = preferred.putIfAbsent(language, label);
        if (earlier == null || earlier.equals(label)) {
            return true;
        }
        addAlternative(language, label);
        return false;
    }

    void addAlternative(String language, String label) {
        alternative.computeIfAbsent(language, key -> new LinkedHashSet<>(4)).add(label);
    }

    void addHidden(String language, String label) {
        hidden.computeIfAbsent(language, key -> new LinkedHashSet<>(4)).add(label);
    }

    void addBroader(String other) {
        broader.add(other);
    }

    void addNarrower(String other) {
        narrower.add(other);
    }

    void addRelated(String other) {
        related.add(other);
    }

    void addNotation(String notation) {
        notations.add(notation);
    }

    void addReplacement(String other) {
        replacedBy.add(other);
    }

    Concept finish() {
        return new Concept(
                id,
                new ConceptLabels(preferred, lists(alternative), lists(hidden)),
                new ConceptRelations(List.copyOf(broader), List.copyOf(narrower), List.copyOf(related)),
                new ArrayList<>(notations),
                deprecated,
                new ArrayList<>(replacedBy));
    }

    private static Map<String, List<String>> lists(Map<String, Set<String>> sets) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        sets.forEach((language, labels) -> lists.put(language, new ArrayList<>(labels)));
        return lists;
    }
}
