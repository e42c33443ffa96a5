package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Anchors of models that tag, chosen by train. */
final class AnchorStartTest {

    @TempDir
    private Path folder;

    private Path texts;

    @BeforeEach
    void write() throws IOException {
        texts = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
    }

    /** A run of train on a table of anchors, with more arguments that hold no spaces. */
    private Ran train(String model, String more) {
        return train(model, "2", more);
    }

    private Ran train(String model, String threads, String more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--train", texts.toString()));
        arguments.addAll(List.of("--model", folder.resolve(model).toString(), "--threads", threads));
        arguments.addAll(TinyData.SETTINGS);
        arguments.addAll(List.of("--set", "table.kind=anchors"));
        arguments.addAll(List.of(more.strip().split(" +")));
        return Ran.of(arguments.toArray(String[]::new));
    }

    private Ran trained(String model, String more) {
        Ran ran = train(model, more);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran;
    }

    private JsonNode inspected(String model) {
        String path = folder.resolve(model).toString();
        return Ran.of("inspect", "--model", path, "--anchors", "3", "--least", "0", "--json")
                .json()
                .path("tables")
                .path(0);
    }

    /** The word that each anchor is, by the anchor's number. */
    private Map<Integer, String> words(String model) {
        Map<Integer, String> words = new TreeMap<>();
        for (JsonNode anchor : inspected(model).path("anchorObjects")) {
            if (anchor.has("is")) {
                words.put(
                        anchor.path("anchor").asInt(),
                        anchor.path("is").path("name").asString());
            }
        }
        return words;
    }

