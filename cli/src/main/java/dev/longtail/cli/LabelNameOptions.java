package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFormat;
import dev.longtail.data.LabelNames;
import dev.longtail.vocabulary.LanguageChoice;
import dev.longtail.vocabulary.ReadVocabulary;
import dev.longtail.vocabulary.VocabularyFormat;
import dev.longtail.vocabulary.VocabularyReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names of labels in a file, and in which language; a mixin. */
final class LabelNameOptions {

    @Option(
            names = "--labels",
            paramLabel = "F",
            description = "Names of the labels: lines of identifier, tab, name; for xc one name a line; or SKOS in"
                    + " .ttl, .rdf or .xml, plain or .gz.")
    private @Nullable Path file;

    @Option(
            names = "--label-language",
            paramLabel = "LANG",
            description = "For names in SKOS: language of the names, and behind commas those to fall back to, as in"
                    + " en,sv,fi. Default: the only one there is.")
    private @Nullable String language;

    /** The file of names, null for none. */
    @Nullable
    Path file() {
        return file;
    }

    /** Whether one of the options was given. */
    boolean any() {
        return file != null || language != null;
    }

    /** What reads the file and tells of it; refuses a language for names that have none. */
    LabelNames.Reader reader(Console console) {
        if (!isSkos(file) && language != null) {
            throw new UsageException("--label-language has no effect without names in SKOS, see --labels");
        }
        return reader(console, file, language);
    }

    /** Whether a file is one of SKOS by its name; null, for none, is not. */
    static boolean isSkos(@Nullable Path file) {
        return file != null
                && VocabularyFormat.ofName(file).map(VocabularyFormat::skos).orElse(false);
    }

    /**
     * What reads a file of names and tells of it.
     *
     * @param file of names, null for none
     * @param language of names in SKOS, between commas; null for the only one there is
     */
    static LabelNames.Reader reader(Console console, @Nullable Path file, @Nullable String language) {
        if (!isSkos(file)) {
            return LabelNames::read;
        }
        return new SkosNames(console, language == null ? null : choice("--label-language", language));
    }

    /** The languages that a reader was given, between commas; null for none. */
    static @Nullable String language(LabelNames.Reader reader) {
        return reader instanceof SkosNames names && names.choice != null
                ? String.join(",", names.choice.languages())
                : null;
    }

    /** Languages between commas, as an option gives them. */
    static LanguageChoice choice(String option, String languages) {
        try {
            return LanguageChoice.of(languages);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), e);
        }
    }

    /** Preferred labels of a SKOS vocabulary. */
    private static final class SkosNames implements LabelNames.Reader {

        private final Console console;
        private final @Nullable LanguageChoice choice;
        private boolean told;

        SkosNames(Console console, @Nullable LanguageChoice choice) {
            this.console = console;
            this.choice = choice;
        }

        @Override
        public LabelNames read(Path file, DataFormat format) throws IOException {
            if (format == DataFormat.XC) {
                throw new InputException(
                        file.toString(),
                        0,
                        "names labels by IRI, but those of xc are numbers; give one name a line, in their order");
            }
            ReadVocabulary read = VocabularyReader.read(file);
            LanguageChoice chosen = choice != null
                    ? choice
                    : LanguageChoice.onlyOneOf(read.vocabulary())
                            .orElseThrow(() -> new InputException(
                                    file.toString(),
                                    0,
                                    VocabularyMessages.languages(read.vocabulary(), "--label-language")));
            LanguageChoice.Names names = chosen.names(read.vocabulary());
            if (!told) { // inspect reads the names a second time
                told = true;
                SkipReport.print(read.issues(), console);
                console.message(file + ": " + VocabularyMessages.names(names));
            }
            return LabelNames.of(names.names(), format, read.file());
        }
    }
}
