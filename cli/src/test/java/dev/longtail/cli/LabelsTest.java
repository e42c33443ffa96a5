package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Labels that come and go, and feedback, on the command line. */
final class LabelsTest {

    private static final Path SAMPLE = Path.of("..", "examples", "data", "finna-yso-sample");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private String model = "";

    @BeforeAll
    static void train() {
        Ran ran = Ran.of(
                "train",
                "--preset",
                "small",
                "--train",
                SAMPLE.resolve("train.tsv.gz").toString(),
                "--validate",
                SAMPLE.resolve("validate.tsv.gz").toString(),
                "--labels",
                SAMPLE.resolve("labels.tsv.gz").toString(),
                "--model",
                shared.resolve("model").toString());
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        Path own = Files.createDirectory(folder.resolve("mine"));
        try (Stream<Path> files = Files.list(shared.resolve("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        }
        model = own.toString();
    }

    private Ran labels(String command, String... options) {
        List<String> all = new ArrayList<>(List.of("labels", command, "--model", model));
        all.addAll(List.of(options));
        return Ran.of(all.toArray(new String[0]));
    }

    private Ran feedback(String... options) {
        List<String> all = new ArrayList<>(List.of("feedback", "--model", model));
        all.addAll(List.of(options));
        return Ran.of(all.toArray(new String[0]));
    }

    private List<JsonNode> predict(String text) {
        Ran ran = Ran.with(text + "\n", "predict", "--model", model, "--top", "10", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().path("labels").valueStream().toList();
    }

    private List<String> names(String text) {
        return predict(text).stream()
                .map(label -> label.path("name").asString())
                .toList();
    }

    @Test
    void aLabelIsAddedRenamedMergedAndRetired() {
        Ran ran = labels(
                "add",
                "--id",
                "http://example.org/9",
                "--name",
                "night trains",
                "--example",
                "The sleeping car of the railway",
                "--example",
                "Railways by night");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("1 added with 2 examples");
        assertThat(names("Railways by night")).contains("night trains");
        Ran again = labels("add", "--id", "<http://example.org/9>", "--name", "x");
        assertThat(again.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(again.err()).contains("is there already, by the name 'night trains'");
        assertThat(labels("rename", "--id", "http://example.org/9", "--name", "sleepers")
                        .code())
                .isZero();
        assertThat(names("Railways by night")).contains("sleepers").doesNotContain("night trains");
        Ran retired = labels("retire", "--id", "http://example.org/9", "--json");
        assertThat(retired.json().path("retired").asInt()).isEqualTo(1);
        assertThat(names("Railways by night")).doesNotContain("sleepers");
        assertThat(labels("list", "--retired").out()).isEqualTo("<http://example.org/9>\tsleepers\t\n");
        assertThat(labels("add", "--id", "http://example.org/9", "--name", "x").err())
                .contains("was retired and its id is remembered");
        assertThat(labels("add", "--id", "http://example.org/9", "--name", "trains", "--revive")
                        .code())
                .isZero();
        assertThat(labels("list", "--retired").out()).isEmpty();
        String first = labels("list").out().lines().findFirst().orElseThrow().split("\t")[0];
        assertThat(labels("merge", "--id", "http://example.org/9", "--into", first)
                        .code())
                .isZero();
        assertThat(labels("list", "--retired", "--json").json().path("into").asString())
                .isEqualTo(first);
    }

    @Test
    void examplesComeFromAFileAndListsFindLabels() throws IOException {
        Path texts = Files.writeString(folder.resolve("titles.txt"), "Railways by night\n\nThe sleeping car\n");
        assertThat(labels("add", "--id", "http://example.org/9", "--examples", texts.toString())
                        .code())
                .isZero();
        assertThat(labels("list", "--contains", "EXAMPLE.org/9").out()).isEqualTo("<http://example.org/9>\t\t2\n");
        assertThat(labels("list", "--contains", "example.org/9", "--json")
                        .json()
                        .path("examples")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aListIsMadeAllOrNothing() throws IOException {
        Path list = folder.resolve("changes.jsonl");
        Files.writeString(
                list,
                "{\"add\": \"http://example.org/9\", \"name\": \"night trains\", \"examples\": [\"Railways\"]}\n"
                        + "{\"retire\": \"http://example.org/10\"}\n");
        byte[] before = Files.readAllBytes(Path.of(model, "model.json"));
        Ran wrong = labels("apply", "--edits", list.toString());
        assertThat(wrong.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(wrong.err()).contains("changes.jsonl:2: the model has no label <http://example.org/10>");
        assertThat(Files.readAllBytes(Path.of(model, "model.json"))).isEqualTo(before);
        Files.writeString(list, Files.readString(list).lines().findFirst().orElseThrow(), StandardCharsets.UTF_8);
        assertThat(labels("apply", "--edits", list.toString(), "--json")
                        .json()
                        .path("added")
                        .asInt())
                .isEqualTo(1);
    }

    /** The edition of the sample against one in which labels go, come and are renamed; as lines and as SKOS. */
    @Test
    void anotherEditionIsApplied() throws IOException {
        List<String> known = labels("list").out().lines().limit(40).toList();
        List<String> old = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            String[] fields = known.get(i).split("\t");
            old.add(fields[0] + "\t" + fields[1]);
            if (i >= 3) {
                fresh.add(fields[0] + "\t" + (i < 8 ? "renamed " + i : fields[1]));
            }
        }
        for (int i = 0; i < 10; i++) {
            fresh.add("<http://example.org/new/" + i + ">\tnew history of music " + i);
        }
        old.add("http://example.org/unknown\tsomething");
        Path before = Files.write(folder.resolve("before.tsv"), old);
        Path after = Files.write(folder.resolve("after.tsv"), fresh);
        Ran ran = labels("apply", "--before", before.toString(), "--after", after.toString(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("1 labels that go or have another name are none of the model's");
        assertThat(ran.json().path("retired").asInt()).isEqualTo(3);
        assertThat(ran.json().path("renamed").asInt()).isEqualTo(5);
        assertThat(ran.json().path("added").asInt()).isEqualTo(10);
        assertThat(labels("list", "--contains", "renamed").out().lines()).hasSize(5);

        Path turtle = folder.resolve("after.ttl");
        assertThat(Ran.of("convert", "--from", after.toString(), "--to", turtle.toString(), "--language", "en")
                        .code())
                .isZero();
        Ran skos = labels(
                "apply",
                "--before",
                after.toString(),
                "--after",
                turtle.toString(),
                "--label-language",
                "en",
                "--json");
        assertThat(skos.code()).as(skos.err()).isZero();
        assertThat(skos.json().path("added").asInt()
                        + skos.json().path("retired").asInt())
                .isZero();
        assertThat(skos.json().path("renamed").asInt()).isZero();
        Ran useless =
                labels("apply", "--before", before.toString(), "--after", after.toString(), "--label-language", "en");
        assertThat(useless.code()).isEqualTo(Failures.WRONG_USAGE);
    }

    @Test
    void feedbackCountsInPredictionsAndIsUndone() throws IOException {
        String text = "Birds of the northern forests";
        List<JsonNode> before = predict(text);
        String wrong = before.get(0).path("id").asString();
        String right = before.get(7).path("id").asString();
        Ran ran = feedback("--text", text, "--accept", right, "--reject", wrong);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("the last has the number 1");
        assertThat(Path.of(model + ".feedback")).exists();
        List<JsonNode> after = predict(text);
        assertThat(after).isNotEqualTo(before);

        Path file = folder.resolve("judged.jsonl");
        Files.writeString(
                file,
                "{\"text\": \"Forests\", \"accepted\": [\"" + right + "\"]}\n{\"text\": \"Birds\", \"rejected\": [\""
                        + wrong + "\"]}\n");
        assertThat(feedback("--file", file.toString(), "--json")
                        .json()
                        .path("sequence")
                        .asInt())
                .isEqualTo(3);
        assertThat(feedback("--list").out().lines())
                .hasSize(3)
                .first()
                .isEqualTo("1\t" + text + "\t" + right + "\t" + wrong);
        assertThat(feedback("--undo-last", "2").code()).isZero();
        assertThat(predict(text)).isEqualTo(after);
        assertThat(feedback("--undo", "1").code()).isZero();
        assertThat(predict(text)).isEqualTo(before);
        assertThat(feedback("--list", "--json").out()).isEmpty();
        assertThat(feedback("--undo", "1").err()).contains("no feedback of number 1 that counts");

        assertThat(feedback("--text", text, "--accept", right, "--reject", wrong)
                        .code())
                .isZero();
        Ran fold = feedback("--fold");
        assertThat(fold.out()).contains("The folder has 1 more in it.");
        assertThat(Path.of(model + ".feedback")).doesNotExist();
        assertThat(predict(text)).isEqualTo(after);
    }

    @Test
    void theLinesOfReadmeRun() throws IOException {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        List<String> lines = Files.readAllLines(repository.resolve("README.md")).stream()
                .filter(line -> line.startsWith("./longtail labels ") || line.startsWith("./longtail feedback "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(6);
        for (String line : lines) {
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(line.substring("./longtail ".length()));
            while (word.find()) {
                String text = word.group(1) == null ? word.group(2) : word.group(1);
                words.add(text.equals("models/mine") ? model : edition(text));
            }
            Ran ran = Ran.of(words.toArray(new String[0]));
            assertThat(ran.code()).as("%s: %s", line, ran.err()).isZero();
        }
        assertThat(feedback("--list").out()).isEmpty();
    }

    /** The two editions that the lines name are that of the sample. */
    private static String edition(String word) {
        return word.matches("labels-20..\\.tsv\\.gz")
                ? SAMPLE.resolve("labels.tsv.gz").toString()
                : word;
    }

    @Test
    void wrongFeedbackIsTold() throws IOException {
        Ran unknown = feedback("--text", "birds", "--accept", "http://example.org/unknown");
        assertThat(unknown.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(unknown.err()).contains("the model has no label http://example.org/unknown");
        Path file = Files.writeString(folder.resolve("judged.jsonl"), "{\"text\": \"birds\"}\n");
        Ran line = feedback("--file", file.toString());
        assertThat(line.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(line.err()).contains("judged.jsonl:1: ");
        Files.writeString(Path.of(model + ".feedback"), "something else\n");
        Ran damaged = Ran.with("x", "predict", "--model", model);
        assertThat(damaged.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(damaged.err()).contains("the journal is damaged there");
    }
}
