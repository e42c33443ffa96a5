package dev.longtail.living;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static final String BASE = "f".repeat(64);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choosePlace() {
        file = folder.resolve("model.feedback");
    }

    private static JournalEntry given(long sequence) {
        return new JournalEntry.Given(
                sequence, new Feedback("text\n\u00fc " + sequence, List.of("<a>"), List.of("<b>", "<c>")));
    }

    private Journal threeEntries() throws IOException {
        Journal journal = JournalFile.create(file, BASE, 10);
        journal = JournalFile.append(file, journal, List.of(given(11)));
        return JournalFile.append(
                file, journal, List.of(given(12), new JournalEntry.Undone(13, List.of(11L)), given(14)));
    }

    @Test
    void entriesAreReadAsTheyWereWritten() throws IOException {
        assertThat(JournalFile.read(file)).isEmpty();
        Journal written = threeEntries();
        assertThat(JournalFile.read(file)).contains(written);
        assertThat(written.bytes()).isEqualTo(Files.size(file));
        assertThat(written.sequence()).isEqualTo(14);
        assertThat(written.counting())
                .containsExactlyElementsOf(
                        Arrays.asList((JournalEntry.Given) given(12), (JournalEntry.Given) given(14)));
    }

    /** Whatever a kill leaves, whole lines are there, the rest is dropped, and the journal goes on. */
    @Test
    void tornAtEveryByte() throws IOException {
        Journal whole = threeEntries();
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            byte[] torn = Arrays.copyOf(bytes, length);
            Files.write(file, torn);
            Optional<Journal> read = JournalFile.read(file);
            int lines = 0;
            for (byte each : torn) {
                lines += each == '\n' ? 1 : 0;
            }
            if (lines == 0) {
                assertThat(read).isEmpty();
                continue;
            }
            Journal journal = read.orElseThrow();
            assertThat(journal.entries()).isEqualTo(whole.entries().subList(0, lines - 1));
            Journal more = JournalFile.append(file, journal, List.of(given(journal.sequence() + 1)));
            assertThat(JournalFile.read(file)).contains(more);
        }
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        Journal whole = threeEntries();
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            if (at == bytes.length - 1) { // as if the line had never been finished
                assertThat(JournalFile.read(file).orElseThrow().entries())
                        .isEqualTo(whole.entries().subList(0, 3));
            } else {
                assertThatThrownBy(() -> JournalFile.read(file))
                        .isInstanceOf(ModelFormatException.class)
                        .hasMessageContaining("the journal is damaged there");
            }
        }
    }

    @Test
    void aLineThatIsMissingOrMovedIsNoticed() throws IOException {
        threeEntries();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThatThrownBy(() -> JournalFile.read(file)).hasMessageContaining("line 2 does not have the checksum");
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1)));
        assertThatThrownBy(() -> JournalFile.read(file)).hasMessageContaining("line 2 does not have the checksum");
    }

    @Test
    void entriesMustFollowOneAnother() throws IOException {
        Journal journal = JournalFile.create(file, BASE, 0);
        JournalFile.append(file, journal, List.of(given(2)));
        assertThatThrownBy(() -> JournalFile.read(file)).hasMessageContaining("line 2 is entry 2 where 1 belongs");
    }

    @Test
    void anotherFileIsNoJournal() throws IOException {
        Files.writeString(file, "something else\n");
        assertThatThrownBy(() -> JournalFile.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("line 1 does not have the checksum");
        Files.write(file, JournalLine.after("", "{\"format\":\"other\"}").bytes());
        assertThatThrownBy(() -> JournalFile.read(file)).hasMessageContaining("begins no journal");
        Files.write(
                file,
                JournalLine.after("", "{\"format\":\"longtail-feedback\",\"formatVersion\":2}")
                        .bytes());
        assertThatThrownBy(() -> JournalFile.read(file)).hasMessageContaining("newer release");
    }
}
