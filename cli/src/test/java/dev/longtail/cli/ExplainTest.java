package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Explanations on the command line. */
final class ExplainTest {

    private static final String TEXT = "The WORD7, of the world";

    @TempDir
    private static Path folder;

    private static String model = "";
    private static String arms = "";

    @BeforeAll
    static void train() throws IOException {
        model = TinyData.model(folder).toString();
        arms = folder.resolve("arms").toString();
        Ran ran = TinyData.train(
                "--train",
                TinyData.write(folder, "again.tsv", TinyData.Format.ANNIF, 1).toString(),
                "--labels",
                TinyData.labelNames(folder).toString(),
                "--model",
                arms,
                "--set",
                "association.slots=4",
                "--set",
                "train.negatives=3",
                "--set",
                "direct.candidates=5");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private static Ran explain(String input, String... options) {
        List<String> all = new ArrayList<>(List.of("explain", "--threads", "2"));
        all.addAll(List.of(options));
        return Ran.with(input, all.toArray(String[]::new));
    }

    /** Numbers and the widths of columns left out. */
    private static List<String> shape(Ran ran) {
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        return ran.out()
                .lines()
                .map(line -> line.replaceAll("-?[0-9]+\\.[0-9]+", "#").replaceAll(" +", " "))
                .toList();
    }

    @Test
    void aSuggestedLabelHasATableOfItsWords() {
        assertThat(shape(explain("", "--model", model, "--text", TEXT, "--top", "1")))
                .contains(" The (2 times) # # %", " world # # %");
        assertThat(shape(explain("", "--model", model, "--text", TEXT, "--top", "1", "--words", "1")))
                .containsExactly(
                        "Text: The WORD7, of the world",
                        "",
                        "Name of word7 <http://example.org/7>: suggested in place 1 of 20 candidates, probability #",
                        " word contribution share",
                        " WORD7 # # %",
                        " [3 others] # # %",
                        " [bias of the output layer] # # %",
                        " score #",
                        "");
    }

    @Test
    void aLabelThatIsNotSuggestedSaysWhy() {
        List<String> lines = shape(explain(
                "",
                "--model",
                model,
                "--text",
                TEXT,
                "--top",
                "1",
                "--words",
                "1",
                "--label",
                "<http://example.org/3>"));
        assertThat(lines.get(2))
                .matches("Name of word3 <http://example.org/3>: not suggested, in place [0-9]+ of 20 candidates,"
                        + " probability #; the last suggested label has a score of #");
        assertThat(lines).contains(" would have spoken for it, were they in the text:", " embedding arm: word3 #");
    }

    @Test
    void aLabelThatIsNoCandidateSaysWhoFindsThem() {
        List<String> lines = shape(
                explain("", "--model", arms, "--text", "word7", "--top", "1", "--label", "<http://example.org/3>"));
        assertThat(lines.get(2))
                .startsWith("Name of word3 <http://example.org/3>: not suggested, no candidate. The association arm,"
                        + " which finds them, gives it # and the last of the ")
                .endsWith(" candidates #. As a candidate it would have the score below; the last suggested label has a"
                        + " score of #");
        assertThat(lines).anyMatch(line -> line.startsWith(" association arm: word3 #"));
    }

    @Test
    void theNumbersOfATableAddUpToItsScore() {
        for (String folder : List.of(model, arms)) {
            Ran ran = explain("", "--model", folder, "--text", TEXT, "--words", "2");
            double sum = 0;
            int tables = 0;
            for (String line : ran.out().lines().filter(l -> l.startsWith("  ")).toList()) {
                String value = line.strip().replaceAll("  +", "\t").split("\t")[1];
                if (line.startsWith("  word ")) {
                    sum = 0;
                } else if (line.startsWith("  score ")) {
                    assertThat(sum).isCloseTo(Double.parseDouble(value), within(0.0006));
                    tables++;
                } else {
                    sum += Double.parseDouble(value);
                }
            }
            assertThat(tables).isPositive();
        }
    }

    @Test
    void programsGetWhatPredictTellsWithItsParts() {
        String input = TEXT + "\nword3 and history\n";
        for (String folder : List.of(model, arms)) {
            Ran ran = explain(input, "--model", folder, "--json", "--top", "3");
            assertThat(ran.err()).isEmpty();
            List<String> lines = ran.out().lines().toList();
            List<String> predicted = Ran.with(input, "predict", "--model", folder, "--json", "--top", "3")
                    .out()
                    .lines()
                    .toList();
            assertThat(lines).hasSize(2);
            for (int i = 0; i < 2; i++) {
                JsonNode object = Ran.json(lines.get(i));
                String text = object.path("text").asString();
                assertThat(text).isEqualTo(input.lines().toList().get(i));
                JsonNode suggestions = Ran.json(predicted.get(i)).path("labels");
                assertThat(object.path("labels").size()).isEqualTo(suggestions.size());
                for (int rank = 0; rank < suggestions.size(); rank++) {
                    JsonNode label = object.path("labels").path(rank);
                    for (String name : List.of("id", "name", "score", "probability")) {
                        assertThat(label.path(name))
                                .isEqualTo(suggestions.path(rank).path(name));
                    }
                    assertThat(label.path("rank").asInt()).isEqualTo(rank + 1);
                    assertThat(label.path("suggested").asBoolean()).isTrue();
                    requireSum(label, text);
                }
            }
        }
    }

    private static void requireSum(JsonNode label, String text) {
        double sum = label.path("otherWords").path("value").asDouble(0);
        for (JsonNode word : label.path("words")) {
            sum += word.path("value").asDouble();
            double ofArms = 0;
            for (String arm : List.of("association", "embedding", "direct")) {
                ofArms += word.path(arm).asDouble();
            }
            assertThat(ofArms).isCloseTo(word.path("value").asDouble(), within(1e-12));
            assertThat(word.path("places").isEmpty()).isFalse();
            JsonNode place = word.path("places").path(0);
            assertThat(text.substring(
                            place.path("start").asInt(), place.path("end").asInt()))
                    .isEqualTo(word.path("word").asString())
                    .isEqualToIgnoringCase(word.path("term").asString());
        }
        for (JsonNode part : label.path("fixed")) {
            sum += part.path("value").asDouble();
        }
        assertThat(sum).isCloseTo(label.path("score").asDouble(), within(1e-5));
        assertThat(label.path("sum").asDouble()).isCloseTo(sum, within(1e-9));
    }

    @Test
    void programsGetAsManyWordsAsTheyWantAndWhatIsMissing() {
        JsonNode label = explain(
                        "",
                        "--model",
                        arms,
                        "--text",
                        TEXT,
                        "--words",
                        "1",
                        "--json",
                        "--top",
                        "1",
                        "--label",
                        "<http://example.org/3>",
                        "--label",
                        "<http://example.org/7>")
                .json()
                .path("labels");
        JsonNode third = label.path(0);
        assertThat(third.path("suggested").asBoolean()).isFalse();
        assertThat(third.path("words").size()).isEqualTo(1);
        assertThat(third.path("otherWords").path("count").asInt()).isEqualTo(3);
        assertThat(third.path("candidatesBy").asString()).isEqualTo("association");
        assertThat(third.path("lastSuggestedScore").asDouble())
                .isEqualTo(label.path(1).path("score").asDouble());
        JsonNode missing = third.path("missing").path(0);
        assertThat(missing.path("arm").asString()).isEqualTo("association");
        assertThat(missing.path("term").asString()).isEqualTo("word3");
        assertThat(missing.path("gain").asDouble()).isPositive();
        requireSum(third, TEXT);
        assertThat(label.path(1).has("missing")).isFalse();
    }

    @Test
    void anchorTablesTellThroughWhichAnchorsWordsCount() throws IOException {
        String anchors = folder.resolve("anchors").toString();
        Ran trained = TinyData.train(
                "--train",
                TinyData.write(folder, "third.tsv", TinyData.Format.ANNIF, 1).toString(),
                "--model",
                anchors,
                "--set",
                "table.kind=anchors",
                "--set",
                "table.anchors.count=8",
                "--set",
                "start.strategy=frequency");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(shape(explain("", "--model", anchors, "--text", TEXT, "--top", "1")))
                .contains(" word contribution share through anchors")
                .anyMatch(line -> line.matches(" WORD7 # # % [0-9]+ \\(\\w+\\) #.*"));
        JsonNode word = explain("", "--model", anchors, "--text", TEXT, "--top", "1", "--json")
                .json()
                .path("labels")
                .path(0)
                .path("words")
                .path(0);
        double sum = 0;
        for (JsonNode anchor : word.path("anchors")) {
            assertThat(anchor.path("end").asString()).isEqualTo("input");
            sum += anchor.path("value").asDouble();
        }
        assertThat(sum).isCloseTo(word.path("value").asDouble(), within(1e-5));
    }

    @Test
    void numberedFeaturesAreExplainedByTheirNumbers() throws IOException {
        Path train = TinyData.write(folder, "train.xc", TinyData.Format.XC, 1);
        String numeric = folder.resolve("numeric").toString();
        TinyData.train("--train", train.toString(), "--model", numeric);
        List<String> lines = shape(explain("1 26 20\n 4:1 20:0.5\n", "--model", numeric, "--top", "1"));
        assertThat(lines.get(0)).isEqualTo("Example of 2 features");
        assertThat(lines).contains(" feature contribution share", " 4 # # %");
    }

    @Test
    void aLineInWhichNothingIsKnownHasAnAnswerWithoutLabels() {
        List<String> lines = explain("word7\nxyzzy\n\nword3\n", "--model", model, "--json", "--top", "1")
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.subList(1, 3))
                .containsExactly("{\"text\":\"xyzzy\",\"labels\":[]}", "{\"text\":\"\",\"labels\":[]}");
        assertThat(lines.get(3)).contains("<http://example.org/3>");
        assertThat(shape(explain("xyzzy\n", "--model", model)))
                .containsExactly(
                        "Text: xyzzy", "", "No label is suggested: the model knows no word that speaks for one.", "");
    }

