package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelLanguageTest {

    @TempDir
    private Path folder;

    private String train = "";

    @BeforeEach
    void write() throws IOException {
        train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1).toString();
    }

    private static String skos() {
        StringBuilder skos = new StringBuilder("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n");
        for (int label = 0; label < TinyData.LABELS - 1; label++) {
            skos.append("<").append(TinyData.id(label)).append("> a skos:Concept ; skos:prefLabel \"Sana ");
            skos.append(label).append("\"@fi");
            if (label > 0) {
                skos.append(", \"Name of word").append(label).append("\"@en");
            }
            skos.append(" .\n");
        }
        return skos.toString();
    }

    private Path gzip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void namesOfAModelAreThoseOfTheLanguage() throws IOException {
        Path names = gzip("names.ttl.gz", skos());
        String model = folder.resolve("model").toString();
        Ran ran = TinyData.train(
                "--train", train, "--labels", names.toString(), "--label-language", "en,fi", "--model", model);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains(names + ": names of 19 concepts: 18 in en, 1 in fi; 0 have none");
        assertThat(Ran.with("word3\nword0\nword19\n", "predict", "--model", model, "--top", "1")
                        .out()
                        .lines()
                        .map(line -> line.replaceFirst("^\\S+ ", "")))
                .containsExactly(
                        "<http://example.org/3> Name of word3",
                        "<http://example.org/0> Sana 0",
                        "<http://example.org/19>");
        assertThat(Files.readString(folder.resolve("model/model.json"))).contains("names.ttl.gz");
    }

    @Test
    void theLanguageMustBeClear() throws IOException {
        Path names = Files.writeString(folder.resolve("names.ttl"), skos());
        String model = folder.resolve("model").toString();
        Ran ran = TinyData.train("--train", train, "--labels", names.toString(), "--model", model);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("names.ttl: has labels in fi (19), en (18); choose with --label-language");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void anErrorInTheNamesComesBeforeTheTraining() throws IOException {
        Path names = Files.writeString(folder.resolve("names.rdf"), "<rdf>\n<broken\n");
        String model = folder.resolve("model").toString();
        Ran ran = TinyData.train("--train", train, "--labels", names.toString(), "--model", model);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("names.rdf:").contains("is not RDF/XML").doesNotContain("epoch");
    }

    @Test
    void numberedLabelsHaveNoNamesInSkos() throws IOException {
        Path xc = TinyData.write(folder, "train.xc", TinyData.Format.XC, 1);
        Path names = Files.writeString(folder.resolve("names.ttl"), skos());
        String model = folder.resolve("model").toString();
        Ran ran = TinyData.train(
                "--train", xc.toString(), "--labels", names.toString(), "--label-language", "fi", "--model", model);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("names labels by IRI, but those of xc are numbers");
    }

    @Test
    void inspectTellsOfTheNamesOnce() throws IOException {
        Path names = Files.writeString(folder.resolve("names.ttl"), skos());
        Ran ran = Ran.of("inspect", "--data", train, "--labels", names.toString(), "--label-language", "fi", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err().lines().filter(line -> line.contains("names of 19 concepts: 19 in fi")))
                .hasSize(1);
    }
}
