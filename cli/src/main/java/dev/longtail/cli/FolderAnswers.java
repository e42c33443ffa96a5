package dev.longtail.cli;

import dev.longtail.data.LineReader;
import dev.longtail.data.RawExample;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Suggestions for each text of a folder, in a file beside it as Annif's {@code index} writes them: lines of {@code
 * <identifier>}, tab, name, tab, probability.
 */
final class FolderAnswers {

    private static final int BATCH = 64;
    private static final String TEXT = ".txt";

    private final Predictor predictor;
    private final Console console;
    private final Form form;

    /**
     * How answers are written.
     *
     * @param suffix    what the name of an answer ends in, in place of .txt
     * @param overwrite whether answers that are there are written anew; otherwise their texts are left out
     * @param json      one JSON object in place of the lines
     * @param threshold lowest score of a suggestion
     */
    record Form(String suffix, boolean overwrite, boolean json, float threshold) {}

    FolderAnswers(Predictor predictor, Console console, Form form) {
        if (form.suffix.equals(TEXT) || form.suffix.isEmpty() || form.suffix.matches(".*[/\\\\].*")) {
            throw new UsageException(
                    "--suffix must be the end of a file name other than .txt, got '" + form.suffix + "'");
        }
        this.predictor = predictor;
        this.console = console;
        this.form = form;
    }

    /**
     * Answers the files of the folder that end in .txt, in the order of their names; not those of folders in it.
     *
     * @throws CancellationException when the thread is interrupted; all answers written so far are complete
     */
    void run(Path folder) throws IOException {
        List<Path> texts;
        try (Stream<Path> files = Files.list(folder)) {
            texts = files.filter(file -> file.toString().endsWith(TEXT) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        if (texts.isEmpty()) {
            throw new UsageException("--input " + folder + " holds no file that ends in " + TEXT);
        }
        List<Path> asked = texts.stream()
                .filter(text -> form.overwrite || !Files.exists(answer(text)))
                .toList();
        for (int start = 0; start < asked.size(); start += BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("answering the texts of " + folder + " was cancelled");
            }
            answer(asked.subList(start, Math.min(start + BATCH, asked.size())));
        }
        int left = texts.size() - asked.size();
        console.message(Texts.count(asked.size()) + " of " + Texts.count(texts.size())
                + " texts answered, each in a file beside it that ends in " + form.suffix
                + (left == 0 ? "" : "; " + Texts.count(left) + " had an answer, --overwrite makes it anew"));
    }

    private Path answer(Path text) {
        String name = String.valueOf(text.getFileName());
        return text.resolveSibling(name.substring(0, name.length() - TEXT.length()) + form.suffix);
    }

    private void answer(List<Path> texts) throws IOException {
        List<RawExample> examples = new ArrayList<>();
        for (Path text : texts) {
            examples.add(new RawExample().setText(read(text)));
        }
        List<List<Suggestion>> answers = predictor.suggest(examples);
        for (int i = 0; i < texts.size(); i++) {
            List<Suggestion> kept = answers.get(i).stream()
                    .filter(suggestion -> suggestion.score() >= form.threshold)
                    .toList();
            OutputFile.write(answer(texts.get(i)), out -> write(kept, out));
        }
    }

    private void write(List<Suggestion> suggestions, Writer out) throws IOException {
        if (form.json) {
            out.write(Answers.object(suggestions, null) + "\n");
            return;
        }
        for (Suggestion suggestion : suggestions) {
            out.write(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%.4f\n",
                    Texts.printable(suggestion.id()),
                    Texts.printable(suggestion.name()),
                    suggestion.probability()));
        }
    }

    private static String read(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (LineReader lines = LineReader.open(file)) {
            String line;
            while ((line = lines.next()) != null) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
