package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Examples in Parquet wherever examples are read, and answers as rows. */
final class ParquetTest {

    @TempDir
    private Path folder;

    @Test
    void aModelLearnsFromParquetWhatItLearnsFromJson() throws IOException {
        Path json = TinyData.write(folder, "train.jsonl", TinyData.Format.JSONL, 1);
        Path parquet = parquet(json);
        Path fromJson = folder.resolve("json");
        Path fromParquet = folder.resolve("parquet");
        assertThat(TinyData.train("--train", json.toString(), "--model", fromJson.toString())
                        .code())
                .isZero();
        Ran trained = TinyData.train("--train", parquet.toString(), "--model", fromParquet.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(fromParquet.resolve("parameters.safetensors"))
                .hasSameBinaryContentAs(fromJson.resolve("parameters.safetensors"));

        Ran answers = Ran.of("predict", "--model", fromParquet.toString(), "--input", parquet.toString(), "--json");
        assertThat(answers.out().lines()).hasSize(400);
        Ran measured = Ran.of("evaluate", "--model", fromJson.toString(), "--test", parquet.toString(), "--json");
        assertThat(measured.json().path("examples").asInt()).isEqualTo(400);
        Path back = folder.resolve("back.jsonl");
        Ran converted = Ran.of("convert", "--from", parquet.toString(), "--to", back.toString());
        assertThat(converted.code()).as(converted.err()).isZero();
        assertThat(back).hasSameTextualContentAs(json);
        Path again = folder.resolve("again.parquet");
        Ran written = Ran.of("convert", "--from", json.toString(), "--to", again.toString());
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(Ran.of("convert", "--from", again.toString(), "--to", back.toString(), "--overwrite")
                        .code())
                .isZero();
        assertThat(back).hasSameTextualContentAs(json);
        Ran verified = Ran.of("verify", fromParquet.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    void answersAreRowsWhereTheNameEndsInParquet() throws IOException {
        Path model = TinyData.model(folder);
        Path json = TinyData.write(folder, "works.jsonl", TinyData.Format.JSONL, 1);
        Ran lines = Ran.of("predict", "--model", model.toString(), "--input", json.toString(), "--json");
        Path file = folder.resolve("subjects.parquet");
        Ran rows =
                Ran.of("predict", "--model", model.toString(), "--input", json.toString(), "--output", file.toString());
        assertThat(rows.code()).as(rows.err()).isZero();
        assertThat(rows.out()).isEmpty();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(reader.getRecordCount()).isEqualTo(lines.out().lines().count());
            long labels = lines.out()
                    .lines()
                    .mapToLong(line -> Math.max(1, Ran.json(line).path("labels").size()))
                    .sum();
            assertThat(reader.getRowGroups().stream()
                            .flatMap(group -> group.getColumns().stream())
                            .filter(column -> column.getPath().toDotString().equals("labels.list.element.probability"))
                            .mapToLong(ColumnChunkMetaData::getValueCount)
                            .sum())
                    .isEqualTo(labels); // an empty list is one entry without a value
        }
        Ran again =
                Ran.of("predict", "--model", model.toString(), "--input", json.toString(), "--output", file.toString());
        assertThat(again.err()).contains("exists; add --overwrite");
    }

    @Test
    void otherFormatsAreNoRows() throws IOException {
        Path json = TinyData.write(folder, "works.jsonl", TinyData.Format.JSONL, 1);
        Path file = folder.resolve("works.parquet");
        Ran refused = Ran.of("convert", "--from", json.toString(), "--to", file.toString(), "--to-format", "annif");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is a table of rows, which cannot be annif");
        assertThat(file).doesNotExist();
    }

    private Path parquet(Path json) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary text (STRING); optional"
                + " group labels (LIST) { repeated group list { optional binary element (STRING); } } }");
        Path file = folder.resolve("train.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(schema)
                .build()) {
            for (String line : Files.readAllLines(json)) {
                JsonNode example = Ran.json(line);
                Group row = new SimpleGroup(schema);
                row.add("text", example.path("text").asString());
                Group labels = row.addGroup("labels");
                example.path("labels").forEach(label -> labels.addGroup("list").add("element", label.asString()));
                writer.write(row);
            }
        }
        return file;
    }
}
