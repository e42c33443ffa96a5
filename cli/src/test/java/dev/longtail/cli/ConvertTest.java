package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConvertTest {

    private static final String ANNIF = "a text\t<http://x/1> <http://x/2>\nno label\t\nanother text\t<http://x/3>\n";
    private static final String SKOS = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            <http://x/1> a skos:Concept ; skos:prefLabel "one"@en, "yksi"@fi ; skos:altLabel "single"@en .
            <http://x/2> a skos:Concept ; skos:prefLabel "kaksi"@fi ; skos:broader <http://x/1> .
            <http://x/3> a skos:Concept ; skos:notation "3" ; owl:deprecated true .
            """;

    @TempDir
    private Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Ran convert(String from, String to, String... more) {
        List<String> arguments = new ArrayList<>(List.of("convert", "--from", path(from), "--to", path(to)));
        arguments.addAll(List.of(more));
        return Ran.of(arguments.toArray(String[]::new));
    }

    private String read(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        if (!name.endsWith(".gz")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void examplesGoThroughAllFormatsOfTextsAndBack() throws IOException {
        write("a.tsv", ANNIF);
        Ran first = convert("a.tsv", "b.jsonl.gz");
        assertThat(first.code()).isZero();
        assertThat(first.out()).startsWith(path("b.jsonl.gz") + ": 3 examples from annif to jsonl, ");
        assertThat(first.out().lines()).hasSize(1);
        assertThat(convert("b.jsonl.gz", "c.txt.gz", "--to-format", "fasttext").code())
                .isZero();
        assertThat(convert("c.txt.gz", "d.tsv").code()).isZero();
        assertThat(read("b.jsonl.gz")).startsWith("{\"text\":\"a text\",\"labels\":[\"http://x/1\",\"http://x/2\"]}\n");
        assertThat(read("c.txt.gz")).startsWith("__label__http://x/1 __label__http://x/2 a text\nno label\n");
        assertThat(read("d.tsv")).isEqualTo(ANNIF);
        assertThat(names()).containsExactly("a.tsv", "b.jsonl.gz", "c.txt.gz", "d.tsv");
    }

    @Test
    void theLinesOfReadmeRun() throws IOException {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        String sample = repository.resolve("examples/data/finna-yso-sample") + "/";
        List<String> lines = Files.readAllLines(repository.resolve("README.md")).stream()
                .filter(line -> line.startsWith("./longtail convert "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(3);
        for (String line : lines) {
            String[] words = line.substring("./longtail ".length()).split(" ");
            for (int i = 2; i < words.length; i += 2) {
                boolean file = !words[i - 1].equals("--language");
                words[i] =
                        words[i].startsWith("$S/") ? words[i].replace("$S/", sample) : file ? path(words[i]) : words[i];
            }
            Ran ran = Ran.of(words);
            assertThat(ran.code()).as("%s: %s", line, ran.err()).isZero();
        }
        assertThat(read("subjects.tsv")).startsWith("<http://www.yso.fi/onto/yso/");
    }

    @Test
    void vocabulariesGoThroughRdfXmlAndBack() throws IOException {
        write("v.ttl", SKOS);
        assertThat(convert("v.ttl", "plain.ttl").code()).isZero();
        Ran ran = convert("v.ttl", "v.rdf.gz");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("from turtle to rdfxml");
        assertThat(convert("v.rdf.gz", "back.ttl").code()).isZero();
        assertThat(read("back.ttl")).isEqualTo(read("plain.ttl"));
        write("bell.tsv", "<http://x/1>\tbe\u0007ll\n");
        Ran bell = convert("bell.tsv", "bell.rdf");
        assertThat(bell.code()).isEqualTo(3);
        assertThat(bell.err()).contains("bell.tsv: concept 'http://x/1'", "write Turtle");
    }

    @Test
    void whatIsLostIsTold() throws IOException {
        write("a.jsonl", "{\"id\":1,\"text\":\"x\\ny\",\"labels\":[\"a\"],\"title\":\"t\"}\n".repeat(7));
        Ran ran = convert("a.jsonl", "b.tsv");
        assertThat(ran.out().lines().skip(1))
                .containsExactly(
                        "What annif has no place for:",
                        "  7 x text with line breaks or tabs, written as spaces: line 1, 2, 3, 4, 5, ...",
                        "  7 x identifier of an example, which has no place: line 1, 2, 3, 4, 5, ...",
                        "  7 x further members of an object, which have no place: line 1, 2, 3, 4, 5, ...");
    }

    @Test
    void textsBecomeNumbersWithNames() throws IOException {
        write("a.tsv", ANNIF);
        Ran ran = convert("a.tsv", "b.xc", "--labels-to", path("labels.txt"), "--features-to", path("words.txt.gz"));
        assertThat(ran.code()).isZero();
        assertThat(read("b.xc")).isEqualTo("3 1 3\n0,1 0:1.0\n\n2 0:1.0\n");
        assertThat(read("labels.txt")).isEqualTo("<http://x/1>\n<http://x/2>\n<http://x/3>\n");
        assertThat(read("words.txt.gz")).isEqualTo("text\n");
        assertThat(ran.out()).contains("3 x labels, which are numbers now");
        assertThat(convert("b.xc", "c.svm.gz").code()).isZero();
        assertThat(read("c.svm.gz")).isEqualTo(read("b.xc"));
        Ran back = convert("b.xc", "d.jsonl");
        assertThat(back.code()).isEqualTo(3);
        assertThat(back.err()).contains("b.xc: holds numbered features and no texts, which jsonl needs");
    }

    @Test
    void aModelLearnsFromConvertedFiles() throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        assertThat(convert("train.tsv", "train.xc", "--labels-to", path("labels.txt"))
                        .code())
                .isZero();
        Ran ran = TinyData.train(
                "--train", path("train.xc"), "--labels", path("labels.txt"), "--model", path("model"), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("labels").asInt()).isEqualTo(TinyData.LABELS);
        assertThat(ran.json().path("P@1").asDouble()).isGreaterThan(0.9);
        assertThat(train).exists();
    }

    @Test
    void skosBecomesNamesInTheWantedLanguage() throws IOException {
        write("v.ttl", SKOS);
        Ran ran = convert("v.ttl", "names.tsv.gz", "--language", "en,fi");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(read("names.tsv.gz")).isEqualTo("<http://x/1>\tone\n<http://x/2>\tkaksi\n<http://x/3>\t\n");
        assertThat(ran.out())
                .contains("3 concepts from turtle to labels, ")
                .contains("names of 3 concepts: 1 in en, 1 in fi; 1 have none")
                .contains("  1 x preferred labels of other languages")
                .contains("  1 x alternative and hidden labels")
                .contains("  1 x relations to other concepts")
                .contains("  1 x notations")
                .contains("  1 x marks of concepts that are deprecated");

        Ran unclear = convert("v.ttl", "other.tsv");
        assertThat(unclear.code()).isEqualTo(3);
        assertThat(unclear.err())
                .contains("v.ttl: has labels in fi (2), en (1); choose with --language")
                .hasLineCount(1);
        assertThat(names()).containsExactly("names.tsv.gz", "v.ttl");
    }

    @Test
    void namesBecomeSkosAndNamesAgain() throws IOException {
        String lines = "<http://x/1>\tone\n<http://x/2>\ttwo \"quoted\"\n<http://x/3>\t\n";
        write("v.tsv", lines);
        assertThat(convert("v.tsv", "v.ttl.gz", "--language", "en").code()).isZero();
        assertThat(read("v.ttl.gz")).contains("\"one\"@en");
        assertThat(convert("v.ttl.gz", "w.tsv").code()).isZero();
        assertThat(read("w.tsv")).isEqualTo(lines);
        assertThat(convert("v.tsv", "plain.ttl").code()).isZero();
        Ran plain = convert("plain.ttl", "x.tsv", "--language", "fi");
        assertThat(read("x.tsv")).isEqualTo(lines);
        assertThat(plain.out()).contains("names of 3 concepts: 0 in fi, 2 in no language; 1 have none");
    }

    @Test
    void whatIsNotRightInAVocabularyIsTold() throws IOException {
        write("v.ttl", SKOS + "<http://x/1> skos:prefLabel \"uno\"@en .\n");
        Ran ran = convert("v.ttl", "w.ttl");
        assertThat(ran.code()).isZero();
        assertThat(ran.err())
                .isEqualToIgnoringNewLines("1 x second preferred label of a language, read as an alternative one: "
                        + path("v.ttl") + ":6 http://x/1 'uno'@en");
        assertThat(ran.out()).contains("3 concepts from turtle to turtle");
    }

    @Test
    void aFailureLeavesNothingAndChangesNothing() throws IOException {
        write("a.tsv", ANNIF + "no tab\n");
        write("b.jsonl", "what was there");
        Ran taken = convert("a.tsv", "b.jsonl");
        assertThat(taken.code()).isEqualTo(2);
        assertThat(taken.err()).contains("b.jsonl exists; add --overwrite to replace it");
        Ran broken = convert("a.tsv", "b.jsonl", "--overwrite");
        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err())
                .contains("a.tsv:4: no tab between text and labels")
                .hasLineCount(1);
        assertThat(read("b.jsonl")).isEqualTo("what was there");
        assertThat(names()).containsExactly("a.tsv", "b.jsonl");
        Ran itself = convert("a.tsv", "a.tsv", "--overwrite", "--to-format", "jsonl");
        assertThat(itself.err()).contains("--to is the file of --from");
        write("a.tsv", ANNIF);
        assertThat(convert("a.tsv", "b.jsonl", "--overwrite").code()).isZero();
        assertThat(read("b.jsonl")).hasLineCount(3);

        write("v.tsv", "L1\tone\n");
        Ran noIri = convert("v.tsv", "v.ttl");
        assertThat(noIri.code()).isEqualTo(3);
        assertThat(noIri.err()).contains("v.tsv: concept 'L1' has no absolute IRI");
        Ran missing = convert("none.ttl", "x.tsv");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("none.ttl: no such file");
    }
}
