package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class PredictTest {

    @TempDir
    private static Path folder;

    private static String model = "";

    @BeforeAll
    static void train() throws IOException {
        model = TinyData.model(folder).toString();
    }

    @Test
    void everyLineGetsItsAnswerInOrder() {
        StringBuilder input = new StringBuilder();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // more than three batches
            int label = i * 7 % TinyData.LABELS;
            boolean empty = i % 13 == 5;
            input.append(empty ? "" : TinyData.text(label, 0)).append('\n');
            expected.add(empty ? -1 : label);
        }
        Ran ran = Ran.with(input.toString(), "predict", "--model", model, "--top", "1", "--json");
        assertThat(ran.code()).isZero();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(expected.size());
        for (int i = 0; i < lines.size(); i++) {
            JsonNode labels = Ran.json(lines.get(i)).path("labels");
            if (expected.get(i) < 0) {
                assertThat(labels.isEmpty()).as("answer %d", i).isTrue();
            } else {
                assertThat(labels.path(0).path("id").asString())
                        .as("answer %d", i)
                        .isEqualTo("<" + TinyData.id(expected.get(i)) + ">");
            }
        }
    }

    @Test
    void prunedSearchWithConfidenceOneGivesTheSameLabelsAndTellsWhatItSkipped() {
        String text = TinyData.text(7, 1);
        Ran exact = Ran.with(text, "predict", "--model", model, "--top", "4");
        Ran pruned =
                Ran.with(text, "predict", "--model", model, "--top", "4", "--search", "pruned", "--block-size", "4");
        assertThat(pruned.code()).isZero();
        assertThat(pruned.out()).isEqualTo(exact.out());
        assertThat(pruned.err()).containsPattern("Search gave up [1-9][0-9.]* % of the labels");
        assertThat(exact.err()).doesNotContain("Search");
    }

    @Test
    void searchOptionsThatMakeNoSenseAreWrongUsage() {
        Ran without = Ran.with("", "predict", "--model", model, "--confidence", "0.5");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("no effect on exact search");
        Ran above = Ran.with("", "predict", "--model", model, "--search", "pruned", "--confidence", "1.5");
        assertThat(above.code()).isEqualTo(2);
        assertThat(above.err()).contains("confidence must be above 0 and at most 1, got 1.5");
    }

    @Test
    void anAnswerHasIdNameScoreAndProbability() {
        Ran ran = Ran.with("word3", "predict", "--model", model, "--top", "2", "--json");
        JsonNode labels = ran.json().path("labels");
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.path(0).propertyNames()).containsExactly("id", "name", "score", "probability");
        assertThat(labels.path(0).path("name").asString()).isEqualTo("Name of word3");
        assertThat(labels.path(0).path("score").asDouble())
                .isGreaterThanOrEqualTo(labels.path(1).path("score").asDouble());
        assertThat(labels.path(0).path("probability").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void anAnswerDoesNotDependOnItsNeighbours() {
        List<String> texts = new ArrayList<>();
        for (int label = 0; label < TinyData.LABELS; label++) {
            texts.add(TinyData.text(label, label % 3));
        }
        String together = Ran.with(String.join("\n", texts), "predict", "--model", model, "--json")
                .out();
        StringBuilder alone = new StringBuilder();
        for (String text : texts) {
            alone.append(Ran.with(text, "predict", "--model", model, "--json").out());
        }
        assertThat(alone.toString()).isEqualTo(together);
    }

    @Test
    void plainAnswersAreOneLineEachSeparatedByTabs() {
        Ran ran = Ran.with("word3\n\nword4 the\nnothing known\n", "predict", "--model", model, "--top", "2");
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).split("\t")).hasSize(2);
        assertThat(lines.get(0)).matches("-?[0-9.]+ <http://example.org/3> Name of word3\t.*");
        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.get(2)).contains(" <http://example.org/4> Name of word4\t");
        assertThat(lines.get(3)).isEmpty();
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theThresholdLeavesOutLowerScores() {
        Ran all = Ran.with("word3", "predict", "--model", model, "--top", "5", "--json");
        double second = all.json().path("labels").path(1).path("score").asDouble();
        Ran some = Ran.with(
                "word3", "predict", "--model", model, "--top", "5", "--json", "--threshold", Double.toString(second));
        assertThat(all.json().path("labels").size()).isEqualTo(5);
        assertThat(some.json().path("labels").size()).isEqualTo(2);
    }

    @Test
    void labelsInTheInputAreIgnoredWhateverTheFormat() throws IOException {
        Path annif = Files.writeString(folder.resolve("in.tsv"), "word3\t<http://wrong>\nword4\t\n");
        assertThat(best(Ran.of("predict", "--model", model, "--input", annif.toString())))
                .containsExactly("3", "4");
        String fastText = "__label__wrong word3\nword4\n";
        assertThat(best(Ran.with(fastText, "predict", "--model", model))).containsExactly("3", "4");
        String jsonl = "{\"text\":\"word3\"}\n{\"text\":\"word4\",\"labels\":[\"wrong\"]}\n";
        assertThat(best(Ran.with(jsonl, "predict", "--model", model))).containsExactly("3", "4");
        String label = "__label__word3\n"; // one text, or a label and no text
        assertThat(best(Ran.with(label, "predict", "--model", model, "--format", "text")))
                .containsExactly("3");
        assertThat(best(Ran.with(label, "predict", "--model", model))).containsExactly("");
    }

    private static List<String> best(Ran ran) {
        assertThat(ran.code()).isZero();
        return ran.out()
                .lines()
                .map(line -> line.replaceFirst("^\\S+ <http://example.org/([0-9]+)>.*", "$1"))
                .toList();
    }

    @Test
    void numberedFeaturesNeedTheirHeader() throws IOException {
        Path train = TinyData.write(folder, "train.xc", TinyData.Format.XC, 1);
        String numeric = folder.resolve("numeric").toString();
        TinyData.train("--train", train.toString(), "--model", numeric);
        Ran ran = Ran.with("3 26 20\n 4:1 20:0.5\n\n7 9:1\n", "predict", "--model", numeric, "--top", "1");
        assertThat(ran.out().lines().map(line -> line.replaceFirst("^\\S+ ", "")))
                .containsExactly("4", "", "9");

        Ran text = Ran.with("a text\n", "predict", "--model", numeric);
        assertThat(text.code()).isEqualTo(3);
        assertThat(text.err()).contains("standard input:1: header must be 'examples features labels'");
    }

    @Test
    void aMalformedLineEndsTheRunBehindTheAnswersBeforeIt() {
        String input = "{\"text\":\"word3\"}\n{\"text\":\"word4\"}\nnonsense\n{\"text\":\"word5\"}\n";
        Ran ran = Ran.with(input, "predict", "--model", model);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.err()).contains("standard input:3: not a JSON object");
    }

    @Test
    void emptyInputIsNoQuestion() {
        Ran ran = Ran.with("", "predict", "--model", model);
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEmpty();
    }

    @Test
    @Timeout(60)
    void aQuestionIsAnsweredBeforeTheNextOneComes() throws Exception {
        PipedInputStream input = new PipedInputStream();
        PipedInputStream answers = new PipedInputStream();
        PipedOutputStream questions = new PipedOutputStream(input);
        try (OutputStream out = new PipedOutputStream(answers);
                BufferedReader reader = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8))) {
            Console console = Console.of(input, out, OutputStream.nullOutputStream());
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> Main.run(console, "predict", "--model", model, "--top", "1"));
            for (int label = 0; label < 3; label++) {
                questions.write(("word" + label + "\n").getBytes(StandardCharsets.UTF_8));
                questions.flush();
                // Waits for ever when the answer waits for more questions.
                assertThat(reader.readLine()).contains("<" + TinyData.id(label) + ">");
            }
            questions.close();
            assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aReaderThatWentAwayIsAFailure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayInputStream("word1\n".getBytes(StandardCharsets.UTF_8)), closed, err);
        assertThat(Main.run(console, "predict", "--model", model)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("longtail: cannot write to standard output; was it closed, or is the disk full?");
    }
}
