package dev.longtail.parquet;

import dev.longtail.data.RowFormat.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lines of JSON as rows, compressed by the JDK's GZIP, which needs no native library and which everything reads.
 * Identifiers become strings, as a column has one type.
 */
final class RowSink extends OutputStream {

    /** Rows are kept until so many bytes of them are there. */
    private static final long GROUP_BYTES = 8L << 20;

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final MessageType EXAMPLE = MessageTypeParser.parseMessageType("""
            message example {
              optional binary id (STRING);
              required binary text (STRING);
              required group labels (LIST) { repeated group list { required binary element (STRING); } }
            }""");

    private static final MessageType SUGGESTIONS = MessageTypeParser.parseMessageType("""
            message suggestions {
              optional binary id (STRING);
              required group labels (LIST) { repeated group list { required group element {
                required binary id (STRING);
                required binary name (STRING);
                required float score;
                required double probability;
              } } }
            }""");

    private final Rows rows;
    private final MessageType schema;
    private final ParquetWriter<Group> writer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    RowSink(OutputStream to, Rows rows) throws IOException {
        this.rows = rows;
        schema = rows == Rows.EXAMPLES ? EXAMPLE : SUGGESTIONS;
        writer = ExampleParquetWriter.builder(new Sequential(to))
                .withType(schema)
                .withRowGroupSize(GROUP_BYTES)
                .withCompressionCodec(CompressionCodecName.GZIP)
                .withCodecFactory(new GzipCodec())
                .build();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, from, at - from);
                writer.write(row(MAPPER.readTree(line.toByteArray())));
                line.reset();
                from = at + 1;
            }
        }
        line.write(bytes, from, offset + length - from);
    }

    private Group row(JsonNode json) {
        Group row = new SimpleGroup(schema);
        JsonNode id = json.path("id");
        if (!id.isMissingNode()) {
            row.add("id", id.asString());
        }
        if (rows == Rows.EXAMPLES) {
            row.add("text", json.path("text").asString());
        }
        Group labels = row.addGroup("labels");
        for (JsonNode label : json.path("labels")) {
            Group element = labels.addGroup("list");
            if (rows == Rows.EXAMPLES) {
                element.add("element", label.asString());
            } else {
                suggestion(label, element.addGroup("element"));
            }
        }
        return row;
    }

    private static void suggestion(JsonNode json, Group label) {
        label.add("id", json.path("id").asString());
        label.add("name", json.path("name").asString());
        label.add("score", json.path("score").floatValue());
        label.add("probability", json.path("probability").doubleValue());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** A stream as a file that is written from its beginning to its end. */
    private record Sequential(OutputStream to) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new Counted(to);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    /** Knows how much has been written. */
    private static final class Counted extends PositionOutputStream {

        private final OutputStream to;
        private long written;

        Counted(OutputStream to) {
            this.to = to;
        }

        @Override
        public long getPos() {
            return written;
        }

        @Override
        public void write(int one) throws IOException {
            to.write(one);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            written += length;
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
