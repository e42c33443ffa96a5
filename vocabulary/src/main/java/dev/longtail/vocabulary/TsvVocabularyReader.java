package dev.longtail.vocabulary;

import dev.longtail.config.InputException;
import dev.longtail.data.Issues;
import dev.longtail.data.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads lines of identifier, tab and label. */
final class TsvVocabularyReader {

    private TsvVocabularyReader() {}

    private record Line(String label, long number) {}

    /** @throws InputException at the first line that is none, or that gives an identifier another label */
    static ReadVocabulary read(Path file, String language) throws IOException {
        List<Concept> concepts = new ArrayList<>();
        Map<String, Line> earlier = new HashMap<>();
        Issues.Tally<VocabularyIssue> tally = new Issues.Tally<>();
        try (LineReader lines = LineReader.open(file)) {
            String text;
            while ((text = lines.next()) != null) {
                String[] fields = text.split("\t", 3);
                String id = bare(fields[0].strip());
                if (fields.length < 2 || !id.matches("\\S+")) {
                    throw lines.wrong("expected the identifier of a concept without blanks, a tab and its label");
                }
                String label = ConceptLabels.plain(fields[1]);
                Line first = earlier.putIfAbsent(id, new Line(label, lines.line()));
                if (first == null) {
                    concepts.add(Concept.of(id, language, label));
                } else if (first.label.equals(label)) {
                    tally.add(VocabularyIssue.REPEATED_LINE, lines.source(), lines.line(), id);
                } else {
                    throw lines.wrong("concept " + id + " is called '" + label + "' here and '" + first.label
                            + "' on line " + first.number + "; keep one of the lines");
                }
            }
            if (concepts.isEmpty()) {
                throw new InputException(lines.source(), 0, "holds no concept");
            }
            return new ReadVocabulary(
                    new SubjectVocabulary(concepts), VocabularyFormat.LABELS, tally.issues(), lines.sourceFile());
        }
    }

    private static String bare(String id) {
        return id.length() > 2 && id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }
}
