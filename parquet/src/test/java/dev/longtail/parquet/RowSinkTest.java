package dev.longtail.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.data.RowFormat;
import dev.longtail.data.RowFormat.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowSinkTest {

    @TempDir
    private Path folder;

    private Path written(Rows rows, List<String> lines, int piece) throws IOException {
        Path file = folder.resolve(rows + ".parquet");
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = RowFormat.of(file).write(Files.newOutputStream(file), rows)) {
            for (int at = 0; at < bytes.length; at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
            }
        }
        return file;
    }

    @Test
    void examplesComeBackAsTheyWere() throws IOException {
        List<String> lines = IntStream.range(0, 2000)
                .mapToObj(i -> (i % 3 == 0 ? "{\"id\":\"n" + i + "\"," : "{") + "\"text\":\"t\u00e9xt " + i
                        + " \\\"q\\\"\",\"labels\":[" + (i % 2 == 0 ? "\"a\",\"b c\"" : "") + "]}")
                .toList();
        for (int piece : new int[] {1, 7, 8192}) {
            Path file = written(Rows.EXAMPLES, lines, piece);
            try (InputStream back = RowFormat.of(file).read(file)) {
                assertThat(new String(back.readAllBytes(), StandardCharsets.UTF_8).lines())
                        .isEqualTo(lines);
            }
        }
    }

    @Test
    void suggestionsAreListsOfFourValues() throws IOException {
        Path file = written(
                Rows.SUGGESTIONS,
                List.of(
                        "{\"id\":17,\"labels\":[{\"id\":\"a\",\"name\":\"A\",\"score\":0.25,\"probability\":0.1},"
                                + "{\"id\":\"b\",\"name\":\"\",\"score\":-1.5,\"probability\":0.0625}]}",
                        "{\"labels\":[]}"),
                100);
        List<Group> rows = rows(file);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).getString("id", 0)).isEqualTo("17");
        Group labels = rows.get(0).getGroup("labels", 0);
        assertThat(labels.getFieldRepetitionCount("list")).isEqualTo(2);
        assertThat(label(labels, 0)).isEqualTo("a A 0.25 0.1");
        assertThat(label(labels, 1)).isEqualTo("b  -1.5 0.0625");
        assertThat(rows.get(1).getFieldRepetitionCount("id")).isZero();
        assertThat(rows.get(1).getGroup("labels", 0).getFieldRepetitionCount("list"))
                .isZero();
    }

    @Test
    void noRowsAreAFileToo() throws IOException {
        Path file = folder.resolve("empty.parquet");
        RowFormat.of(file).write(Files.newOutputStream(file), Rows.SUGGESTIONS).close();
        assertThat(rows(file)).isEmpty();
    }

    private static String label(Group labels, int at) {
        Group label = labels.getGroup("list", at).getGroup("element", 0);
        return label.getString("id", 0) + " " + label.getString("name", 0) + " " + label.getFloat("score", 0) + " "
                + label.getDouble("probability", 0);
    }

    private static List<Group> rows(Path file) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder().withCodecFactory(new Codecs(file)).build();
        List<Group> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    rows.add(records.read());
                }
            }
        }
        return rows;
    }
}
