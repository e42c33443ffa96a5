package dev.longtail.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.RawExample;
import dev.longtail.data.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Examples in Parquet are read by the reader of all formats, with their place and their checksum. */
final class ParquetLinesTest {

    private static final String LIST = "message m { required int64 id; optional binary text (STRING);"
            + " optional group labels (LIST) { repeated group list { optional binary element (STRING); } }"
            + " optional double other; }";
    private static final String REPEATED =
            "message m { required binary text (STRING); repeated binary labels (STRING); }";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
    void listsOfLabelsAreRead(CompressionCodecName codec) throws IOException {
        Path file = write(LIST, codec, rows -> {
            for (int i = 0; i < 3000; i++) {
                Group row = rows.next();
                row.add("id", 7000L + i);
                row.add("text", "text \"" + i + "\"\n\u00e9");
                Group labels = row.addGroup("labels");
                for (int label = 0; label < i % 3; label++) {
                    labels.addGroup("list").add("element", "L" + label);
                }
            }
        });
        List<String> read = read(file);
        assertThat(read).hasSize(3000);
        assertThat(read.get(0)).isEqualTo("1 7000 text \"0\"\n\u00e9 []");
        assertThat(read.get(2999)).isEqualTo("3000 9999 text \"2999\"\n\u00e9 [L0, L1]");
    }

    @Test
    void repeatedLabelsWithoutAListAreRead() throws IOException {
        Path file = write(REPEATED, CompressionCodecName.SNAPPY, rows -> {
            Group row = rows.next();
            row.add("text", "owls");
            row.add("labels", "birds");
            row.add("labels", "forests");
        });
        assertThat(read(file)).containsExactly("1 null owls [birds, forests]");
    }

    @Test
    void theChecksumIsThatOfTheFile() throws IOException {
        Path file =
                write(REPEATED, CompressionCodecName.SNAPPY, rows -> rows.next().add("text", "owls"));
        try (ExampleReader reader = ExampleReader.open(file, null, ExampleReader.LabelColumn.REQUIRED)) {
            assertThat(reader.format()).isEqualTo(DataFormat.JSONL);
            RawExample example = new RawExample();
            while (reader.next(example)) {
                assertThat(example.text).isEqualTo("owls");
            }
            assertThat(reader.sourceFile()).isEqualTo(SourceFile.of(file));
        }
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        Path noText = write(
                "message m { required binary title (STRING); }",
                CompressionCodecName.SNAPPY,
                rows -> rows.next().add("title", "owls"));
        assertRefused(noText, "has no column 'text', its columns are [title]");
        Path numbers = write(
                "message m { required int32 text; }",
                CompressionCodecName.SNAPPY,
                rows -> rows.next().add("text", 3));
        assertRefused(numbers, "column 'text' is of type INT32, expected strings");
        Path empty =
                write(LIST, CompressionCodecName.SNAPPY, rows -> rows.next().add("id", 1L));
        assertRefused(empty, ":1: this row has no text");
        Path other = Files.writeString(folder.resolve("other.parquet"), "text\tlabels\n");
        assertRefused(other, "is damaged or no Parquet file");
        assertRefused(folder.resolve("none.parquet"), "no such file");
    }

    @Test
    void aDamagedFileIsAnErrorWhereverItIsCutOrChanged() throws IOException {
        Path file = write(LIST, CompressionCodecName.SNAPPY, rows -> {
            for (int i = 0; i < 50; i++) {
                Group row = rows.next();
                row.add("id", (long) i);
                row.add("text", "text " + i);
                row.addGroup("labels").addGroup("list").add("element", "L" + i % 7);
            }
        });
        List<String> whole = read(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 7) {
            Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(InputException.class);
        }
        assertThat(read(file)).isEqualTo(whole);
    }

    private void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static List<String> read(Path file) throws IOException {
        List<String> read = new ArrayList<>();
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.open(file, null, ExampleReader.LabelColumn.OPTIONAL)) {
            while (reader.next(example)) {
                read.add(example.line + " " + example.jsonId + " " + example.text + " " + example.labels);
            }
        }
        return read;
    }

    /** Makes rows of a schema. */
    private static final class Rows {
        private final MessageType schema;
        private final List<Group> made = new ArrayList<>();

        Rows(MessageType schema) {
            this.schema = schema;
        }

        Group next() {
            Group row = new SimpleGroup(schema);
            made.add(row);
            return row;
        }
    }

    private Path write(String schema, CompressionCodecName codec, Consumer<Rows> content) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        Path file = Files.createTempDirectory(folder, "p").resolve("examples.parquet");
        Rows rows = new Rows(type);
        content.accept(rows);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(type)
                .withCompressionCodec(codec)
                .withRowGroupSize(20_000L)
                .withCodecFactory(codec == CompressionCodecName.GZIP ? new GzipCodec() : HadoopCodecs.newFactory(0))
                .build()) {
            for (Group row : rows.made) {
                writer.write(row);
            }
        }
        return file;
    }
}
