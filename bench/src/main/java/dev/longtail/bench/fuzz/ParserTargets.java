package dev.longtail.bench.fuzz;

import dev.longtail.config.SettingsFile;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.LabelNames;
import dev.longtail.data.RawExample;
import dev.longtail.data.ReadListener;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.vocabulary.VocabularyFormat;
import dev.longtail.vocabulary.VocabularyReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Parsers of everything that a user gives: examples, ratings, items, vocabularies, names, settings. */
final class ParserTargets {

    private static final String ANNIF = "Owls of the boreal forest\t<http://x.org/1> <http://x.org/2>\n"
            + "Violin for beginners\thttp://x.org/3\n\nempty labels\t\n";
    private static final String FASTTEXT =
            "__label__birds __label__forests owls of the boreal forest\n" + "violin __label__violin for beginners\n";
    private static final String JSONL =
            "{\"text\": \"Owls \\u00e9 \\\"x\\\"\", \"labels\": [\"a\", \"b\"], \"id\": 7}\n"
                    + "{\"id\": \"x\", \"other\": {\"deep\": [1, 2]}, \"labels\": [], \"text\": \"\"}\n";
    private static final String XC = "2 500 30\n4,17 0:1.5 32:0.5 499:1\n29 7:2e-3\n";
    private static final String CSV =
            "userId,movieId,rating,timestamp\n1,\"a,b\",3.5,100\n2,c,4,200\n1,c,1,300\n3,c,2,50\n";
    private static final String TABS = "1\t10\t3\t881250949\n2\t11\t4\t881250950\n2\t10\t5\t881250951\n";
    private static final String COLONS = "1::1193::5::978300760\n1::661::3::978302109\n2::661::4::978302110\n";
    private static final String ITEMS = "movieId,title,genres\na,\"Film, the\",Comedy|Drama\nc,Other,\n";
    private static final String TURTLE = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <http://x.org/1> a skos:Concept ; skos:prefLabel "birds"@en, "linnut"@fi ; skos:altLabel "fowl"@en ;
              skos:broader <http://x.org/2> ; skos:notation "59.8" .
            <http://x.org/2> a skos:Concept ; skos:prefLabel \"""animals\"""@en ; skos:narrower <http://x.org/1> .
            """;
    private static final String RDFXML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                xmlns:skos="http://www.w3.org/2004/02/skos/core#">
            <skos:Concept rdf:about="http://x.org/1"><skos:prefLabel xml:lang="en">birds &amp; co</skos:prefLabel>
            <skos:broader rdf:resource="http://x.org/2"/></skos:Concept>
            <skos:Concept rdf:about="http://x.org/2"><skos:prefLabel xml:lang="en">ox</skos:prefLabel></skos:Concept>
            </rdf:RDF>
            """;
    private static final String NAMES = "<http://x.org/1>\tbirds\n<http://x.org/2>\tanimals\n";
    private static final String SETTINGS = "# a comment\nmodel.output.fanIn = 32\ntrain.seed=3\n\nmaxEpochs = 2\n";

    private final Path folder;

    /** @param folder for files of inputs */
    ParserTargets(Path folder) {
        this.folder = folder;
    }

    List<Target> all() {
        List<Target> targets = new ArrayList<>();
        targets.add(examples("annif", DataFormat.ANNIF, ANNIF));
        targets.add(examples("fasttext", DataFormat.FASTTEXT, FASTTEXT));
        targets.add(examples("jsonl", DataFormat.JSONL, JSONL));
        targets.add(examples("xc", DataFormat.XC, XC));
        targets.add(new Parser("recognised", bytes(ANNIF, FASTTEXT, JSONL, XC), input -> read(input, null)));
        targets.add(new Parser("gzip", List.of(gzip(ANNIF), gzip(XC)), input -> read(input, null)));
        targets.add(new Parser("ratings", bytes(CSV, TABS, COLONS), this::ratings));
        targets.add(new Parser("items", bytes(ITEMS, "a\tFilm\nc\tOther\n"), this::items));
        targets.add(vocabulary("turtle", VocabularyFormat.TURTLE, TURTLE));
        targets.add(vocabulary("rdfxml", VocabularyFormat.RDFXML, RDFXML));
        targets.add(vocabulary("labels", VocabularyFormat.LABELS, NAMES));
        targets.add(new Parser("label names", bytes(NAMES), input -> LabelNames.read(file(input), DataFormat.ANNIF)));
        targets.add(new Parser("settings", bytes(SETTINGS), this::settings));
        return targets;
    }

    private static Target examples(String name, DataFormat format, String seed) {
        return new Parser(name, bytes(seed), input -> read(input, format));
    }

    private Target vocabulary(String name, VocabularyFormat format, String seed) {
        return new Parser(name, bytes(seed), input -> VocabularyReader.read(file(input), format, ""));
    }

    private static void read(byte[] input, @Nullable DataFormat format) throws IOException {
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.of(
                new ByteArrayInputStream(input), "input", format, ExampleReader.LabelColumn.OPTIONAL)) {
            while (reader.next(example)) {
                check(example.text == null || example.featureCount == 0, "an example is a text and has features");
                for (int i = 1; i < example.featureCount; i++) {
                    check(example.features[i - 1] < example.features[i], "features do not ascend");
                }
                for (int i = 0; i < example.featureCount; i++) {
                    check(Float.isFinite(example.values[i]), "a value is not finite");
                    check(example.features[i] < example.declaredFeatures, "a feature is beyond the declared ones");
                }
                check(example.labels.stream().noneMatch(String::isEmpty), "a label is empty");
            }
        }
    }

    private void ratings(byte[] input) throws IOException {
        RatingData data = RatingData.read(
                new RatingFiles(List.of(file(input)), List.of(), null),
                RatingConfig.DEFAULT.data(),
                1,
                ReadListener.NONE);
        for (int i = 0; i < data.train().size(); i++) {
            check(data.train().user(i) < data.users().size() && data.train().user(i) >= 0, "a user has no number");
            check(data.train().item(i) < data.items().size() && data.train().item(i) >= 0, "an item has no number");
            check(Float.isFinite(data.train().rating(i)), "a rating is not finite");
        }
    }

    private void items(byte[] input) throws IOException {
        Path ratings = Files.writeString(folder.resolve("ratings.csv"), CSV);
        RatingData.read(
                new RatingFiles(List.of(ratings), List.of(), file(input)),
                RatingConfig.DEFAULT.data(),
                1,
                ReadListener.NONE);
    }

    private void settings(byte[] input) throws IOException {
        SettingsFile.read(file(input)).applyTo(LabelConfig.Preset.SMALL.config());
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private Path file(byte[] input) throws IOException {
        return Files.write(folder.resolve("input"), input);
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads an input. */
    @FunctionalInterface
    interface Reading {
        void read(byte[] input) throws IOException;
    }

    /** A target that consists of its parts. */
    record Parser(String name, List<byte[]> seeds, Reading reading) implements Target {
        @Override
        public void read(byte[] input) throws IOException {
            reading.read(input);
        }
    }
}
