package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.vocabulary.Concept;
import dev.longtail.vocabulary.LanguageChoice;
import dev.longtail.vocabulary.ReadVocabulary;
import dev.longtail.vocabulary.SubjectVocabulary;
import dev.longtail.vocabulary.VocabularyFormat;
import dev.longtail.vocabulary.VocabularyReader;
import dev.longtail.vocabulary.VocabularyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a vocabulary in one format to a file in another. */
final class VocabularyConversion {

    private static final String OPTION = "--language";

    private final Console console;
    private final VocabularyFormat source;
    private final VocabularyFormat target;
    private final @Nullable LanguageChoice choice;

    /** @param languages between commas, null where none was given */
    VocabularyConversion(
            Console console, VocabularyFormat source, VocabularyFormat target, @Nullable String languages) {
        this.console = console;
        this.source = source;
        this.target = target;
        this.choice = languages == null ? null : LabelNameOptions.choice(OPTION, languages);
        if (languages != null && source.skos() == target.skos()) {
            throw new UsageException(
                    OPTION + " has no effect from " + source + " to " + target + ", where all labels are kept");
        }
        if (choice != null && !source.skos() && choice.languages().size() > 1) {
            throw new UsageException(OPTION + " must be one language, that of the names in the file, got " + languages);
        }
    }

    int run(Path from, Path to) throws IOException {
        String ofLines = choice == null ? "" : choice.languages().get(0);
        ReadVocabulary read = VocabularyReader.read(from, source, ofLines);
        SkipReport.print(read.issues(), console);
        if (target.skos()) {
            skos(read.vocabulary(), from, to);
        } else {
            lines(read.vocabulary(), from, to);
        }
        console.flush();
        return Failures.DONE;
    }

    private void skos(SubjectVocabulary vocabulary, Path from, Path to) throws IOException {
        for (Concept concept : vocabulary.concepts()) {
            if (!VocabularyWriter.isIri(concept.id())) {
                throw new InputException(
                        from.toString(),
                        0,
                        "concept '" + concept.id() + "' has no absolute IRI for an identifier, which SKOS needs");
            }
        }
        try {
            OutputFile.write(to, out -> {
                if (target == VocabularyFormat.RDFXML) {
                    VocabularyWriter.writeRdfXml(vocabulary, out);
                } else {
                    VocabularyWriter.writeTurtle(vocabulary, out);
                }
            });
        } catch (IllegalArgumentException e) {
            throw new InputException(from.toString(), 0, String.valueOf(e.getMessage()), e);
        }
        console.out().println(written(vocabulary, to));
    }

    private void lines(SubjectVocabulary vocabulary, Path from, Path to) throws IOException {
        LanguageChoice.Names names = chosen(vocabulary, from).names(vocabulary);
        OutputFile.write(to, out -> VocabularyWriter.writeTsv(names.names(), out));
        console.out().println(written(vocabulary, to) + (source.skos() ? "; " + VocabularyMessages.names(names) : ""));
        List<String> lost = VocabularyMessages.lostInTsv(vocabulary, names);
        if (!lost.isEmpty()) {
            console.out().println("What labels has no place for:");
            lost.forEach(line -> console.out().println("  " + line));
        }
    }

    private LanguageChoice chosen(SubjectVocabulary vocabulary, Path from) {
        if (choice != null) {
            return choice;
        }
        if (!source.skos()) {
            return new LanguageChoice(List.of("und")); // lines have no languages: any choice takes their labels
        }
        return LanguageChoice.onlyOneOf(vocabulary)
                .orElseThrow(
                        () -> new InputException(from.toString(), 0, VocabularyMessages.languages(vocabulary, OPTION)));
    }

    private String written(SubjectVocabulary vocabulary, Path to) throws IOException {
        return to + ": " + Texts.count(vocabulary.size()) + " concepts from " + source + " to " + target + ", "
                + Texts.bytes(Files.size(to));
    }
}
