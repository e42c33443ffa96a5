package dev.longtail.bench;

import dev.longtail.data.ExampleReader;
import dev.longtail.data.RawExample;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Labelled texts of files, and what models suggest for them. */
final class LivingTexts {

    private static final int CHUNK = 4096;

    private LivingTexts() {}

    /** A text and the ids of its labels. */
    record Labelled(String text, List<String> labels) {}

    static List<Labelled> read(Path file) throws IOException {
        List<Labelled> texts = new ArrayList<>();
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.open(file, null, ExampleReader.LabelColumn.REQUIRED)) {
            while (reader.next(example)) {
                if (example.text != null) {
                    texts.add(new Labelled(example.text, List.copyOf(example.labels)));
                }
            }
        }
        return texts;
    }

    /** The best suggestions for each text. */
    static List<List<Suggestion>> suggest(LabelModel model, List<Labelled> texts, int top, Workers workers) {
        Predictor predictor = new Predictor(model, top, workers);
        List<List<Suggestion>> all = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += CHUNK) {
            List<RawExample> chunk = texts.subList(from, Math.min(texts.size(), from + CHUNK)).stream()
                    .map(labelled -> new RawExample().setText(labelled.text))
                    .toList();
            all.addAll(predictor.suggest(chunk));
        }
        return all;
    }

    /** Copies a model, so that the first stays as it is. */
    static Path copy(Path model, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
