package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.table.AnchorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relations between words. A penalty that no link survives shows which links they spare. */
final class RelationsTest {

    private static final List<String> RARE = List.of("canary", "automobile", "pebble", "good");

    private static final String FREQUENT = " --set anchors.count=3 --set start.strategy=frequency";
    private static final String CRUSHED = FREQUENT + " --set anchors.penalty.l1=1e6";

    @TempDir
    private Path folder;

    /** Every text has finch, car and bad, in falling frequency, and a rare word that tells its label. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String rare = RARE.get(random.nextInt(RARE.size()));
            String frequent = "finch" + (i % 8 == 0 ? "" : " car") + (i % 4 == 0 ? "" : " bad");
            lines.add(rare + " " + frequent + "\t<http://example.org/" + rare + ">");
        }
        Files.write(folder.resolve("train.tsv"), lines);
    }

    private Ran train(String model, String more) {
        return train(model, "2", more);
    }

    private Ran train(String model, String threads, String more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--train", folder.resolve("train.tsv").toString()));
        arguments.addAll(List.of("--model", folder.resolve(model).toString(), "--threads", threads));
        arguments.addAll(TinyData.SETTINGS);
        arguments.addAll(List.of("--set", "table.kind=anchors"));
        arguments.addAll(List.of(more.strip().split(" +")));
        return Ran.of(arguments.toArray(String[]::new));
    }

    private Path pairs(String lines) throws IOException {
        return Files.writeString(folder.resolve("pairs.tsv"), lines);
    }

    private float[] row(LabelModel model, String word) {
        AnchorTable table = (AnchorTable) model.table();
        for (int feature = 0; feature < table.features(); feature++) {
            if (model.features().name(feature).equals(word)) {
                float[] row = new float[table.count()];
                table.transform().addRow(feature, 1, row, 0);
                return row;
            }
        }
        throw new AssertionError(word);
    }

    /** Links of words to anchors that are other words. */
    private Set<String> links(String name) throws IOException {
        LabelModel model = LabelModelFolder.read(folder.resolve(name)).model();
        int[] objects = ((AnchorTable) model.table()).objects();
        assertThat(objects).hasSize(3);
        Set<String> links = new TreeSet<>();
        for (int feature = 0; feature < model.features().size(); feature++) {
            String word = model.features().name(feature);
            float[] row = row(model, word);
            for (int anchor = 0; anchor < row.length; anchor++) {
                if (row[anchor] != 0 && objects[anchor] != feature) {
                    links.add(word + "-" + model.features().name(objects[anchor]));
                }
            }
        }
        return links;
    }

