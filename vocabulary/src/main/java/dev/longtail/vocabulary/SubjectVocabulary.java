package dev.longtail.vocabulary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The concepts of a vocabulary in the order of its file. Frozen: any thread may use it. */
public final class SubjectVocabulary {

    private final List<Concept> concepts;
    private final Map<String, Concept> byId;

    /** @param concepts with distinct identifiers */
    public SubjectVocabulary(List<Concept> concepts) {
        this.concepts = List.copyOf(concepts);
        this.byId = new LinkedHashMap<>(2 * concepts.size());
        for (Concept concept : concepts) {
            if (byId.put(concept.id(), concept) != null) {
                throw new IllegalArgumentException("concept " + concept.id() + " stands twice");
            }
        }
    }

    /** In the order of the file. */
    public List<Concept> concepts() {
        return concepts;
    }

    /** Number of concepts. */
    public int size() {
        return concepts.size();
    }

    /** The concept with this identifier. */
    public Optional<Concept> concept(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Languages of the preferred labels, empty for labels without one, and how many labels each has. */
    public SortedMap<String, Integer> languages() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Concept concept : concepts) {
            concept.labels().preferred().keySet().forEach(language -> counts.merge(language, 1, Integer::sum));
        }
        return Collections.unmodifiableSortedMap(counts);
    }
}
