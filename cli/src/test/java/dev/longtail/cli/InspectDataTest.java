package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        JsonNode json = inspect(train, "--test", test.toString(), "--labels", names.toString(), "--json")
                .json();
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
        // Words need two labelled examples: birds and old; with names singing as well.
        assertThat(json.at("/withNames/features").asInt())
                .isGreaterThan(json.at("/features").asInt());
        int bands = 0;
        for (JsonNode labels : json.path("bands")) {
            bands += labels.asInt();
        }
        assertThat(bands).isEqualTo(3);

        String table = inspect(train, "--test", test.toString(), "--labels", names.toString())
                .out();
        assertThat(table).contains("with names").containsPattern("examples a label +1\\.67 +2\\.33");
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
    }

    private static Ran inspect(Path train, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "inspect";
        arguments[1] = "--data";
        arguments[2] = train.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Ran.of(arguments);
    }
}
