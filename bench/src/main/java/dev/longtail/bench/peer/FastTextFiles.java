package dev.longtail.bench.peer;

import dev.longtail.data.Example;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.RawExample;
import dev.longtail.text.Tokenizer;
import dev.longtail.text.Words;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes examples as fastText reads them: labels as their numbers, words as our tokenizer makes them. Of numbered
 * features the numbers are the words; their values are lost.
 */
final class FastTextFiles {

    static final String LABEL = "__label__";

    private final PeerData data;
    private final Tokenizer tokenizer;
    private final Words words = new Words();

    FastTextFiles(PeerData data) {
        this.data = data;
        this.tokenizer = new Tokenizer(data.text().lowerCase());
    }

    /** The training examples that have labels, and the labels' names where these are examples too. */
    void writeTrain(Path file) throws IOException {
        if (!data.texts()) {
            writeNumbers(data.train(), file, true);
            return;
        }
        LabelSet labels = data.labels();
        try (BufferedWriter out = Files.newBufferedWriter(file);
                ExampleReader reader =
                        ExampleReader.open(data.files().train(), null, ExampleReader.LabelColumn.REQUIRED)) {
            RawExample raw = new RawExample();
            while (reader.next(raw)) {
                String known = raw.labels.stream()
                        .distinct()
                        .filter(label -> labels.indexOf(label) >= 0)
                        .map(label -> LABEL + labels.indexOf(label) + " ")
                        .collect(Collectors.joining());
                if (!known.isEmpty()) {
                    out.write(known + words(String.valueOf(raw.text)) + "\n");
                }
            }
            for (int label = 0; data.nameExamples() > 0 && label < labels.size(); label++) {
                out.write(LABEL + label + " " + words(labels.name(label)) + "\n");
            }
        }
    }

    /** All test examples, without labels. */
    void writeTest(Examples test, Path file) throws IOException {
        if (!data.texts()) {
            writeNumbers(test, file, false);
            return;
        }
        try (BufferedWriter out = Files.newBufferedWriter(file);
                ExampleReader reader =
                        ExampleReader.open(data.files().test(), null, ExampleReader.LabelColumn.REQUIRED)) {
            RawExample raw = new RawExample();
            while (reader.next(raw)) {
                out.write(words(String.valueOf(raw.text)) + "\n");
            }
        }
    }

    private String words(String text) {
        tokenizer.tokenize(text, words);
        return IntStream.range(0, words.count()).mapToObj(words::word).collect(Collectors.joining(" "));
    }

    private static void writeNumbers(Examples examples, Path file, boolean labels) throws IOException {
        Example example = new Example();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < examples.size(); i++) {
                examples.read(i, example);
                for (int label = 0; labels && label < example.labelCount; label++) {
                    out.write(LABEL + example.labels[label] + " ");
                }
                for (int feature = 0; feature < example.featureCount; feature++) {
                    out.write(example.features[feature] + " ");
                }
                out.write("\n");
            }
        }
    }
}
