package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another language reads what we wrote; the program is the one printed in FORMAT.md. */
class PythonReaderTest {

    @TempDir
    Path parent;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = parent.resolve("model");
        Tensor floats = new Tensor.Floats(
                "w", List.of(2L, 2L), List.of(new float[] {1.5f, -0.1f, 0x1p127f}, new float[] {-0f}));
        Tensor chars = new Tensor.Chars("index", List.of(3L), List.of(new char[] {0, 65535, 258}));
        Tensor brains = new Tensor.Brains("brain", List.of(2L, 2L), List.of(new char[] {0x3fc0, 0xc000, 0x7f80, 1}));
        Tensor ints = new Tensor.Ints("ä", List.of(), List.of(new int[] {Integer.MIN_VALUE}));
        Tensor bytes = new Tensor.Bytes("byte", List.of(3L), List.of(new byte[] {-127, 127}, new byte[] {-1}));
        ModelFolder.write(
                model,
                ModelFolderTest.fields("näme"),
                List.of(
                        Payload.ofTensors("a.safetensors", List.of(chars, floats, bytes, ints, brains)),
                        ModelFolderTest.text("labels.tsv", "x\n")));
    }

    @Test
    void theProgramInTheDocumentReadsAModel() throws Exception {
        assumeTrue(run("import numpy") != null, "python3 with numpy");
        String document = Files.readString(Path.of("..", "FORMAT.md"), StandardCharsets.UTF_8);
        int start = document.indexOf("```python\n") + "```python\n".length();
        String program = document.substring(start, document.indexOf("```", start));
        String output = run(program + """
                import sys
                manifest, tensors = read_model(sys.argv[1])
                print(ascii(manifest["title"]))
                for name in sorted(tensors):
                    print(ascii(name), tensors[name].dtype, tensors[name].shape, tensors[name].tolist())
                """);
        assertThat(output).isEqualTo("""
                'n\\xe4me'
                'brain' float32 (2, 2) [[1.5, -2.0], [inf, 9.183549615799121e-41]]
                'byte' int8 (3,) [-127, 127, -1]
                'index' uint16 (3,) [0, 65535, 258]
                'w' float32 (2, 2) [[1.5, -0.10000000149011612], [1.7014118346046923e+38, -0.0]]
                '\\xe4' int32 () -2147483648
                """);
    }

    @Test
    void pythonWithoutLibrariesReadsTensors() throws Exception {
        assumeTrue(run("import json") != null, "python3");
        String output = run("""
                import array, json, struct, sys
                data = open(sys.argv[1] + "/a.safetensors", "rb").read()
                length, = struct.unpack("<Q", data[:8])
                assert length % 8 == 0
                for name, entry in json.loads(data[8:8 + length].decode("utf-8")).items():
                    begin, end = entry["data_offsets"]
                    numbers = array.array({"F32": "f", "BF16": "H", "U16": "H", "I32": "i", "I8": "b"}[entry["dtype"]])
                    numbers.frombytes(data[8 + length + begin:8 + length + end])
                    if sys.byteorder == "big":
                        numbers.byteswap()
                    print(ascii(name), entry["shape"], numbers.tolist())
                """);
        assertThat(output).isEqualTo("""
                'w' [2, 2] [1.5, -0.10000000149011612, 1.7014118346046923e+38, -0.0]
                '\\xe4' [] [-2147483648]
                'brain' [2, 2] [16320, 49152, 32640, 1]
                'index' [3] [0, 65535, 258]
                'byte' [3] [-127, 127, -1]
                """);
    }

    /** Standard output of a program, or null when Python is not there or the program fails. */
    private String run(String program) throws Exception {
        Path output = parent.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder("python3", "-c", program, model.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return null;
        }
        return process.waitFor() == 0 ? Files.readString(output, StandardCharsets.UTF_8) : null;
    }
}
