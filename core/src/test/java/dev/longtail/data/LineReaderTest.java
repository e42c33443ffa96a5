package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    @TempDir
    Path folder;

    private static List<String> lines(byte[] content) throws IOException {
        // One byte at a time, so that every border falls between two reads.
        InputStream slow = new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1));
            }
        };
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(slow, "in", -1)) {
            String line;
            while ((line = reader.next()) != null) {
                lines.add(line);
                assertThat(reader.line()).isEqualTo(lines.size());
            }
        }
        return lines;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @Test
    void endsLinesWithAndWithoutCarriageReturn() throws IOException {
        assertThat(lines(TestFiles.utf8("a\r\nb\n\n\r\nc\rd\ne"))).containsExactly("a", "b", "", "", "c\rd", "e");
        assertThat(lines(TestFiles.utf8("a\n"))).containsExactly("a");
        assertThat(lines(new byte[0])).isEmpty();
    }

    @Test
    void leavesOutAByteOrderMarkAtTheStartOnly() throws IOException {
        assertThat(lines(TestFiles.utf8("\ufeffä\n\ufeffb"))).containsExactly("ä", "\ufeffb");
    }

    @Test
    void keepsReplacementCharactersThatStandInTheFile() throws IOException {
        assertThat(lines(TestFiles.utf8("a\ufffdb"))).containsExactly("a\ufffdb");
    }

    @Test
    void readsLongLines() throws IOException {
        String line = "ä€😀x".repeat(40_000);
        assertThat(lines(TestFiles.utf8("x\n" + line + "\n" + line))).containsExactly("x", line, line);
    }

    @Test
    void namesLineAndByteOfWhatIsNotUtf8() {
        byte[] latin1 = {'a', '\n', 'b', 'c', (byte) 0xe4, 'd', '\n'};
        assertThatThrownBy(() -> lines(latin1))
                .isInstanceOf(InputException.class)
                .hasMessage("in:2: byte 3 of the line (0xe4) is not UTF-8; convert the file to UTF-8");
        byte[] cut = {'a', '\n', (byte) 0xc3};
        assertThatThrownBy(() -> lines(cut)).hasMessageStartingWith("in:2: byte 1 of the line (0xc3)");
        byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
        assertThatThrownBy(() -> lines(surrogate)).hasMessageStartingWith("in:1: byte 1 of the line (0xed)");
    }

    @Test
    void readsGzipOfSeveralMembersAndPaddedWithZeros() throws IOException {
        byte[] members = join(TestFiles.gzip(TestFiles.utf8("a\nb")), TestFiles.gzip(TestFiles.utf8("c\nd")));
        assertThat(lines(members)).containsExactly("a", "bc", "d");
        assertThat(lines(join(members, new byte[700]))).containsExactly("a", "bc", "d");
        assertThat(lines(TestFiles.gzip(new byte[0]))).isEmpty();
    }

    @Test
    void readsGzipWithAllHeaderFields() throws IOException {
        byte[] plain = TestFiles.gzip(TestFiles.utf8("hello"));
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
        byte[] fields = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0, 9, 9};
        assertThat(lines(join(header, fields, Arrays.copyOfRange(plain, 10, plain.length))))
                .containsExactly("hello");
    }

    @Test
    void refusesGzipCutAnywhere() throws IOException {
        byte[] whole = TestFiles.gzip(TestFiles.utf8("line one\nline two\nline three\n".repeat(20)));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> lines(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("in:")
                    .hasMessageContaining("ends too early");
        }
    }

    @Test
    void refusesAChangedByteInGzipData() throws IOException {
        byte[] whole = TestFiles.gzip(TestFiles.utf8("line one\nline two\nline three\n".repeat(20)));
        for (int i = 10; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            assertThatThrownBy(() -> lines(changed)).as("byte %d", i).isInstanceOf(InputException.class);
        }
    }

    @Test
    void refusesADamagedSecondMember() throws IOException {
        byte[] first = TestFiles.gzip(TestFiles.utf8("a\n"));
        assertThatThrownBy(() -> lines(join(first, TestFiles.utf8("rubbish"))))
                .hasMessageContaining("begin no compressed data");
        assertThatThrownBy(() -> lines(join(first, Arrays.copyOf(first, 8)))).hasMessageContaining("ends too early");
        assertThatThrownBy(() -> lines(join(first, new byte[3], first))).hasMessageContaining("other bytes follow");
    }

    @Test
    void namesTheLineWhereCompressedDataEnd() throws IOException {
        byte[] random = new byte[40_000];
        new Random(1).nextBytes(random);
        String hex = HexFormat.of().formatHex(random).replaceAll("(.{100})", "$1\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            gzip.write(TestFiles.utf8(hex));
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        assertThatThrownBy(() -> lines(half))
                .satisfies(e -> assertThat(((InputException) e).line()).isBetween(300L, 500L));
    }

    @Test
    void checksumsTheFileAsItStands() throws Exception {
        byte[] content = TestFiles.gzip(TestFiles.utf8("a\nb\n"));
        Path file = Files.write(folder.resolve("a"), content);
        try (LineReader reader = LineReader.open(file)) {
            assertThat(reader.head(5)).containsExactly("a", "b");
            assertThat(reader.next()).isEqualTo("a");
            assertThat(reader.next()).isEqualTo("b");
            assertThat(reader.next()).isNull();
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(reader.sourceFile()).isEqualTo(new SourceFile(file.toString(), content.length, sha256));
        }
    }

    @Test
    void refusesFoldersAndMissingFiles() {
        assertThatThrownBy(() -> LineReader.open(folder)).hasMessage(folder + ": is a folder, expected a file");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> LineReader.open(missing)).hasMessage(missing + ": no such file");
    }
}
