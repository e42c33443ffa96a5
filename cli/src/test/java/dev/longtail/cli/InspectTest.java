package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class InspectTest {

    @TempDir
    private Path folder;

    @Test
    void theContentIsShown() throws IOException {
        Path model = TinyData.model(folder);
        Ran ran = Ran.of("inspect", "--model", model.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("20 labels", "all checksums are right", "parameters.safetensors", "output.weights", "20 x 16")
                .contains("model.output.fanIn = 16", "train.tsv", "SHA-256", "validation P@1", "Name of word");
    }

    @Test
    void countsAddUp() throws IOException {
        Path model = TinyData.model(folder);
        JsonNode json = Ran.of("inspect", "--model", model.toString(), "--json").json();
        assertThat(json.path("task").asString()).isEqualTo("tag");

        long bytes = 0;
        for (Path file : List.of(model.toFile().listFiles()).stream()
                .map(java.io.File::toPath)
                .toList()) {
            bytes += Files.size(file);
        }
        assertThat(json.path("modelBytes").asLong()).isEqualTo(bytes);
        long listed = 0;
        for (JsonNode size : json.path("files")) {
            listed += size.asLong();
        }
        assertThat(listed).isEqualTo(bytes);

        // 20 labels with 16 connections each, to 32 hidden units.
        JsonNode degrees = json.path("inDegreesAscending");
        assertThat(degrees.size()).isEqualTo(32);
        long connections = 0;
        for (JsonNode degree : degrees) {
            connections += degree.asLong();
        }
        assertThat(connections).isEqualTo(20 * 16);

        long labels = 0;
        for (JsonNode range : json.path("labelFrequencies")) {
            labels += range.path("labels").asLong();
        }
        assertThat(labels).isEqualTo(20);
        assertThat(json.path("settings")
                        .path("model")
                        .path("output")
                        .path("fanIn")
                        .asInt())
                .isEqualTo(16);
        assertThat(json.path("manifest").path("provenance").path("files").size())
                .isEqualTo(2);
    }

    @Test
    void aDamagedModelIsRefusedByEveryCommand() throws IOException {
        Path model = TinyData.model(folder);
        Path parameters = model.resolve("parameters.safetensors");
        byte[] bytes = Files.readAllBytes(parameters);
        bytes[bytes.length - 9] ^= 1;
        Files.write(parameters, bytes);
        String test = folder.resolve("train.tsv").toString();
        for (Ran ran : List.of(
                Ran.of("inspect", "--model", model.toString()),
                Ran.of("predict", "--model", model.toString()),
                Ran.of("evaluate", "--model", model.toString(), "--test", test))) {
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).startsWith("longtail: " + parameters + ": does not have the SHA-256");
            assertThat(ran.err().lines()).hasSize(1);
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void whatIsNoModelIsNamed() throws IOException {
        Ran empty = Ran.of("predict", "--model", folder.toString());
        assertThat(empty.code()).isEqualTo(3);
        assertThat(empty.err()).contains("is not a model, there is no model.json in it");
        Ran missing = Ran.of("evaluate", "--model", folder.resolve("none").toString(), "--test", "x");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no such folder");
    }

    @Test
    void aHistogramHoldsEveryNumberOnce() {
        int[] ascending = {1, 1, 2, 9, 10, 10, 24};
        List<ModelFacts.Range> ranges = ModelFacts.histogram(ascending, 3);
        assertThat(ranges)
                .containsExactly(
                        new ModelFacts.Range(1, 8, 3), new ModelFacts.Range(9, 16, 3), new ModelFacts.Range(17, 24, 1));
        assertThat(ModelFacts.histogram(new int[] {5, 5}, 8)).containsExactly(new ModelFacts.Range(5, 5, 2));
    }
}
