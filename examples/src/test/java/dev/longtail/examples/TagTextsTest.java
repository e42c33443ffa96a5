package dev.longtail.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagTextsTest {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final Path SOURCE = Path.of("src/main/java/dev/longtail/examples/TagTexts.java");

    @TempDir
    Path folder;

    @Test
    void theReadmeShowsTheSameLines() throws IOException {
        List<String> code = between(SOURCE, "// example:start", "// example:end").stream()
                .map(line -> line.replaceFirst("^ {8}", ""))
                .toList();

        List<String> shown =
                between(REPOSITORY.resolve("README.md"), "<!-- example:start -->", "<!-- example:end -->").stream()
                        .filter(line -> !line.startsWith("```"))
                        .toList();

        assertThat(shown).isEqualTo(code);
        assertThat(code.stream().filter(line -> !line.isBlank())).hasSizeBetween(5, 20);
    }

    @Test
    void suggestsWhatTheTextsTaught() throws IOException {
        List<String> out = Captured.lines(() -> TagTexts.main(new String[] {
            folder.resolve("model").toString(),
            write("train.tsv", texts()).toString(),
            write("labels.tsv", List.of("<u:birds>\tornithology", "<u:ships>\tseafaring"))
                    .toString()
        }));

        // nothing in the text speaks for ships, so they are not suggested
        assertThat(out).hasSize(1).first().asString().endsWith(" <u:birds> ornithology");
        assertThat(folder.resolve("model/model.json")).exists();
    }

    private static List<String> texts() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add("Birds and their forests, part " + i + "\t<u:birds>");
            lines.add("Ships in old harbours, part " + i + "\t<u:ships>");
        }
        return lines;
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines, StandardCharsets.UTF_8);
    }

    private static List<String> between(Path file, String start, String end) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.dropWhile(line -> !line.strip().equals(start))
                    .skip(1)
                    .takeWhile(line -> !line.strip().equals(end))
                    .toList();
        }
    }
}
