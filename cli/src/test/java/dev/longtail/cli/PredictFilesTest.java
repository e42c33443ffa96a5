package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictFilesTest {

    @TempDir
    private static Path models;

    private static String model = "";

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        model = TinyData.model(models).toString();
    }

    private Ran predict(String... more) {
        List<String> arguments = Stream.concat(Stream.of("predict", "--model", model), Stream.of(more))
                .toList();
        return Ran.of(arguments.toArray(String[]::new));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyTextOfAFolderHasItsAnswerBesideIt() throws IOException {
        for (int label = 0; label < 3; label++) {
            Files.writeString(folder.resolve("t" + label + ".txt"), "the\nword" + label + "\n\nof the world");
        }
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.writeString(folder.resolve("other.md"), "word5");
        Files.createDirectory(folder.resolve("folder.txt"));
        Ran ran = predict("--input", folder.toString(), "--top", "2");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("4 of 4 texts answered, each in a file beside it that ends in .annif");
        assertThat(names())
                .containsExactly(
                        "empty.annif",
                        "empty.txt",
                        "folder.txt",
                        "other.md",
                        "t0.annif",
                        "t0.txt",
                        "t1.annif",
                        "t1.txt",
                        "t2.annif",
                        "t2.txt");
        for (int label = 0; label < 3; label++) {
            List<String> lines = Files.readAllLines(folder.resolve("t" + label + ".annif"));
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0))
                    .matches("<http://example.org/" + label + ">\tName of word" + label + "\t[01]\\.[0-9]{4}");
        }
        assertThat(folder.resolve("empty.annif")).isEmptyFile();
    }

    @Test
    void answersThatAreThereAreKeptUnlessTheyAreToBeReplaced() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "word1");
        Files.writeString(folder.resolve("b.txt"), "word2");
        Files.writeString(folder.resolve("a.out"), "mine");
        Ran some = predict("--input", folder.toString(), "--suffix", ".out");
        assertThat(some.err()).contains("1 of 2 texts answered").contains("1 had an answer, --overwrite makes it anew");
        assertThat(folder.resolve("a.out")).hasContent("mine");
        assertThat(folder.resolve("b.out")).content().contains("<http://example.org/2>");
        predict("--input", folder.toString(), "--suffix", ".out", "--overwrite");
        assertThat(folder.resolve("a.out")).content().contains("<http://example.org/1>");
    }

    @Test
    void answersOfAFolderMayBeJson() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "word1");
        Ran ran = predict("--input", folder.toString(), "--json", "--top", "1");
        assertThat(ran.code()).isZero();
        assertThat(Ran.json(Files.readString(folder.resolve("a.json")))
                        .path("labels")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo("<http://example.org/1>");
    }

    @Test
    void aTextThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        Files.write(folder.resolve("a.txt"), "one\nV\u00f6gel\n".getBytes(StandardCharsets.ISO_8859_1));
        Ran ran = predict("--input", folder.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("a.txt:2: byte 2 of the line (0xf6) is not UTF-8");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void optionsThatDoNotFitAFolderAreWrongUsage() throws IOException {
        String input = folder.toString();
        assertThat(predict("--input", input).err()).contains("holds no file that ends in .txt");
        Files.writeString(folder.resolve("a.txt"), "word1");
        assertThat(predict("--input", input, "--format", "annif").err()).contains("--format has no effect on a folder");
        assertThat(predict("--input", input, "--output", "x").err()).contains("--output has no effect on a folder");
        for (String suffix : List.of("", ".txt", "/../x")) {
            Ran ran = predict("--input", input, "--suffix", suffix);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("--suffix must be the end of a file name other than .txt");
        }
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void answersToObjectsCarryTheirIdentifiers() {
        String input = "{\"id\":\"a \\\"b\\\"\",\"text\":\"word1\"}\n"
                + "{\"text\":\"word2\",\"id\":17}\n{\"text\":\"word3\"}\n";
        Ran ran = Ran.with(input, "predict", "--model", model, "--top", "1", "--json");
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("{\"id\":\"a \\\"b\\\"\",\"labels\":[{\"id\":\"<http://example.org/1>\"");
        assertThat(lines.get(1)).startsWith("{\"id\":17,\"labels\":[{\"id\":\"<http://example.org/2>\"");
        assertThat(lines.get(2)).startsWith("{\"labels\":[{\"id\":\"<http://example.org/3>\"");
    }

    @Test
    void anOutputFileIsThereAsAWholeOrNotAtAll() throws IOException {
        Path good = Files.writeString(folder.resolve("good.jsonl"), "{\"text\":\"word1\",\"id\":\"x\"}\n");
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"text\":\"word1\"}\nnonsense\n");
        String output = folder.resolve("out.jsonl.gz").toString();
        Ran broken = predict("--input", bad.toString(), "--json", "--output", output);
        assertThat(broken.code()).isEqualTo(3);
        assertThat(names()).containsExactly("bad.jsonl", "good.jsonl");

        Ran ran = predict("--input", good.toString(), "--json", "--output", output);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        byte[] bytes = Files.readAllBytes(Path.of(output));
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            String text = new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).startsWith("{\"id\":\"x\",\"labels\":[").hasLineCount(1);
        }
        Ran again = predict("--input", good.toString(), "--json", "--output", output);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("exists; add --overwrite to replace it");
    }

    @Test
    void linesOfTabsGoIntoAFileToo() throws IOException {
        Path annif = Files.writeString(folder.resolve("in.tsv"), "word3\t<http://wrong>\nword4\t\n");
        Path output = folder.resolve("out.tsv");
        assertThat(predict("--input", annif.toString(), "--top", "1", "--output", output.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(output))
                .isEqualTo(predict("--input", annif.toString(), "--top", "1").out());
    }
}
