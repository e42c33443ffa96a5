package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Models in other programs: what docs/interchange.md promises. */
final class InterchangeTest {

    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    @Test
    void theDocumentShowsTheProgramThatIsRun() throws IOException {
        String script = Files.readString(DOCS.resolve("scores.py"));
        assertThat(Files.readString(DOCS.resolve("interchange.md")))
                .contains("<!-- scores:start -->\n```python\n" + script + "```\n<!-- scores:end -->");
    }

    @Test
    void twentyLinesOfNumpyGiveTheScoresOfPredict() throws IOException, InterruptedException {
        assumeTrue(hasNumpy(), "python3 with NumPy is not here (Debian: python3-numpy); nothing was compared");
        Path model = TinyData.model(folder);
        String text = "World history of word3, modern word7 and the word3";
        List<String> lines = run("python3", DOCS.resolve("scores.py").toString(), model.toString(), text);
        JsonNode labels = Ran.with(text + "\n", "predict", "--model", model.toString(), "--top", "5", "--json")
                .json()
                .path("labels");
        assertThat(lines).hasSize(5);
        assertThat(labels.size()).isGreaterThanOrEqualTo(2);
        for (int rank = 0; rank < labels.size(); rank++) {
            JsonNode computed = Ran.json(lines.get(rank));
            assertThat(computed.path("id")).isEqualTo(labels.path(rank).path("id"));
            assertThat(computed.path("name")).isEqualTo(labels.path(rank).path("name"));
            assertThat(computed.path("score").asDouble())
                    .isCloseTo(labels.path(rank).path("score").asDouble(), within(1e-5));
        }
    }

    @Test
    void aModelIsExportedAndOneWithCandidatesIsRefused() throws IOException {
        Path model = TinyData.model(folder);
        Path onnx = folder.resolve("m.onnx");
        Ran ran = Ran.of("export", "--model", model.toString(), "--onnx", onnx.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Output: scores, float [batch][20]");
        assertThat(Files.size(onnx)).isGreaterThan(4 * 26 * 32);
        assertThat(Ran.of("export", "--model", model.toString(), "--onnx", onnx.toString())
                        .err())
                .contains("exists; add --overwrite");

        Path arms = folder.resolve("arms");
        String train = folder.resolve("train.tsv").toString();
        assertThat(Ran.of("train", "--preset", "small", "--train", train, "--model", arms.toString())
                        .code())
                .isZero();
        Ran refused = Ran.of("export", "--model", arms.toString(), "--onnx", onnx.toString(), "--overwrite");
        assertThat(refused.code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(refused.err()).contains("association arm", "train.association.slots=0");
    }

    private static boolean hasNumpy() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import numpy")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out.lines().toList();
    }
}
