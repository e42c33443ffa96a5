package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each folder of docs/hostile-models.md is refused with the message that stands there. */
final class HostileFolderPageTest {

    private static final String WEIGHTS = "weights.safetensors";

    /** Of no bytes. */
    private static final String SUM = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyRowOfThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/hostile-models.md")).stream()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row, () -> check(row)));
    }

    private static void check(String row) throws IOException {
        String[] cells = row.split(" \\| ", 3);
        String change = cells[1].substring(1, cells[1].lastIndexOf('`'));
        String message = cells.length < 3 ? "" : cells[2].substring(0, cells[2].lastIndexOf(" |"));
        Path model = Files.createTempDirectory(folder, "model").resolve("m");
        Tensor tensor = new Tensor.Ints("i", List.of(3L), List.of(new int[] {1, 2, 3}));
        ModelFolder.write(
                model,
                ModelFolderTest.fields("one"),
                List.of(Payload.ofTensors(WEIGHTS, List.of(tensor)), ModelFolderTest.text("labels.tsv", "a\tb\n")));
        open(model); // what is refused is the change

        change(model, change.split(" ", 2)[0], change.split(" ", 2)[1]);
        assertThatThrownBy(() -> open(model))
                .isInstanceOf(ModelFormatException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace(model.toString(), "MODEL"))
                        .isEqualTo(message));
    }

    private static void open(Path model) throws IOException {
        Safetensors.open(ModelFolder.open(model).file(WEIGHTS)).close();
    }

    private static void change(Path model, String how, String what) throws IOException {
        String[] words = what.split(" ");
        Path file = model.resolve(how.equals("tensor") || how.equals("manifest") ? WEIGHTS : words[0]);
        switch (how) {
            case "flip" -> {
                byte[] bytes = Files.readAllBytes(file);
                bytes[Integer.parseInt(words[1])] ^= 1;
                Files.write(file, bytes);
            }
            case "cut" -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Integer.parseInt(words[1])));
            case "append" -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) + 1));
            case "remove" -> Files.delete(file);
            case "manifest" -> manifest(model, what.replace("SUM", SUM));
            case "header" -> weights(model, Long.parseLong(what), "{}");
            case "tensor" -> {
                String type = what.contains("dtype") ? "" : "\"dtype\":\"I32\",";
                String json = "{\"a\":{" + type + what + "}}";
                weights(model, json.length(), json);
            }
            default -> throw new AssertionError("the test knows no change '" + how + "'");
        }
    }

    private static void manifest(Path model, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Files.write(model.resolve("model.json"), bytes);
        Files.writeString(model.resolve("model.json.sha256"), ModelManifest.sumLine(bytes));
    }

    /** A folder whose only file is weights with such a header, and whose sums are right. */
    private static void weights(Path model, long length, String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + text.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(text)
                .array();
        Files.write(model.resolve(WEIGHTS), bytes);
        String sum = ModelManifest.sumLine(bytes).split(" ")[0];
        manifest(
                model,
                "{\"format\":\"longtail-model\",\"formatVersion\":1,\"files\":[{\"name\":\"" + WEIGHTS + "\",\"bytes\":"
                        + bytes.length + ",\"sha256\":\"" + sum + "\"}]}");
    }
}
