package dev.longtail.vocabulary;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Formats of vocabularies, each plain or gzip. */
public enum VocabularyFormat {
    /** SKOS in RDF 1.1 Turtle, UTF-8. */
    TURTLE,

    /** SKOS in RDF/XML. */
    RDFXML,

    /** Lines of identifier, with or without angle brackets, tab and label, UTF-8; further columns are passed over. */
    LABELS;

    /** Whether a file holds SKOS, with labels in several languages and relations. */
    public boolean skos() {
        return this != LABELS;
    }

    /** Name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that the ending of a file tells: .ttl, .rdf, .xml, .owl or .tsv, with or without .gz behind it. */
    public static Optional<VocabularyFormat> ofName(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".ttl")) {
            return Optional.of(TURTLE);
        }
        if (plain.endsWith(".rdf") || plain.endsWith(".xml") || plain.endsWith(".owl")) {
            return Optional.of(RDFXML);
        }
        return plain.endsWith(".tsv") ? Optional.of(LABELS) : Optional.empty();
    }
}
