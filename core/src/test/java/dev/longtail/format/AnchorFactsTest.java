package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.format.AnchorFacts.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AnchorFactsTest {

    @TempDir
    private Path folder;

    private static final List<Table> TABLES =
            List.of(Table.mixed("users", 11, 16, 9000), Table.full("items", 3700, 16));

    /** A manifest with these fields, written by hand, with its sum. */
    private Path manifest(String fields) {
        String json = "{\"format\": \"longtail-model\", \"formatVersion\": 1, " + fields + ", \"files\": []}\n";
        try {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Files.write(folder.resolve("model.json"), bytes);
            Files.writeString(folder.resolve("model.json.sha256"), sum + "  model.json\n");
            return folder;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        AnchorFacts facts = new AnchorFacts(TABLES, AnchorFacts.MEAN_SQUARED_ERROR, 0.795);
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("task", "rate");
        facts.putInto(fields);
        Path model = folder.resolve("model");
        ModelFolder.write(model, fields, List.of());
        assertThat(AnchorFacts.read(model)).isEqualTo(facts);
        assertThat(facts.anchors()).isEqualTo(3711);
        assertThat(facts.nnz()).isEqualTo(12_700);
        assertThat(facts.parameters()).isEqualTo(11 * 16 + 9000 + 3700 * 16);
    }

    @Test
    void aHandWrittenManifestIsRead() throws IOException {
        manifest("""
                "task": "rate", "anchors": {"tables": [
                  {"name": "users", "anchors": 11, "nnz": 9000, "parameters": 9176, "of": "a later release"}],
                  "loss": 0.5, "lossName": "MSE"}""");
        assertThat(AnchorFacts.read(folder))
                .isEqualTo(new AnchorFacts(List.of(Table.mixed("users", 11, 16, 9000)), "MSE", 0.5));
        manifest("\"task\": \"rate\", \"anchors\": {\"tables\": []}");
        assertThat(AnchorFacts.read(folder)).isEqualTo(new AnchorFacts(List.of(), Optional.empty()));
    }

    /** A full table is E = I A: as many anchors and non-zeros as objects, of which the identity is not stored. */
    @Test
    void tablesWithoutAnchorsAreSpecialCases() {
        assertThat(Table.full("words", 61_673, 256)).isEqualTo(new Table("words", 61_673, 61_673, 15_788_288));
        assertThat(Table.hashed("words", 61_673, 1000, 256)).isEqualTo(new Table("words", 1000, 61_673, 256_000));
        assertThat(Table.mixed("words", 10, 256, 400_000).parameters()).isEqualTo(402_560);
    }

    private static final String SETTINGS =
            "\"task\": \"tag\", \"features\": {\"size\": 900, \"words\": 300}, \"settings\": {\"model\": {\"table\": "
                    + "{\"kind\": \"%s\", \"dimension\": 20, \"buckets\": 64, \"ngrams\": %s}, \"embedding\": %s}}";

    private static String settings(String kind, boolean ngrams, boolean embedding) {
        return String.format(Locale.ROOT, SETTINGS, kind, ngrams, embedding);
    }

    @Test
    void modelsThatTagTellTheirTableBySettingsAndCounts() throws IOException {
        manifest(settings("dense", true, true) + ", \"provenance\": {\"validation\": {\"P@1\": 0.36, \"P@5\": 0.2}}");
        AnchorFacts facts = AnchorFacts.read(folder);
        assertThat(facts.tables()).containsExactly(Table.full("features", 900, 20));
        assertThat(facts.loss().orElseThrow().name()).isEqualTo("1 - P@1");
        assertThat(facts.loss().orElseThrow().value()).isCloseTo(0.64, within(1e-12));

        manifest(settings("hashed", false, true) + ", \"provenance\": {\"validation\": {}}");
        assertThat(AnchorFacts.read(folder))
                .isEqualTo(new AnchorFacts(List.of(Table.hashed("features", 300, 64, 20)), Optional.empty()));

        manifest(settings("dense", true, false));
        assertThat(AnchorFacts.read(folder).tables()).isEmpty();

        manifest("\"task\": \"tag\", \"anchors\": {\"tables\": [{\"name\": \"words\", \"anchors\": 5, \"nnz\": 7,"
                + " \"parameters\": 107}]}, \"provenance\": {\"validation\": {\"P@1\": 0.5}}");
        assertThat(AnchorFacts.read(folder))
                .isEqualTo(new AnchorFacts(List.of(Table.mixed("words", 5, 20, 7)), "1 - P@1", 0.5));

        manifest("\"task\": \"tag\", \"anchors\": {\"tables\": [], \"loss\": 0.1, \"lossName\": \"own\"},"
                + " \"provenance\": {\"validation\": {\"P@1\": 0.5}}");
        assertThat(AnchorFacts.read(folder)).isEqualTo(new AnchorFacts(List.of(), "own", 0.1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"task\": \"rate\" | tells nothing of anchors or tables; train the model again with this release",
                "\"anchors\": 3 | anchors.tables must be a list",
                "\"anchors\": {\"tables\": {}} | anchors.tables must be a list, is {}",
                "\"anchors\": {\"tables\": [3]} | a table in anchors.tables has no name: 3",
                "\"anchors\": {\"tables\": [{\"name\": \"u\"}]} | anchors must be a whole number, at least 0, in {",
                "\"anchors\": {\"tables\": [{\"name\": \"u\", \"anchors\": -1}]} | anchors must be a whole number",
                "\"anchors\": {\"tables\": [{\"name\": \"u\", \"anchors\": 1, \"nnz\": 1.5}]} | nnz must be a whole",
                "\"anchors\": {\"tables\": [{\"name\": \" \", \"anchors\": 1, \"nnz\": 1, \"parameters\": 2}]} | name"
                        + " of a table must be not blank",
                "\"anchors\": {\"tables\": [], \"loss\": 1} | anchors.lossName must be a text, is",
                "\"anchors\": {\"tables\": [], \"lossName\": \"MSE\"} | anchors.loss must be a number, is",
                "\"anchors\": {\"tables\": [], \"loss\": 1e999, \"lossName\": \"MSE\"} | loss must be a finite number",
                "\"task\": \"tag\", \"features\": {\"size\": 9}, \"settings\": {\"model\": {\"table\": {\"kind\":"
                        + " \"x\", \"dimension\": 3}}} | has a table of kind 'x' and no field anchors that counts it",
            })
    void whatIsWrongIsNamed(String fields, String reason) {
        manifest(fields);
        assertThatThrownBy(() -> AnchorFacts.read(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(folder.resolve("model.json") + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void tablesHaveDistinctNamesAndADamagedManifestIsRefused() throws IOException {
        assertThatThrownBy(() -> new AnchorFacts(List.of(TABLES.get(0), TABLES.get(0)), "MSE", 1))
                .hasMessage("names of tables must be distinct, got users");
        assertThatThrownBy(() -> new AnchorFacts(TABLES, "MSE", Double.NaN))
                .hasMessage("loss must be a finite number, got NaN");
        manifest("\"anchors\": {\"tables\": []}");
        Files.writeString(folder.resolve("model.json"), Files.readString(folder.resolve("model.json")) + " ");
        assertThatThrownBy(() -> AnchorFacts.read(folder)).hasMessageContaining("does not have the SHA-256");
    }
}