    @Test
    void whatCannotBeExplainedEndsInOneLine() throws IOException {
        requireError(2, "--text is empty", "", "--model", model, "--text", " ");
        requireError(2, "--text holds nothing that the model knows", "", "--model", model, "--text", "xyzzy");
        requireError(3, "standard input: holds nothing to explain", "", "--model", model);
        requireError(
                2,
                "--label: no label of the model has the id 'http://example.org/3', did you mean <http://example.org/3>"
                        + " (Name of word3) or ",
                "",
                "--model",
                model,
                "--text",
                TEXT,
                "--label",
                "http://example.org/3");
        Path ratings = Files.writeString(folder.resolve("ratings.csv"), ratings());
        String rating = folder.resolve("rating").toString();
        Ran trained = Ran.of(
                "train", "--task", "rate", "--train", ratings.toString(), "--model", rating, "--max-epochs", "1");
        assertThat(trained.code()).as(trained.err()).isZero();
        requireError(2, "explain takes models that tag, and " + rating, "", "--model", rating, "--text", TEXT);
    }

    private static String ratings() {
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 200; i++) {
            lines.append("u")
                    .append(i % 20)
                    .append(",i")
                    .append(i % 7)
                    .append(',')
                    .append(1 + i % 5)
                    .append('\n');
        }
        return lines.toString();
    }

    private static void requireError(int code, String message, String input, String... options) {
        Ran ran = explain(input, options);
        assertThat(ran.code()).isEqualTo(code);
        assertThat(ran.err()).startsWith("longtail: " + message);
        assertThat(ran.err().lines()).hasSize(1);
    }
}
