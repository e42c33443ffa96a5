package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class InspectDataTest {

    @TempDir
    private Path folder;

    @Test
    void countsOfASmallSet() throws IOException {
        Path train = Files.write(
                folder.resolve("train.tsv"),
                List.of("old birds\t<a> <b>", "old forests\t<a>", "old rivers\t", "birds and forests\t<a> <c> <a>"));
        Path test = Files.write(folder.resolve("test.tsv"), List.of("birds\t<a> <d>", "rivers\t<b>"));
        Path names = Files.write(folder.resolve("labels.tsv"), List.of("<a>\tsinging birds", "<b>\tsinging woods"));

        String[] options = {"--test", test.toString(), "--labels", names.toString(), "--set", "text.minFrequency=2"};
        JsonNode json = inspect(train, with(options, "--json")).json();
        assertThat(json.at("/train/examples").asInt()).isEqualTo(4);
        assertThat(json.at("/train/labelled").asInt()).isEqualTo(3);
        assertThat(json.at("/train/labelOccurrences").asInt()).isEqualTo(5);
        assertThat(json.at("/train/labelsAnExample").asDouble()).isEqualTo(5.0 / 3);
        assertThat(json.at("/test/examples").asInt()).isEqualTo(2);
        assertThat(json.at("/test/unknownLabelOccurrences").asInt()).isEqualTo(1);
        assertThat(json.at("/labels").asInt()).isEqualTo(3);
        assertThat(json.at("/examplesALabel").asDouble()).isEqualTo(5.0 / 3);
        assertThat(json.at("/namedLabels").asInt()).isEqualTo(2);
        assertThat(json.at("/withNames/trainExamples").asInt()).isEqualTo(6);
        assertThat(json.at("/withNames/labelsAnExample").asDouble()).isEqualTo(7.0 / 5);
        assertThat(json.at("/withNames/examplesALabel").asDouble()).isEqualTo(7.0 / 3);
        // Words need two labelled examples: birds, forests and old; with names singing as well.
        assertThat(json.at("/features").asInt()).isEqualTo(3);
        assertThat(json.at("/withNames/features").asInt()).isEqualTo(4);
        int bands = 0;
        for (JsonNode labels : json.path("bands")) {
            bands += labels.asInt();
        }
        assertThat(bands).isEqualTo(3);

        String table = inspect(train, options).out();
        assertThat(table).contains("with names").containsPattern("examples a label +1\\.67 +2\\.33");
    }

    @Test
    void featuresAreCountedAsTrainCountsThem() throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        String[] names = {"--labels", TinyData.labelNames(folder).toString(), "--json"};
        Set<Integer> counts = new HashSet<>();
        for (String setting : List.of("minFrequency=2", "minFrequency=20", "wordNgrams=2")) {
            String[] options = with(names, "--set", setting);
            String model = folder.resolve(setting).toString();
            Ran trained =
                    TinyData.train(with(options, "--train", train.toString(), "--model", model, "--max-epochs", "1"));
            assertThat(trained.code()).as(trained.err()).isZero();
            int features =
                    inspect(train, options).json().at("/withNames/features").asInt();
            assertThat(features).isEqualTo(trained.json().path("features").asInt());
            counts.add(features);
        }
        assertThat(counts).as("every setting makes a difference").hasSize(3);
    }

    @Test
    void whatTrainWouldRefuseIsRefusedWithoutAnyCount() throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        Ran none = inspect(train, "--set", "minFrequency=401", "--json");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("none of its words occurs in at least 401 examples; lower minFrequency");
        Ran wrong = inspect(train, "--set", "minFrequency=0");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("minFrequency must be at least 1, got 0");
    }

    @Test
    void numberedFeaturesHaveNoNamesToLearnFrom() throws IOException {
        Path train = TinyData.write(folder, "train.txt", TinyData.Format.XC, 1);
        JsonNode json = inspect(train, "--json").json();
        assertThat(json.path("features").asInt()).isEqualTo(26);
        assertThat(json.path("labels").asInt()).isEqualTo(TinyData.LABELS);
        assertThat(json.has("withNames")).isFalse();
        assertThat(json.has("test")).isFalse();
        assertThat(inspect(train).out()).doesNotContain("with names");
    }

    @Test
    void modelAndDataAreNotMixed() {
        assertThat(Ran.of("inspect").err()).contains("give either --model DIR or --data F...");
        assertThat(Ran.of("inspect", "--model", "m", "--data", "f").code()).isEqualTo(2);
        assertThat(Ran.of("inspect", "--model", "m", "--test", "f").err()).contains("go with --data");
        assertThat(Ran.of("inspect", "--model", "m", "--preset", "base").err()).contains("go with --data");
        assertThat(Ran.of("inspect", "--model", "m", "--set", "seed=1").err()).contains("go with --data");
    }

    private static Ran inspect(Path train, String... more) {
        String[] settings = with(TinyData.SETTINGS.toArray(String[]::new), more);
        return Ran.of(with(new String[] {"inspect", "--data", train.toString()}, settings));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }
}
