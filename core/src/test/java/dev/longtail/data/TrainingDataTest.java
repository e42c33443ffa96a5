package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.Issues.Occurrence;
import dev.longtail.text.TextConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {

    private static final TextConfig EVERY_WORD = TextConfig.DEFAULT.withVocabulary(1, 0);

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return TestFiles.write(folder, name, content);
    }

    private TrainingData prepare(DataFiles files, TextConfig text, DataConfig data) throws IOException {
        TrainingData.Settings settings = new TrainingData.Settings(text, data);
        return TrainingData.prepare(files, settings, folder.resolve("stores"), 5, ReadListener.NONE);
    }

    /** Every stage, also a failing one, deletes the stores it made. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        if (Files.exists(folder.resolve("stores"))) {
            try (Stream<Path> files = Files.list(folder.resolve("stores"))) {
                assertThat(files).isEmpty();
            }
        }
    }

    private static List<String> labelsOf(TrainingData data, Examples examples) {
        List<String> lines = new ArrayList<>();
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            StringBuilder line = new StringBuilder();
            for (int f = 0; f < example.featureCount; f++) {
                line.append(data.features().name(example.features[f])).append(' ');
            }
            for (int l = 0; l < example.labelCount; l++) {
                line.append(data.labels().id(example.labels[l]));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void countsAndEncodesTexts() throws IOException {
        Path train = file("train", "cat dog\t<b:1> <a:1> <b:1>\ncat\t\n...\t<a:1>\ncat\t<a:1>\n");
        Path validation = file("validation", "dog cow\t<a:1> <z:9>\ncow\t<b:1>\ncat\t\n");
        DataFiles files = new DataFiles(List.of(train), List.of(validation), null, null);
        try (TrainingData data = prepare(files, EVERY_WORD, DataConfig.DEFAULT)) {
            assertThat(labelsOf(data, data.train())).containsExactly("cat dog <a:1><b:1>", "cat <a:1>");
            // Frequencies count lines, before those without known words are left out.
            assertThat(data.labels().frequencies()).containsExactly(3, 1);
            ReadReport<ExampleIssue> report = data.trainReport();
            assertThat(report.read()).isEqualTo(4);
            assertThat(report.kept()).isEqualTo(2);
            assertThat(report.issues().counts())
                    .containsOnlyKeys(
                            ExampleIssue.NO_LABELS, ExampleIssue.REPEATED_LABEL, ExampleIssue.NO_KNOWN_FEATURE)
                    .containsValues(1L);
            assertThat(report.issues().occurrences())
                    .contains(new Occurrence<>(ExampleIssue.NO_LABELS, train.toString(), 2, ""));

            assertThat(labelsOf(data, data.validation())).containsExactly("dog <a:1>", "<b:1>", "cat ");
            assertThat(data.validationReport().count(ExampleIssue.UNKNOWN_LABEL))
                    .isEqualTo(1);
            assertThat(data.validationReport().count(ExampleIssue.NO_KNOWN_FEATURE_KEPT))
                    .isEqualTo(1);
            assertThat(data.validationReport().issues().occurrences())
                    .contains(new Occurrence<>(ExampleIssue.UNKNOWN_LABEL, validation.toString(), 1, "<z:9>"));
            Example first = new Example();
            data.validation().read(0, first);
            assertThat(first.unknownLabels).isEqualTo(1);
            assertThat(data.sourceFiles())
                    .extracting(SourceFile::name)
                    .containsExactly(train.toString(), validation.toString());
        }
    }

    @Test
    void doesNotCountWordsOfExamplesItLeavesOut() throws IOException {
        Path train = file("train", "cat\t<a:1>\ncow\t\n");
        try (TrainingData data = prepare(new DataFiles(train), EVERY_WORD, DataConfig.DEFAULT)) {
            assertThat(data.features().size()).isEqualTo(1);
        }
    }

    @Test
    void encodesNumberedFeaturesAndKeepsTheOrderOfLabelNumbers() throws IOException {
        Path train = file("train", "3 4 12\n11,2 0:3 3:4\n 1:1\n2 2:1\n");
        Path names = file("names", "n0\nn1\nn2\nn3\nn4\nn5\nn6\nn7\nn8\nn9\nn10\nn11\n");
        DataFiles files = new DataFiles(List.of(train), List.of(), names, null);
        try (TrainingData data = prepare(files, TextConfig.DEFAULT, DataConfig.DEFAULT)) {
            assertThat(data.features()).isEqualTo(new NumericFeatureSpace(4, true));
            assertThat(labelsOf(data, data.train())).containsExactly("0 3 211", "2 2");
            assertThat(data.labels().name(0)).isEqualTo("n2");
            assertThat(data.labels().name(1)).isEqualTo("n11");
            assertThat(data.trainReport().count(ExampleIssue.NO_LABELS)).isEqualTo(1);
            assertThat(data.validation()).isNull();
        }
    }

    @Test
    void refusesAWrongNumberOfNames() throws IOException {
        Path train = file("train", "1 4 3\n2 0:3\n");
        Path names = file("names", "n0\nn1\n");
        DataFiles files = new DataFiles(List.of(train), List.of(), names, null);
        assertThatThrownBy(() -> prepare(files, TextConfig.DEFAULT, DataConfig.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        names + ": holds 2 names, the header of " + train + " declares 3 labels; give one name a line");
    }

    @Test
    void addsLabelNamesAsExamplesBehindTheOthers() throws IOException {
        Path train = file("train", "cat\t<a:1>\ndog\t<b:1>\ncow\t<c:1>\n");
        Path names = file("names", "<a:1>\tfeline cat\n<b:1>\t!\n<z:1>\tunseen\n");
        DataFiles files = new DataFiles(List.of(train), List.of(), names, null);
        DataConfig config = DataConfig.DEFAULT.withLabelNamesAsDocuments(true).withValidation(0, 2);
        try (TrainingData data = prepare(files, EVERY_WORD, config)) {
            assertThat(data.nameExamples()).isEqualTo(1);
            assertThat(labelsOf(data, data.train())).hasSize(2).endsWith("cat feline <a:1>");
            assertThat(data.validation().size()).isEqualTo(2);
            assertThat(data.labels().frequencies()).containsExactly(1, 1, 1);
            assertThat(data.trainReport().kept()).isEqualTo(3);
        }
    }

    @Test
    void boundsLabelsByFrequency() throws IOException {
        Path train = file("train", "cat\t<a:1>\ncat\t<a:1> <b:1>\ndog\t<c:1>\n");
        Path names = file("names", "<a:1>\tA\n<z:1>\tZ\n");
        DataFiles files = new DataFiles(List.of(train), List.of(), names, null);
        try (TrainingData data = prepare(files, EVERY_WORD, DataConfig.DEFAULT.withMinLabelFrequency(2))) {
            assertThat(labelsOf(data, data.train())).containsExactly("cat <a:1>", "cat <a:1>");
            assertThat(data.trainReport().count(ExampleIssue.UNKNOWN_LABEL)).isEqualTo(2);
            assertThat(data.trainReport().count(ExampleIssue.NO_KNOWN_LABEL)).isEqualTo(1);
        }
        try (TrainingData data = prepare(files, EVERY_WORD, DataConfig.DEFAULT.withMinLabelFrequency(0))) {
            assertThat(data.labels().frequencies()).containsExactly(2, 1, 1, 0);
            assertThat(data.labels().name(3)).isEqualTo("Z");
        }
    }

    @Test
    void holdsOutAFraction() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append("w").append(i).append("\t<a:1>\n");
        }
        DataFiles files = new DataFiles(file("train", lines.toString()));
        try (TrainingData data = prepare(files, EVERY_WORD, DataConfig.DEFAULT.withValidation(0.2, 0))) {
            assertThat(data.validation().size()).isBetween(150, 250);
            assertThat(data.train().size()).isEqualTo(1000 - data.validation().size());
        }
        assertThatThrownBy(() -> prepare(files, EVERY_WORD, DataConfig.DEFAULT.withValidation(0, 1000)))
                .hasMessageStartingWith("holding out 1000 of 1000 examples leaves nothing to learn from");
    }

    @Test
    void doesNotDependOnWhichFileALineStandsIn() throws IOException {
        String a = "cat dog\t<b:1>\n";
        String b = "dog cow\t<a:1> <b:1>\n";
        DataFiles one = new DataFiles(file("one", a + b));
        DataFiles two = new DataFiles(List.of(file("a", a), file("b", b)), List.of(), null, null);
        try (TrainingData first = prepare(one, EVERY_WORD, DataConfig.DEFAULT);
                TrainingData second = prepare(two, EVERY_WORD, DataConfig.DEFAULT)) {
            assertThat(labelsOf(second, second.train())).isEqualTo(labelsOf(first, first.train()));
        }
    }

    @Test
    void refusesFilesWithNothingToLearnFrom() throws IOException {
        Path noLabels = file("noLabels", "cat\t\ndog\t\n");
        assertThatThrownBy(() -> prepare(new DataFiles(noLabels), EVERY_WORD, DataConfig.DEFAULT))
                .hasMessage(noLabels + ": no label with at least 1 training examples");
        Path noWords = file("noWords", "cat\t<a:1>\ndog\t<a:1>\n");
        assertThatThrownBy(() -> prepare(new DataFiles(noWords), TextConfig.DEFAULT, DataConfig.DEFAULT))
                .hasMessage(noWords + ": none of its words occurs in at least 2 examples; lower minFrequency");
        Path noFeatures = file("noFeatures", "1 3 2\n1\n");
        assertThatThrownBy(() -> prepare(new DataFiles(noFeatures), EVERY_WORD, DataConfig.DEFAULT))
                .hasMessage(noFeatures + ": no example has both known features and labels");
        assertThatThrownBy(() -> new DataFiles(List.of(), List.of(), null, null))
                .hasMessage("train must be at least one file, got none");
    }

    @Test
    void refusesFilesOfDifferentKinds() throws IOException {
        Path text = file("text", "cat\t<a:1>\n");
        Path four = file("four", "1 4 2\n1 0:1\n");
        Path five = file("five", "1 5 2\n1 0:1\n");
        DataFiles mixed = new DataFiles(List.of(text, four), List.of(), null, null);
        assertThatThrownBy(() -> prepare(mixed, EVERY_WORD, DataConfig.DEFAULT))
                .hasMessage(four + ":2: holds examples of 4 numbered features, earlier files texts");
        DataFiles numbers = new DataFiles(List.of(four, five), List.of(), null, null);
        assertThatThrownBy(() -> prepare(numbers, EVERY_WORD, DataConfig.DEFAULT))
                .hasMessageContaining("5 numbered features, earlier files examples of 4");
        DataFiles validation = new DataFiles(List.of(text), List.of(four), null, null);
        assertThatThrownBy(() -> prepare(validation, EVERY_WORD, DataConfig.DEFAULT))
                .hasMessageContaining(four + ":2: holds numbered features, the model was trained on texts");
    }

    @Test
    void noticesAFileThatChangesBetweenThePasses() throws IOException {
        Path train = file("train", "cat\t<a:1>\n");
        ReadListener changing = progress -> {
            if (progress.pass().equals("count")) {
                try {
                    Files.write(train, TestFiles.utf8("dog\t<a:1>\ncat\t<a:1>\n"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        TrainingData.Settings settings = new TrainingData.Settings(EVERY_WORD, DataConfig.DEFAULT);
        Path stores = folder.resolve("stores");
        assertThatThrownBy(() -> TrainingData.prepare(new DataFiles(train), settings, stores, 1, changing))
                .hasMessage(train + ": changed while it was read; start again");
    }

    @Test
    void reportsProgressAndStopsWhenInterrupted() throws IOException {
        Path train = file("train", "cat\t<a:1>\n".repeat(10_000));
        List<ReadListener.Progress> progress = new ArrayList<>();
        Path stores = folder.resolve("stores");
        TrainingData.Settings settings = TrainingData.Settings.DEFAULT;
        TrainingData.prepare(new DataFiles(train), settings, stores, 1, progress::add)
                .close();
        assertThat(progress).extracting(ReadListener.Progress::pass).contains("count", "encode");
        assertThat(progress).allMatch(p -> p.bytesTotal() == 100_000 && p.bytesDone() <= p.bytesTotal());
        assertThat(progress.get(progress.size() - 1).lines()).isEqualTo(10_000);

        ReadListener interrupting = p -> {
            if (p.pass().equals("encode")) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> TrainingData.prepare(new DataFiles(train), settings, stores, 1, interrupting))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining(train.toString());
        assertThat(Thread.interrupted()).isTrue();
    }
}
