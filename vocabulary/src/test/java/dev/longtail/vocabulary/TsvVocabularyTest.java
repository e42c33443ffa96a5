package dev.longtail.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TsvVocabularyTest {

    private static final Path DATA = Path.of(System.getProperty("longtail.data", "../../shared/data"));

    @TempDir
    private Path folder;

    private ReadVocabulary read(String content) throws IOException {
        return VocabularyReader.read(Fixtures.write(folder, "v.tsv", content), VocabularyFormat.LABELS, "en");
    }

    @Test
    void bracketsAndFurtherColumnsDoNotMatter() throws IOException {
        ReadVocabulary read =
                read("<http://x/1>\tone\r\nhttp://x/2\t two  words \tmore\n<http://x/1>\tone\n<http://x/3>\t");
        assertThat(read.vocabulary().concepts())
                .containsExactly(
                        Concept.of("http://x/1", "en", "one"),
                        Concept.of("http://x/2", "en", "two words"),
                        Concept.of("http://x/3", "en", ""));
        assertThat(read.issues().count(VocabularyIssue.REPEATED_LINE)).isEqualTo(1);
        assertThat(read.vocabulary().concept("http://x/2")).isPresent();
        assertThat(read.vocabulary().concept("<http://x/2>")).isEmpty();
    }

    @Test
    void wrongLinesAreNamed() {
        assertThatThrownBy(() -> read("<x:1>\tone\n<x:2>\ttwo\nx:1\tuno\n"))
                .hasMessage(folder.resolve("v.tsv")
                        + ":3: concept x:1 is called 'uno' here and 'one' on line 1; keep one of the lines");
        assertThatThrownBy(() -> read("<x:1>\tone\nno tab\n")).hasMessageContaining("v.tsv:2: expected the identifier");
        assertThatThrownBy(() -> read("two words\tone\n")).hasMessageContaining("v.tsv:1: expected the identifier");
        assertThatThrownBy(() -> read("")).hasMessageContaining("holds no concept");
    }

    @Test
    void brokenBytesAreNamed() throws IOException {
        byte[] bytes = "<x:1>\ta\n<x:2>\tV\u00f6gel\n".getBytes(StandardCharsets.ISO_8859_1);
        Path latin = Files.write(folder.resolve("v.tsv"), bytes);
        assertThatThrownBy(() -> VocabularyReader.read(latin))
                .hasMessageContaining("v.tsv:2: byte 8 of the line (0xf6)");
        byte[] whole = Fixtures.gzip("<x:1>\tone\n".repeat(1000));
        Path cut = Files.write(folder.resolve("v.tsv.gz"), Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> VocabularyReader.read(cut)).hasMessageContaining("compressed file ends too early");
    }

    @Test
    void realVocabulariesGoToSkosAndBack() throws IOException {
        Path real = DATA.resolve("finna-yso-en/vocab-yso-en.tsv.gz");
        assumeTrue(Files.exists(real), "no data in " + DATA.toAbsolutePath().normalize());
        SubjectVocabulary vocabulary =
                VocabularyReader.read(real, VocabularyFormat.LABELS, "en").vocabulary();
        assertThat(vocabulary.size()).isEqualTo(27_754);
        StringWriter out = new StringWriter();
        VocabularyWriter.writeTurtle(vocabulary, out);
        SubjectVocabulary back = VocabularyReader.read(Fixtures.write(folder, "v.ttl", out.toString()))
                .vocabulary();
        assertThat(back.concepts()).isEqualTo(vocabulary.concepts());
    }
}