    /** N28, N29: what is related keeps its links, and nothing else does. */
    @Test
    void relatedPairsArePenalisedNoMore() throws IOException {
        Path pairs = pairs("canary\tfinch\nfinch\tcar\tunrelated\ncar\tpebble\t0.5\nautomobile\tcar\t-1\nroc\tcar\n");
        assertThat(train("without", CRUSHED).code()).isZero();
        assertThat(links("without")).isEmpty();
        Ran ran = train("m", CRUSHED + " --relations " + pairs);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(links("m")).containsExactly("canary-finch", "pebble-car");
        assertThat(ran.err())
                .contains(
                        "2 related pairs, which spare 5 links to anchors the penalty; 1 unrelated ones, which have no"
                                + " effect",
                        "1 x pair with an object that is not known",
                        "pairs.tsv:5 roc",
                        "1 x pair with a weight below");
        assertThat(Files.readString(folder.resolve("m").resolve("model.json"))).contains("pairs.tsv");
        assertThat(train("one", "1", CRUSHED + " --relations " + pairs).code()).isZero();
        assertThat(folder.resolve("one").resolve("parameters.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("m").resolve("parameters.safetensors"));
    }

    /** N32: a hyponym, a synonym and an antonym; a pebble is a stone, which no text mentions. */
    @Test
    void wordnetLinksWordsToWhatTheyMean() throws IOException {
        Ran ran = train("m", CRUSHED + " --relations wordnet");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(links("m")).containsExactly("automobile-car", "canary-finch", "good-bad");
        assertThat(ran.err()).contains("WordNet knows 7 of 7 words", "3 related pairs");
        Path pairs = pairs("pebble\tcar\n");
        Ran both = train("both", CRUSHED + " --relations wordnet " + pairs);
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(links("both")).containsExactly("automobile-car", "canary-finch", "good-bad", "pebble-car");
    }

    /** N33: within a window of one, the rare words stand beside finch only. */
    @Test
    void cooccurrenceIsCountedOnceAndKept() throws IOException {
        Path cache = folder.resolve("cache");
        String more = CRUSHED + " --relations cooccurrence --cooccurrence-cache " + cache;
        Ran first = train("first", more + " --set cooccurrence.window=1");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(links("first")).contains("canary-finch", "pebble-finch").doesNotContain("canary-car", "pebble-bad");
        assertThat(first.err()).contains(": 6 related pairs").doesNotContain("counted before");
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).hasSize(1);
        }
        Ran second = train("second", "1", more + " --set cooccurrence.window=1");
        assertThat(second.err()).contains("co-occurrences were counted before and read from " + cache);
        assertThat(folder.resolve("second").resolve("parameters.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("first").resolve("parameters.safetensors"));
        Ran wide = train("wide", more);
        assertThat(wide.err()).contains(": 15 related pairs").doesNotContain("counted before");
        assertThat(links("wide")).contains("pebble-bad");
    }

    private double overlap(String name) throws IOException {
        LabelModel model = LabelModelFolder.read(folder.resolve(name)).model();
        float[] canary = row(model, "canary");
        float[] pebble = row(model, "pebble");
        double sum = 0;
        for (int anchor = 0; anchor < canary.length; anchor++) {
            sum += Math.abs(canary[anchor] * pebble[anchor]);
        }
        return sum;
    }

    /** N31: with any anchors. */
    @Test
    void unrelatedPairsShareFewerAnchors() throws IOException {
        Path pairs = pairs("canary\tpebble\tunrelated\n");
        assertThat(train("without", "--set anchors.count=4").code()).isZero();
        Ran ran = train("m", "--set anchors.count=4 --set anchors.unrelated=1 --relations " + pairs);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(overlap("m")).isLessThan(overlap("without") / 2);
        Ran drawn = train("d", "--set anchors.count=4 --set anchors.unrelated=1 --set relations.drawnUnrelated=5");
        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(drawn.err()).contains("0 related pairs", "unrelated ones");
        assertThat(overlap("d")).isLessThan(overlap("without") / 2);
    }

    @Test
    void whatCannotBeRelatedIsSaid() throws IOException {
        Path pairs = pairs("canary\tfinch\n");
        refused(train("m", "--set anchors.count=3 --relations " + pairs), 2, "anchors must be objects");
        refused(train("m", FREQUENT + " --relations nowhere.tsv"), 2, "nowhere.tsv: no such file");
        refused(
                train("m", FREQUENT + " --set anchors.penalty.l1=0 --relations " + pairs),
                2,
                "anchors.penalty.l1 0 there is none");
        refused(train("m", FREQUENT + " --set anchors.linksFrozen=true --relations " + pairs), 2, "linksFrozen");
        refused(train("m", FREQUENT + " --set relations.drawnUnrelated=2"), 2, "unrelated must be above 0");
        Ran dense = TinyData.train(
                "--train",
                folder.resolve("train.tsv").toString(),
                "--model",
                folder.resolve("d").toString(),
                "--relations",
                "wordnet");
        refused(dense, 2, "add --set table.kind=anchors");
        refused(
                train("m", FREQUENT + " --relations " + pairs("canary\tfinch\tunrelated\n")),
                2,
                "all relations are unrelated pairs");
        refused(train("m", FREQUENT + " --relations " + pairs("roc\tsimurgh\n")), 3, "no pair of known words");
        refused(train("m", FREQUENT + " --relations " + pairs("canary finch\n")), 3, "pairs.tsv:1: expected an object");
    }

    private static void refused(Ran ran, int code, String reason) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        assertThat(ran.err().lines().filter(line -> line.startsWith("longtail: ")))
                .singleElement()
                .asString()
                .contains(reason);
    }
}
