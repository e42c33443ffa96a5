package dev.longtail.vocabulary;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads vocabularies, plain or gzip. Nothing but the file is opened, whatever it refers to. Files are read as a
 * stream: memory grows with the labels and relations of the concepts and with nothing else in the file.
 */
public final class VocabularyReader {

    private VocabularyReader() {}

    /**
     * Reads a vocabulary of a format that its name tells.
     *
     * @throws InputException when the name tells none, see {@link VocabularyFormat#ofName}, or the file cannot be used
     */
    public static ReadVocabulary read(Path file) throws IOException {
        VocabularyFormat format = VocabularyFormat.ofName(file)
                .orElseThrow(() -> new InputException(
                        file.toString(),
                        0,
                        "its ending tells no format of a vocabulary; .ttl, .rdf, .xml, .owl and .tsv do"));
        return read(file, format, "");
    }

    /**
     * Reads a vocabulary.
     *
     * @param language of the labels of {@link VocabularyFormat#LABELS}, which have none of their own; empty for none
     * @throws InputException when the file is missing, damaged, not of this format, or has no concept; it names the
     *     line
     */
    public static ReadVocabulary read(Path file, VocabularyFormat format, String language) throws IOException {
        return format.skos() ? SkosReader.read(file, format) : TsvVocabularyReader.read(file, language);
    }
}
