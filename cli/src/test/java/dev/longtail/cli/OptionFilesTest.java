package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of a command that stand in a file. */
final class OptionFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aFileOfOptionsIsRead() throws IOException {
        Path options = Files.write(
                folder.resolve("small.options"),
                List.of(
                        "# a comment",
                        String.join(" ", TinyData.SETTINGS),
                        "--max-epochs 1",
                        "--set table.dimension=24",
                        "--set fanIn=12"));
        Path train = TinyData.write(folder, "train", TinyData.Format.JSONL, 1);
        Path model = folder.resolve("model");
        Ran ran = Ran.of("train", "@" + options, "--train", train.toString(), "--model", model.toString(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("epochs").asInt()).isEqualTo(1);
        assertThat(Ran.of("inspect", "--model", model.toString()).out()).contains("model.output.fanIn = 12");
    }
}
