package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ModelFolderTest {

    @TempDir
    Path parent;

    @Test
    void roundTrip() throws IOException {
        Path model = parent.resolve("missing/parents/model");
        ModelFolder.write(model, fields("one"), payloads("a\tb\n"));
        ModelFolder folder = ModelFolder.open(model);
        assertThat(folder.path()).isEqualTo(model);
        assertThat(folder.formatVersion()).isEqualTo(ModelFolder.VERSION);
        assertThat(folder.manifest().get("title").stringValue()).isEqualTo("one");
        assertThat(folder.files()).containsExactly("weights.safetensors", "labels.tsv");
        assertThat(folder.file("labels.tsv")).hasContent("a\tb\n");
        int[] page = new int[3];
        try (Safetensors tensors = Safetensors.open(folder.file("weights.safetensors"))) {
            tensors.copyInto(new Tensor.Ints("i", List.of(3L), List.of(page)));
        }
        assertThat(page).containsExactly(1, 2, 3);
        long bytes = 0;
        for (Path file : Siblings.list(model)) {
            bytes += Files.size(file);
        }
        assertThat(folder.bytes()).isEqualTo(bytes);
        assertThat(Siblings.list(model.getParent())).containsExactly(model);
        assertThatThrownBy(() -> folder.file("other")).hasMessageContaining("is a model without the file other");
    }

    @Test
    void manifestIsReadableAndExact() throws IOException {
        Path model = parent.resolve("model");
        ModelFolder.write(model, fields("one"), List.of(text("labels.tsv", "abc")));
        // sha256sum of "abc", FIPS 180-2 appendix B.1
        assertThat(model.resolve("model.json")).hasContent("""
                {
                  "format" : "longtail-model",
                  "formatVersion" : 1,
                  "title" : "one",
                  "files" : [
                    {
                      "name" : "labels.tsv",
                      "bytes" : 3,
                      "sha256" : "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                    }
                  ]
                }
                """);
        assertThat(Files.readString(model.resolve("model.json.sha256"))).matches("[0-9a-f]{64}  model\\.json\n");
    }

    @Test
    void sameModelSameBytes() throws IOException {
        Path one = parent.resolve("one");
        Path two = parent.resolve("two");
        ModelFolder.write(one, fields("t"), payloads("x"));
        ModelFolder.write(two, fields("t"), payloads("x"));
        for (Path file : Siblings.list(one)) {
            assertThat(file).hasSameBinaryContentAs(two.resolve(file.getFileName()));
        }
    }

    @Test
    void everyBitOfEveryFileCounts() throws IOException {
        Path model = parent.resolve("model");
        ModelFolder.write(model, fields("one"), payloads("a\tb\n"));
        for (Path file : Siblings.list(model)) {
            byte[] bytes = Files.readAllBytes(file);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                Files.write(file, flipped);
                assertThatThrownBy(() -> ModelFolder.open(model))
                        .as("bit %s of %s", bit, file)
                        .isInstanceOf(ModelFormatException.class)
                        .hasMessageContaining("copy the model again");
            }
            Files.write(file, bytes);
        }
        assertThat(ModelFolder.open(model).files()).hasSize(2);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Path model = parent.resolve("model");
        ModelFolder.write(model, fields("one"), payloads("a\tb\n"));
        for (Path file : Siblings.list(model)) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length++) {
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> ModelFolder.open(model)).isInstanceOf(ModelFormatException.class);
            }
            Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
            assertThatThrownBy(() -> ModelFolder.open(model)).isInstanceOf(ModelFormatException.class);
            Files.delete(file);
            assertThatThrownBy(() -> ModelFolder.open(model)).isInstanceOf(ModelFormatException.class);
            Files.write(file, bytes);
        }
    }

    @Test
    void whatIsNoModelIsCalledThat() throws IOException {
        assertThatThrownBy(() -> ModelFolder.open(parent.resolve("none"))).hasMessageEndingWith("no such folder");
        Path file = Files.writeString(parent.resolve("file"), "x");
        assertThatThrownBy(() -> ModelFolder.open(file)).hasMessageEndingWith("is not a folder, a model is one");
        assertThatThrownBy(() -> ModelFolder.open(parent))
                .hasMessage(parent + ": is not a model, there is no model.json in it");
        Files.writeString(parent.resolve("model.json"), "{\"format\":\"onnx\"}");
        assertThatThrownBy(() -> ModelFolder.open(parent))
                .hasMessageContaining("is not the manifest of a model, it has no \"format\": \"longtail-model\"");
        Files.writeString(parent.resolve("model.json"), "[1]");
        assertThatThrownBy(() -> ModelFolder.open(parent)).hasMessageContaining("is not the manifest of a model");
        Files.writeString(parent.resolve("model.json"), "{\"format\":");
        assertThatThrownBy(() -> ModelFolder.open(parent)).hasMessageContaining("not the JSON that belongs here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | has format version 2, this release reads 1 to 1; read it with a newer release",
                "0 | has format version 0, this release reads 1 to 1; convert it with an older release",
                "1.5 | has no whole number as formatVersion",
                "\"1\" | has no whole number as formatVersion",
                "99999999999 | has no whole number as formatVersion"
            })
    void otherVersionsAreToldApart(String version, String message) throws IOException {
        Path model = forged("{\"format\":\"longtail-model\",\"formatVersion\":" + version + ",\"files\":[]}");
        assertThatThrownBy(() -> ModelFolder.open(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "/etc/passwd",
                "a/b",
                "a\\\\b",
                "..",
                ".",
                "",
                ".hidden",
                "model.json",
                "MODEL.json",
                "model.json.sha256",
                "a\\u0000",
                "C:x",
                "ä"
            })
    void namesWithPathTricksAreRefused(String name) throws IOException {
        String file = "{\"name\":\"" + name + "\",\"bytes\":0,\"sha256\":\"" + "0".repeat(64) + "\"}";
        Path model = forged("{\"format\":\"longtail-model\",\"formatVersion\":1,\"files\":[" + file + "]}");
        assertThatThrownBy(() -> ModelFolder.open(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("name is not a plain one");
        String plain = name.replace("\\\\", "\\").replace("\\u0000", "\0");
        assertThatThrownBy(() -> ModelFolder.write(parent.resolve("m"), fields("t"), List.of(text(plain, ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the name of a model's file must be plain, got ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "[1]",
                "[{\"name\":\"a\",\"bytes\":-1,\"sha256\":\"$\"}]",
                "[{\"name\":\"a\",\"bytes\":1e3,\"sha256\":\"$\"}]",
                "[{\"name\":\"a\",\"bytes\":9223372036854775808,\"sha256\":\"$\"}]",
                "[{\"name\":\"a\",\"bytes\":0,\"sha256\":\"0\"}]",
                "[{\"name\":\"a\",\"bytes\":0,\"sha256\":\"$\",\"more\":1}]",
                "[{\"name\":\"a\",\"name\":\"a\",\"bytes\":0,\"sha256\":\"$\"}]",
                "[{\"name\":\"a\",\"bytes\":0,\"sha256\":\"$\"},{\"name\":\"A\",\"bytes\":0,\"sha256\":\"$\"}]"
            })
    void listsOfFilesThatLieAreRefused(String list) throws IOException {
        String sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // of no bytes
        Path model =
                forged("{\"format\":\"longtail-model\",\"formatVersion\":1,\"files\":" + list.replace("$", sum) + "}");
        Files.createFile(model.resolve("a"));
        Files.createFile(model.resolve("A"));
        assertThatThrownBy(() -> ModelFolder.open(model)).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void aManifestWithoutItsSumIsIncomplete() throws IOException {
        Path model = forged("{\"format\":\"longtail-model\",\"formatVersion\":1,\"files\":[]}");
        assertThat(ModelFolder.open(model).files()).isEmpty();
        Files.delete(model.resolve("model.json.sha256"));
        assertThatThrownBy(() -> ModelFolder.open(model))
                .hasMessage(
                        model.resolve("model.json.sha256") + ": is missing; the model is incomplete, copy it again");
    }

    @Test
    void fieldsOfTheFolderAreNotTheCallers() {
        ObjectNode fields = fields("t").put("files", 1);
        assertThatThrownBy(() -> ModelFolder.write(parent.resolve("m"), fields, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a field of the manifest must be none of ");
        assertThatThrownBy(() ->
                        ModelFolder.write(parent.resolve("m"), fields("t"), List.of(text("a", ""), text("A", ""))))
                .hasMessage("names of a model's files must be distinct, got A");
    }

    private Path forged(String json) throws IOException {
        Path model = Files.createDirectories(parent.resolve("forged"));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Files.write(model.resolve("model.json"), bytes);
        Files.writeString(model.resolve("model.json.sha256"), ModelManifest.sumLine(bytes));
        return model;
    }

    static ObjectNode fields(String title) {
        return JsonNodeFactory.instance.objectNode().put("title", title);
    }

    static List<Payload> payloads(String labels) {
        Tensor tensor = new Tensor.Ints("i", List.of(3L), List.of(new int[] {1, 2, 3}));
        return List.of(Payload.ofTensors("weights.safetensors", List.of(tensor)), new Payload("labels.tsv", channel -> {
            try (OutputStream out = Channels.newOutputStream(channel)) {
                out.write(labels.getBytes(StandardCharsets.UTF_8));
            }
        }));
    }

    static Payload text(String name, String text) {
        return new Payload(name, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
}
