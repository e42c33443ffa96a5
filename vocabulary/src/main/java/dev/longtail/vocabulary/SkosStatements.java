package dev.longtail.vocabulary;

import dev.longtail.data.Issues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes the statements of an RDF file one by one and keeps those that make concepts: memory grows with these and not
 * with the file.
 */
final class SkosStatements extends AbstractRDFHandler {

    private final Map<String, ConceptDraft> drafts = new LinkedHashMap<>();
    private final Map<String, String> languages = new HashMap<>(); // one object for each tag, however often it stands
    private final Issues.Tally<VocabularyIssue> tally;
    private final String source;
    private final LongSupplier line;

    /**
     * @param source file
     * @param line   where the parser is
     */
    SkosStatements(Issues.Tally<VocabularyIssue> tally, String source, LongSupplier line) {
        this.tally = tally;
        this.source = source;
        this.line = line;
    }

    @Override
    public void handleStatement(Statement statement) {
        String predicate = statement.getPredicate().stringValue();
        Value value = statement.getObject();
        if (!(statement.getSubject() instanceof IRI subject)) {
            if (predicate.equals(Skos.TYPE) && value.stringValue().equals(Skos.CONCEPT)) {
                tally.add(VocabularyIssue.BLANK_CONCEPT, source, line.getAsLong(), "");
            }
            return;
        }
        switch (predicate) {
            case Skos.TYPE -> {
                if (value.stringValue().equals(Skos.CONCEPT)) {
                    draft(subject).setConcept();
                }
            }
            case Skos.PREFERRED, Skos.ALTERNATIVE, Skos.HIDDEN -> label(subject, predicate, value);
            case Skos.BROADER, Skos.NARROWER, Skos.RELATED, Skos.REPLACED_BY -> relation(subject, predicate, value);
            case Skos.XL_PREFERRED, Skos.XL_ALTERNATIVE, Skos.XL_HIDDEN ->
                tally.add(VocabularyIssue.XL_LABEL, source, line.getAsLong(), subject.stringValue());
            case Skos.NOTATION -> {
                if (!value.stringValue().isBlank()) {
                    draft(subject).addNotation(ConceptLabels.plain(value.stringValue()));
                }
            }
            case Skos.DEPRECATED -> {
                // The lexical space of xsd:boolean.
                if (value.stringValue().equals("true") || value.stringValue().equals("1")) {
                    draft(subject).setDeprecated();
                }
            }
            default -> {
                // Notes, mappings, schemes, dates: nothing that a model asks for.
            }
        }
    }

    private ConceptDraft draft(IRI subject) {
        return drafts.computeIfAbsent(subject.stringValue(), id -> new ConceptDraft(id, line.getAsLong()));
    }

    private void label(IRI subject, String predicate, Value value) {
        if (!(value instanceof Literal literal)) {
            wrong(subject, predicate);
            return;
        }
        String label = ConceptLabels.plain(literal.getLabel());
        if (label.isEmpty()) {
            tally.add(VocabularyIssue.EMPTY_LABEL, source, line.getAsLong(), subject.stringValue());
            return;
        }
        String language = language(literal);
        if (language == null) {
            wrong(subject, predicate);
        } else if (predicate.equals(Skos.HIDDEN)) {
            draft(subject).addHidden(language, label);
        } else if (predicate.equals(Skos.ALTERNATIVE)) {
            draft(subject).addAlternative(language, label);
        } else if (!draft(subject).addPreferred(language, label)) {
            tally.add(
                    VocabularyIssue.SECOND_PREFERRED,
                    source,
                    line.getAsLong(),
                    subject.stringValue() + " '" + label + "'" + (language.isEmpty() ? "" : "@" + language));
        }
    }

    /** The tag in lower case, which is how tags are compared (RFC 5646, 2.1.1); null for what is no tag. */
    private @Nullable String language(Literal literal) {
        String tag = literal.getLanguage().orElse("").toLowerCase(Locale.ROOT);
        return tag.matches("[a-z0-9-]*") ? languages.computeIfAbsent(tag, key -> key) : null;
    }

    private void relation(IRI subject, String predicate, Value value) {
        if (!(value instanceof IRI other)) {
            wrong(subject, predicate);
            return;
        }
        ConceptDraft draft = draft(subject);
        String id = other.stringValue();
        switch (predicate) {
            case Skos.BROADER -> draft.addBroader(id);
            case Skos.NARROWER -> draft.addNarrower(id);
            case Skos.RELATED -> draft.addRelated(id);
            default -> draft.addReplacement(id);
        }
    }

    private void wrong(IRI subject, String predicate) {
        String name = predicate.substring(1 + Math.max(predicate.lastIndexOf('#'), predicate.lastIndexOf('/')));
        tally.add(VocabularyIssue.WRONG_VALUE, source, line.getAsLong(), subject.stringValue() + " " + name);
    }

    /** The concepts in the order in which they stand first; called once, behind the last statement. */
    List<Concept> concepts() {
        List<Concept> concepts = new ArrayList<>(drafts.size());
        Map<String, Long> lines = new HashMap<>();
        drafts.values().removeIf(draft -> {
            if (draft.isConcept()) {
                lines.put(draft.id(), draft.line());
                concepts.add(draft.finish());
            } else if (draft.hasLabels()) {
                tally.add(VocabularyIssue.NO_CONCEPT, source, draft.line(), draft.id());
            }
            return true; // its sets are garbage now
        });
        new BroaderCycles(concepts)
                .find((id, path) -> tally.add(VocabularyIssue.BROADER_CYCLE, source, lines.getOrDefault(id, 0L), path));
        return concepts;
    }
}
