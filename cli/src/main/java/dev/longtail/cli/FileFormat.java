package dev.longtail.cli;

import dev.longtail.data.DataFormat;
import dev.longtail.vocabulary.VocabularyFormat;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats that {@code convert} reads or writes: of examples, or of vocabularies. */
enum FileFormat {
    ANNIF(DataFormat.ANNIF, null),
    XC(DataFormat.XC, null),
    FASTTEXT(DataFormat.FASTTEXT, null),
    JSONL(DataFormat.JSONL, null),
    TEXT(DataFormat.TEXT, null),
    TURTLE(null, VocabularyFormat.TURTLE),
    RDFXML(null, VocabularyFormat.RDFXML),
    LABELS(null, VocabularyFormat.LABELS);

    private final @Nullable DataFormat data;
    private final @Nullable VocabularyFormat vocabulary;

    FileFormat(@Nullable DataFormat data, @Nullable VocabularyFormat vocabulary) {
        this.data = data;
        this.vocabulary = vocabulary;
    }

    /** The format as one of examples, null for one of vocabularies. */
    @Nullable
    DataFormat data() {
        return data;
    }

    /** The format as one of vocabularies, null for one of examples. */
    @Nullable
    VocabularyFormat vocabulary() {
        return vocabulary;
    }

    /** Name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format that the ending of a file tells; rows of Parquet are what lines of JSON are.
     *
     * @param vocabulary whether .tsv is one of vocabularies
     * @return null where the ending tells none; .txt does not, because several formats use it
     */
    static @Nullable FileFormat ofName(Path file, boolean vocabulary) {
        String name = file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "tsv" -> vocabulary ? LABELS : ANNIF;
            case "ttl" -> TURTLE;
            case "rdf", "xml", "owl" -> RDFXML;
            case "jsonl", "ndjson", "json", "parquet" -> JSONL;
            case "xc", "svm" -> XC;
            case "ft", "fasttext" -> FASTTEXT;
            default -> null;
        };
    }
}
