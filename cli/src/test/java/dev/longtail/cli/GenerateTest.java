package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerateTest {

    @TempDir
    private Path folder;

    private Ran generate(String... more) {
        Stream<String> size = Stream.of("generate", "--labels", "40", "--features", "200", "--examples", "600");
        return Ran.of(Stream.concat(size, Stream.of(more)).toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void partsAreWrittenThatTrainingReads() throws IOException {
        Ran ran = generate(
                "--output", file("train.txt.gz"), "--validate", file("validate.txt"), "--test", file("test.txt"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("train.txt.gz: 600 examples", "validate.txt: 60 examples", "test.txt: 60 ex");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("train.txt.gz")))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(601).first().isEqualTo("600 200 40");
            assertThat(lines.get(1)).matches("\\d+(,\\d+)*( \\d+:[0-9.E-]+)+");
        }
        List<String> validation = Files.readAllLines(folder.resolve("validate.txt"));
        assertThat(validation).hasSize(61);
        assertThat(Files.readAllLines(folder.resolve("test.txt")).subList(1, 61))
                .doesNotContainAnyElementsOf(validation);

        Ran trained = TinyData.train(
                "--train", file("train.txt.gz"), "--validate", file("validate.txt"), "--model", file("model"));
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran evaluated = Ran.of("evaluate", "--model", file("model"), "--test", file("test.txt"), "--json");
        assertThat(evaluated.json().get("examples").asInt()).isEqualTo(60);
    }

    @Test
    void theSameSeedWritesTheSameFile() throws IOException {
        generate("--output", file("one"), "--seed", "5");
        generate("--output", file("two"), "--set", "seed=5");
        generate("--output", file("other"), "--seed", "6");
        assertThat(folder.resolve("two")).hasSameBinaryContentAs(folder.resolve("one"));
        assertThat(Files.readString(folder.resolve("other"))).isNotEqualTo(Files.readString(folder.resolve("one")));
    }

    @Test
    void whatIsThereIsLeftAloneUnlessAskedFor() throws IOException {
        Files.writeString(folder.resolve("mine"), "precious");
        Ran ran = generate("--output", file("mine"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("mine exists; add --overwrite");
        assertThat(folder.resolve("mine")).hasContent("precious");
        assertThat(generate("--output", file("mine"), "--overwrite").code()).isZero();
        assertThat(Files.readString(folder.resolve("mine"))).startsWith("600 200 40");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("mine"));
        }
    }

    @Test
    void settingsAreListed() {
        assertThat(Ran.of("generate", "--settings").out())
                .contains("exponent = 0.8", "how unequal labels are", "clusterSize = 64");
        Ran missing = generate("--output", file("none") + "/f");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("no such file or folder");
    }
}
