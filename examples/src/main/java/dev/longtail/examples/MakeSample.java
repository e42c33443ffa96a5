package dev.longtail.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Cuts the sample in {@code examples/data/finna-yso-sample} out of a large collection of tagged titles.
 *
 * <p>The source folder holds {@code train}, {@code validate} and {@code test.tsv.gz}, a line of which is text, tab,
 * label identifiers separated by spaces, and {@code labels.tsv.gz}, identifier, tab, name. A title is eligible when it
 * is short and all its labels are among the most frequent ones of the short titles, so that a label of the sample has
 * several examples; eligible titles are drawn without replacement. A title of the validate and test parts must have no
 * label that the sample's train part lacks. The same source gives the same sample.
 *
 * <pre>
 * java examples/src/main/java/dev/longtail/examples/MakeSample.java SOURCE TARGET
 * </pre>
 */
public final class MakeSample {

    private static final int SHORTEST_TITLE = 12;
    private static final int LONGEST_TITLE = 100;
    private static final int MOST_LABELS_OF_A_TITLE = 8;
    private static final int LABELS = 12_000;
    private static final int TRAIN = 80_000;
    private static final int HELD_OUT = 2_000;
    private static final long SEED = 1;

    private record Title(String text, List<String> labels) {

        String line() {
            return text + "\t" + String.join(" ", labels);
        }
    }

    private MakeSample() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("two folders are needed: SOURCE TARGET");
        }
        Path source = Path.of(arguments[0]);
        Path target = Files.createDirectories(Path.of(arguments[1]));

        List<Title> titles = shortTitles(source.resolve("train.tsv.gz"));
        Set<String> frequent = mostFrequent(titles);
        List<Title> train = draw(titles, TRAIN, title -> frequent.containsAll(title.labels()));
        write(target.resolve("train.tsv.gz"), train.stream().map(Title::line).toList());

        Set<String> labels =
                train.stream().flatMap(title -> title.labels().stream()).collect(Collectors.toSet());
        for (String part : List.of("validate.tsv.gz", "test.tsv.gz")) {
            List<Title> heldOut =
                    draw(shortTitles(source.resolve(part)), HELD_OUT, title -> labels.containsAll(title.labels()));
            write(target.resolve(part), heldOut.stream().map(Title::line).toList());
        }
        write(target.resolve("labels.tsv.gz"), names(source.resolve("labels.tsv.gz"), labels));
    }

    private static List<Title> shortTitles(Path file) throws IOException {
        List<Title> titles = new ArrayList<>();
        for (String line : read(file)) {
            int tab = line.lastIndexOf('\t');
            Title title = new Title(
                    line.substring(0, tab), List.of(line.substring(tab + 1).split(" ")));
            int length = title.text().length();
            if (length >= SHORTEST_TITLE
                    && length <= LONGEST_TITLE
                    && title.labels().size() <= MOST_LABELS_OF_A_TITLE) {
                titles.add(title);
            }
        }
        return titles;
    }

    private static Set<String> mostFrequent(List<Title> titles) {
        Map<String, Integer> frequencies = new HashMap<>();
        for (Title title : titles) {
            title.labels().forEach(label -> frequencies.merge(label, 1, Integer::sum));
        }
        Comparator<String> falling = Comparator.comparing(frequencies::get, Comparator.reverseOrder());
        List<String> labels = new ArrayList<>(frequencies.keySet());
        labels.sort(falling.thenComparing(Comparator.naturalOrder()));
        return new HashSet<>(labels.subList(0, LABELS));
    }

    private static List<Title> draw(List<Title> titles, int count, Predicate<Title> eligible) {
        List<Title> drawn = new ArrayList<>(titles.stream().filter(eligible).toList());
        Collections.shuffle(drawn, new Random(SEED));
        return drawn.subList(0, count);
    }

    private static List<String> names(Path file, Set<String> labels) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : read(file)) {
            if (labels.contains(line.substring(0, line.indexOf('\t')))) {
                lines.add(line);
            }
        }
        if (lines.size() != labels.size()) {
            throw new IOException(file + " names " + lines.size() + " of " + labels.size() + " labels");
        }
        return lines;
    }

    private static List<String> read(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static void write(Path file, List<String> lines) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                Writer writer = new OutputStreamWriter(new SmallestGzip(bytes), UTF_8)) {
            for (String line : lines) {
                writer.write(line);
                writer.write('\n');
            }
        }
    }

    private static final class SmallestGzip extends GZIPOutputStream {

        SmallestGzip(OutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