    /** Words of the texts, counted anew, most frequent first. */
    private List<String> counted() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : Files.readAllLines(texts)) {
            for (String word : line.substring(0, line.indexOf('\t')).split(" ")) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void frequencyAnchorsAreTheMostFrequentWords() throws IOException {
        Ran ran = trained("m", "--set anchors.count=6 --set start.strategy=frequency");
        assertThat(ran.err()).contains("anchors by frequency: 6 of 6 are words: ");
        assertThat(words("m").values())
                .containsExactlyInAnyOrderElementsOf(counted().subList(0, 6));
        assertThat(inspected("m").path("anchorsThatAreObjects").asInt()).isEqualTo(6);
        String text = Ran.of("inspect", "--model", folder.resolve("m").toString(), "--anchors", "2")
                .out();
        assertThat(text).contains("6 of the anchors are words: ").containsPattern("anchor \\d, which is \\w+: ");
        JsonNode settings = Ran.json(Files.readString(folder.resolve("m").resolve("model.json")))
                .path("settings");
        assertThat(settings.path("model")
                        .path("table")
                        .path("anchors")
                        .path("start")
                        .path("strategy")
                        .asString())
                .isEqualTo("frequency");
    }

    @Test
    void importedAnchorsAreThoseOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("chosen.txt"), "word7\nnever\nthe\nword3\n");
        Ran ran = trained("m", "--set anchors.count=3 --anchors-from " + file);
        assertThat(ran.err()).contains("3 of 4 lines used, 1 of unknown names left out (never)");
        assertThat(words("m")).isEqualTo(Map.of(0, "word7", 1, "the", 2, "word3"));
        String manifest = Files.readString(folder.resolve("m").resolve("model.json"));
        assertThat(manifest).contains("chosen.txt");
    }

    /** Vectors that place words by their last digit: a cluster for each digit. */
    @Test
    void clustersOfGivenVectors() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int word = 0; word < TinyData.LABELS; word++) {
            lines.add("word" + word + " " + 10 * (word % 3) + " " + word / 100.0);
        }
        Path file = Files.write(folder.resolve("vectors.txt"), lines);
        trained("m", "--set anchors.count=3 --set start.strategy=clustering --vectors-from " + file);
        assertThat(words("m").values().stream()
                        .map(word -> Integer.parseInt(word.substring(4)) % 3)
                        .sorted())
                .containsExactly(0, 1, 2);
    }

    /** N14 to N21: a start of every kind can be trained, and has the same bits at any number of threads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "strategy=random-objects",
                "strategy=tf-idf",
                "strategy=clustering space=cooccurrence",
                "strategy=frequency-then-clustering space=cooccurrence",
                "strategy=coreset space=cooccurrence coreset=16",
                "mixture=frequency:3,random-objects:3"
            })
    void everyKindOfStart(String settings) {
        String more = "--set anchors.count=6 --set start.spaceDimension=4"
                + Arrays.stream(settings.split(" "))
                        .map(setting -> " --set start." + setting)
                        .reduce("", String::concat);
        for (String threads : List.of("1", "2")) {
            Ran ran = train(threads, threads, more);
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.err()).contains(": 6 of 6 are words: ");
        }
        for (String file : List.of("parameters.safetensors", "calibration.safetensors")) {
            assertThat(folder.resolve("2").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("1").resolve(file));
        }
        assertThat(words("1")).hasSize(6);
        boolean alone = !settings.contains("mixture"); // sets of a mixture know nothing of each other
        assertThat(alone && words("1").values().stream().distinct().count() < 6).isFalse();
    }

    /** Features beside the words have rows too, and are no anchors by frequency. */
    @Test
    void countsAreThoseOfWords() throws IOException {
        trained(
                "m",
                "--set anchors.count=6 --set start.strategy=frequency --set text.wordNgrams=2"
                        + " --set text.characterNgramMin=3 --set text.characterNgramMax=4"
                        + " --set text.characterBuckets=64");
        assertThat(words("m").values())
                .containsExactlyInAnyOrderElementsOf(counted().subList(0, 6));
    }

    @Test
    void numberedFeaturesHaveFrequenciesAndNumbers() throws IOException {
        texts = TinyData.write(folder, "train.txt", TinyData.Format.XC, 1);
        trained("m", "--set anchors.count=6 --set start.strategy=frequency");
        assertThat(words("m").values()).containsExactlyInAnyOrder("20", "21", "22", "23", "24", "25");
        Path file = Files.writeString(folder.resolve("chosen.txt"), "3\n25\n");
        trained("i", "--set anchors.count=2 --anchors-from " + file);
        assertThat(words("i")).isEqualTo(Map.of(0, "3", 1, "25"));
        refused(
                train("n", "--set anchors.count=2 --set start.strategy=clustering --set start.space=cooccurrence"),
                "numbered features have no order");
        refused(
                train("n", "--set anchors.count=2 --set start.strategy=frequency --relations wordnet"),
                "these are numbered features");
    }

    @Test
    void smallerModelsKnowTheirAnchors() throws IOException {
        trained("m", "--set anchors.count=6 --set start.strategy=frequency");
        String from = folder.resolve("m").toString();
        Ran shrunk =
                Ran.of("shrink", "--model", from, "--to", folder.resolve("s").toString(), "--bits", "8");
        assertThat(shrunk.code()).as(shrunk.err()).isZero();
        assertThat(words("s")).isEqualTo(words("m")).hasSize(6);
    }

    @Test
    void aSearchStartsAllCandidatesFromTheSameAnchors() {
        Ran ran = trained(
                "m",
                "--set anchors.count=6 --set start.strategy=frequency --tune 5s"
                        + " --tune-settings train.batch=16,32");
        assertThat(ran.err()).containsOnlyOnce("anchors by frequency");
        assertThat(words("m")).hasSize(6);
        refused(
                train("n", "--set start.strategy=frequency --tune 5s --tune-settings anchors.count=6,8"),
                "model.table.anchors.count cannot be searched");
    }

    @Test
    void whatIsMissingOrHasNoEffectIsSaid() throws IOException {
        Path names = Files.writeString(folder.resolve("chosen.txt"), "the\nof\n");
        Path none = Files.writeString(folder.resolve("none.txt"), "never\n");
        refused(train("m", "--set start.strategy=clustering"), "space must be cooccurrence or file");
        refused(train("m", "--set start.strategy=imported"), "needs --anchors-from FILE");
        refused(train("m", "--set start.strategy=frequency --anchors-from " + names), "has no effect without");
        refused(
                train("m", "--set anchors.count=3 --anchors-from " + names),
                "anchors must be at most those of the file, 2");
        refused(train("m", "--anchors-from " + folder.resolve("nowhere")), "no such file");
        refused(train("m", "--set start.strategy=frequency --set anchors.count=900"), "at most the objects, 26");
        refused(train("m", "--set start.mixture=frequency:3,random:3"), "as many in all as the table has, 50, got 6");
        refused(train("m", "--set start.space=cooccurrence"), "space must be none when anchors are random");
        refused(
                train("m", "--set start.strategy=frequency --cooccurrence-cache " + folder.resolve("c")),
                "--cooccurrence-cache has no effect");
        Ran unknown = train("m", "--set anchors.count=1 --anchors-from " + none);
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("names none of the objects");
        Ran dense = TinyData.train(
                "--train",
                texts.toString(),
                "--model",
                folder.resolve("d").toString(),
                "--set",
                "start.strategy=frequency");
        refused(dense, "add --set table.kind=anchors");
        Ran small = Ran.of(
                "train",
                "--train",
                texts.toString(),
                "--model",
                folder.resolve("d").toString(),
                "--preset",
                "small",
                "--set",
                "start.strategy=frequency");
        refused(small, "with model.embedding=false there is no table");
    }

    @Test
    void aTableThatIsTakenOverKeepsItsAnchors() {
        trained("m", "--set anchors.count=6 --set start.strategy=frequency");
        String from = "--set anchors.count=6 --encoder-from " + folder.resolve("m");
        trained("taken", from);
        assertThat(words("taken")).isEqualTo(words("m")).hasSize(6);
        refused(train("n", from + " --set start.strategy=frequency"), "anchors are those of that model");
    }

    private static void refused(Ran ran, String reason) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().lines().filter(line -> line.startsWith("longtail: ")))
                .singleElement()
                .asString()
                .contains(reason);
    }
}
