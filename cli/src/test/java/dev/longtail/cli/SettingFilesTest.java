package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longtail.config.Settings;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code examples/settings}. */
final class SettingFilesTest {

    private static final Path SETTINGS = Path.of("..", "examples", "settings");

    @TempDir
    private Path folder;

    @Test
    void everySettingExists() throws IOException {
        LabelConfig config = LabelConfig.Preset.BASE.config();
        assumeThat(Settings.leaves(config)).extracting(Settings.Leaf::path).contains("train.auxiliary.weight");
        List<Path> files;
        try (Stream<Path> all = Files.list(SETTINGS)) {
            files = all.filter(file -> file.toString().endsWith(".options")).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        for (Path file : files) {
            Map<String, String> settings = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("--set ")) {
                    String[] setting = line.substring("--set ".length()).split("=");
                    assertThat(settings.put(setting[0], setting[1])).as(line).isNull();
                }
            }
            assertThatCode(() -> Settings.override(config, settings))
                    .as(file.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aFileOfOptionsIsRead() throws IOException {
        Path options = Files.write(
                folder.resolve("small.options"),
                List.of(
                        "# a comment",
                        "--preset small",
                        "--max-epochs 1",
                        "--set table.dimension=32",
                        "--set fanIn=16"));
        Path train = TinyData.write(folder, "train", TinyData.Format.JSONL, 1);
        Path model = folder.resolve("model");
        Ran ran = Ran.of("train", "@" + options, "--train", train.toString(), "--model", model.toString(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("epochs").asInt()).isEqualTo(1);
        assertThat(Ran.of("inspect", "--model", model.toString()).out()).contains("model.output.fanIn = 16");
    }
}
