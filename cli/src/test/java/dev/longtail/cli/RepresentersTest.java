package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Training examples behind scores, on the command line. */
final class RepresentersTest {

    private static final String TEXT = "The WORD7, of the world";

    @TempDir
    private static Path folder;

    private static String train = "";
    private static String labels = "";
    private static String model = "";

    @BeforeAll
    static void train() throws IOException {
        model = folder.resolve("arms").toString();
        train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1).toString();
        labels = TinyData.labelNames(folder).toString();
        Ran ran = TinyData.train(
                "--train",
                train,
                "--labels",
                labels,
                "--model",
                model,
                "--set",
                "association.slots=4",
                "--set",
                "train.negatives=3",
                "--set",
                "direct.candidates=5",
                "--set",
                "labelNamesAsDocuments=true");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private static Ran explain(String... options) {
        List<String> all = new ArrayList<>(List.of("explain", "--threads", "2", "--model", model, "--text", TEXT));
        all.addAll(List.of(options));
        return Ran.of(all.toArray(String[]::new));
    }

    @Test
    void examplesAddUpToTheScoreAndStandWhereTheySay() throws IOException {
        Ran ran = explain("--top", "2", "--json", "--examples", "30", "--train", train, "--labels", labels);
        assertThat(ran.code()).as(ran.err()).isZero();
        List<String> lines = Files.readAllLines(Path.of(train));
        Set<String> sources = new HashSet<>();
        for (JsonNode label : ran.json().path("labels")) {
            JsonNode found = label.path("representers");
            double sum = found.path("start").asDouble()
                    + found.path("embedding").asDouble()
                    + sum(found.path("for"), 1, label, lines, sources)
                    + sum(found.path("against"), -1, label, lines, sources);
            assertThat(sum).isCloseTo(label.path("score").asDouble(), within(1e-5));
            assertThat(found.path("sum").asDouble()).isCloseTo(sum, within(1e-9));
        }
        assertThat(sources).contains(train, "name of the label");
    }

    /** What the examples of a side add, each of which must stand where it says and have the sign of the side. */
    private static double sum(JsonNode side, int sign, JsonNode label, List<String> lines, Set<String> sources) {
        double sum = side.path("otherExamples").path("value").asDouble();
        for (JsonNode example : side.path("examples")) {
            assertThat(sign * example.path("value").asDouble()).isPositive();
            sum += example.path("value").asDouble();
            String source = example.path("source").asString();
            sources.add(source.replaceAll(":[0-9]+$", ""));
            if (source.startsWith(train)) {
                int line = Integer.parseInt(source.substring(train.length() + 1));
                String[] parts = lines.get(line - 1).split("\t");
                assertThat(example.path("text").asString()).isEqualTo(parts[0]);
                assertThat(example.path("labels").path(0).asString()).isEqualTo(parts[1]);
                assertThat(example.path("carries").asBoolean())
                        .isEqualTo(parts[1].equals(label.path("id").asString()));
            } else {
                assertThat(example.path("text").asString()).startsWith("Name of word");
            }
        }
        return sum;
    }

    @Test
    void eachSideHasAsManyAsAreAskedFor() {
        Ran ran = explain("--top", "2", "--json", "--examples", "1", "--train", train, "--labels", labels);
        assertThat(ran.code()).as(ran.err()).isZero();
        for (JsonNode label : ran.json().path("labels")) {
            for (String side : List.of("for", "against")) {
                assertThat(label.path("representers").path(side).path("examples"))
                        .as(side)
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
        JsonNode first = ran.json().path("labels").path(0).path("representers");
        assertThat(first.path("for").path("examples")).hasSize(1);
        assertThat(first.path("against").path("examples")).hasSize(1);
    }

    @Test
    void peopleGetATable() {
        Ran ran = explain("--top", "1", "--examples", "2", "--train", train, "--labels", labels);
        assertThat(ran.code()).as(ran.err()).isZero();
        List<String> lines = ran.out()
                .lines()
                .map(line -> line.replaceAll("-?[0-9]+\\.[0-9]+", "#").replaceAll(" +", " "))
                .toList();
        assertThat(lines)
                .contains("Training examples that speak for Name of word7:")
                .anyMatch(line -> line.startsWith("Training examples that speak against Name of word7"))
                .contains("The score of Name of word7:")
                .anyMatch(line -> line.matches(" \\[examples that speak for it\\] # *"))
                .anyMatch(line -> line.matches(" yes # .*word7.* " + train + ":[0-9]+"))
                .anyMatch(line -> line.matches(" \\[[0-9]+ other examples\\] # *"))
                .contains(" carries it contribution example where");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        String other =
                TinyData.write(folder, "other.tsv", TinyData.Format.ANNIF, 2).toString();
        requireError(
                3,
                other + ": is none of the files that the model was trained on",
                "--train",
                other,
                "--labels",
                labels);
        requireError(3, train + ": is one of 1 files that are given, the model was made of", "--train", train);
        requireError(
                3,
                train + ": is one of 3 files that are given, the model was made of",
                "--train",
                train,
                "--validate",
                train,
                "--labels",
                labels);
    }

    @Test
    void wrongOptionsAreRefused() {
        requireUsage("--examples needs --train F", "--examples", "3");
        requireUsage("--examples must be at least 1, got 0", "--examples", "0", "--train", train);
        requireUsage("--train, --validate, --labels and --temporary have no effect without", "--train", train);
    }

    private static void requireError(int code, String message, String... files) {
        List<String> all = new ArrayList<>(List.of("--examples", "3"));
        all.addAll(List.of(files));
        Ran ran = explain(all.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        assertThat(ran.err()).contains("longtail: " + message);
    }

    private static void requireUsage(String message, String... options) {
        Ran ran = explain(options);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("longtail: " + message);
    }
}
