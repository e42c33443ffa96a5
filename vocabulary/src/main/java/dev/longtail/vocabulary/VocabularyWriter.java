package dev.longtail.vocabulary;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.rio.RDFHandler;
import org.eclipse.rdf4j.rio.helpers.BasicWriterSettings;
import org.eclipse.rdf4j.rio.rdfxml.RDFXMLWriter;
import org.eclipse.rdf4j.rio.turtle.TurtleWriter;

/** Writes vocabularies. The same vocabulary gives the same bytes. */
public final class VocabularyWriter {

    // IRIREF of the Turtle grammar behind a scheme.
    private static final Pattern IRI_REFERENCE =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]*");

    // Characters of XML 1.0 but for the carriage return, of which a reader makes a line feed.
    private static final Pattern XML_TEXT =
            Pattern.compile("[\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]*");

    private static final ValueFactory VALUES = SimpleValueFactory.getInstance();

    private VocabularyWriter() {}

    /** Whether an identifier can stand in SKOS: an absolute IRI. */
    public static boolean isIri(String id) {
        return IRI_REFERENCE.matcher(id).matches();
    }

    /**
     * Writes lines of {@code <identifier>}, tab, name, in the order of the map.
     *
     * @param names as {@link LanguageChoice#names} makes them; concepts without a name are written with none
     */
    public static void writeTsv(Map<String, String> names, Writer out) throws IOException {
        for (Map.Entry<String, String> entry : names.entrySet()) {
            out.write("<" + entry.getKey() + ">\t" + entry.getValue() + "\n");
        }
    }

    /**
     * Writes SKOS in Turtle, all labels and relations of all concepts in their order.
     *
     * @throws IllegalArgumentException when an identifier is no absolute IRI
     */
    public static void writeTurtle(SubjectVocabulary vocabulary, Writer out) throws IOException {
        TurtleWriter writer = new TurtleWriter(out);
        // Either would keep statements back to arrange them.
        writer.set(BasicWriterSettings.PRETTY_PRINT, false);
        writer.set(BasicWriterSettings.INLINE_BLANK_NODES, false);
        write(vocabulary, writer);
        out.flush();
    }

    /**
     * Writes SKOS in RDF/XML, all labels and relations of all concepts in their order.
     *
     * @param out of UTF-8, as the file says of itself
     * @throws IllegalArgumentException when an identifier is no absolute IRI, or a text has a character that XML cannot
     *     hold
     */
    public static void writeRdfXml(SubjectVocabulary vocabulary, Writer out) throws IOException {
        vocabulary.concepts().forEach(VocabularyWriter::requireXml);
        RDFXMLWriter writer = new RDFXMLWriter(out);
        writer.set(BasicWriterSettings.PRETTY_PRINT, false);
        write(vocabulary, writer);
        out.flush();
    }

    private static void write(SubjectVocabulary vocabulary, RDFHandler writer) {
        writer.startRDF();
        writer.handleNamespace("skos", Skos.NAMESPACE);
        writer.handleNamespace("owl", Skos.OWL);
        writer.handleNamespace("dct", Skos.TERMS);
        for (Concept concept : vocabulary.concepts()) {
            new Subject(writer, iri(concept.id())).write(concept);
        }
        writer.endRDF();
    }

    /** Refuses a concept with a text that XML 1.0 has no way to write, or that a reader of XML would change. */
    private static void requireXml(Concept concept) {
        ConceptLabels labels = concept.labels();
        Stream<String> texts = Stream.of(
                        labels.preferred().values().stream(),
                        labels.alternative().values().stream().flatMap(List::stream),
                        labels.hidden().values().stream().flatMap(List::stream),
                        concept.notations().stream())
                .flatMap(part -> part);
        texts.filter(text -> !XML_TEXT.matcher(text).matches()).findFirst().ifPresent(text -> {
            throw new IllegalArgumentException("concept '" + concept.id() + "' has a text with a control character, '"
                    + text.replaceAll("\\p{Cntrl}", "?") + "', which RDF/XML cannot hold; write Turtle");
        });
    }

    private static IRI iri(String id) {
        if (!isIri(id)) {
            throw new IllegalArgumentException(
                    "concept '" + id + "' has no absolute IRI for an identifier, which SKOS needs");
        }
        return VALUES.createIRI(id);
    }

    /** Statements of one subject. */
    private record Subject(RDFHandler writer, IRI subject) {

        void write(Concept concept) {
            state(Skos.TYPE, VALUES.createIRI(Skos.CONCEPT));
            concept.labels().preferred().forEach((language, label) -> state(Skos.PREFERRED, literal(language, label)));
            labels(Skos.ALTERNATIVE, concept.labels().alternative());
            labels(Skos.HIDDEN, concept.labels().hidden());
            concepts(Skos.BROADER, concept.relations().broader());
            concepts(Skos.NARROWER, concept.relations().narrower());
            concepts(Skos.RELATED, concept.relations().related());
            concept.notations().forEach(notation -> state(Skos.NOTATION, VALUES.createLiteral(notation)));
            if (concept.deprecated()) {
                state(Skos.DEPRECATED, VALUES.createLiteral(true));
            }
            concepts(Skos.REPLACED_BY, concept.replacedBy());
        }

        private void labels(String predicate, Map<String, List<String>> labels) {
            labels.forEach((language, texts) -> texts.forEach(text -> state(predicate, literal(language, text))));
        }

        private void concepts(String predicate, List<String> ids) {
            ids.forEach(id -> state(predicate, iri(id)));
        }

        private void state(String predicate, Value value) {
            writer.handleStatement(VALUES.createStatement(subject, VALUES.createIRI(predicate), value));
        }

        private static Literal literal(String language, String label) {
            return language.isEmpty() ? VALUES.createLiteral(label) : VALUES.createLiteral(label, language);
        }
    }
}
