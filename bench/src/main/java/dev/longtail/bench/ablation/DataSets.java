package dev.longtail.bench.ablation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Data sets as grids need them: cut to a number of training examples, or generated. */
public final class DataSets {

    /** What the name of a generated set starts with; the number of labels follows. */
    public static final String SYNTHETIC = "synthetic:";

    private final Path scratch;

    /** @param scratch folder for the files that are made; what is there already is used again */
    public DataSets(Path scratch) {
        this.scratch = scratch;
    }

    /** Name of a set in results and file names. */
    public static String name(String data) {
        return data.startsWith(SYNTHETIC)
                ? data.replace(':', '-')
                : Path.of(data).toAbsolutePath().normalize().getFileName().toString();
    }

    /**
     * A set.
     *
     * @param data     folder with files train, validate and test, and labels where there are names; or
     *     {@code synthetic:LABELS}
     * @param examples training examples at most, 0 for all; a generated set has so many
     * @throws IllegalArgumentException when a file is missing
     */
    public DataSet of(String data, int examples) throws IOException, InterruptedException {
        if (data.startsWith(SYNTHETIC)) {
            return generated(name(data), Integer.parseInt(data.substring(SYNTHETIC.length())), examples);
        }
        Path folder = Path.of(data);
        Path train = required(folder, "train");
        return new DataSet(
                name(data),
                examples == 0 ? train : firstOf(name(data), train, examples),
                required(folder, "validate"),
                required(folder, "test"),
                file(folder, "labels"));
    }

    private static Path required(Path folder, String part) throws IOException {
        Path file = file(folder, part);
        if (file == null) {
            throw new IllegalArgumentException(
                    folder + " has no file " + part + ".*; a grid needs train, validate and test");
        }
        return file;
    }

    private static @Nullable Path file(Path folder, String part) throws IOException {
        Predicate<Path> named = file -> file.getFileName().toString().matches(part + "\\.(tsv|txt|jsonl)(\\.gz)?");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(named).sorted().findFirst().orElse(null);
        }
    }

    /** The only place that knows the command that generates examples. */
    private DataSet generated(String name, int labels, int examples) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch.resolve(name + "-" + examples));
        DataSet set = new DataSet(
                name,
                folder.resolve("train.txt.gz"),
                folder.resolve("validate.txt.gz"),
                folder.resolve("test.txt.gz"),
                null);
        if (!Files.exists(set.test())) { // written last
            Command.run(List.of(
                    "./longtail",
                    "generate",
                    "--labels",
                    "" + labels,
                    "--examples",
                    "" + examples,
                    "--output",
                    set.train().toString(),
                    "--validate",
                    set.validate().toString(),
                    "--test",
                    set.test().toString(),
                    "--overwrite",
                    "--seed",
                    "1"));
        }
        return set;
    }

    /** The first examples of a file, one a line; a first line of three numbers is a header that counts them. */
    public Path firstOf(String set, Path train, int examples) throws IOException {
        String name = set + "-" + examples + "-" + train.getFileName();
        Path cut = scratch.resolve(name);
        if (Files.exists(cut)) {
            return cut;
        }
        Files.createDirectories(scratch);
        Path part = scratch.resolve(name + ".part");
        try (BufferedReader in = reader(train);
                BufferedWriter out = writer(part, name.endsWith(".gz"))) {
            String line = in.readLine();
            if (line != null && line.matches("\\d+ \\d+ \\d+")) {
                String[] counts = line.split(" ");
                int kept = Math.min(examples, Integer.parseInt(counts[0]));
                out.write(kept + " " + counts[1] + " " + counts[2] + "\n");
                line = in.readLine();
            }
            for (int written = 0; line != null && written < examples; written++) {
                out.write(line);
                out.write('\n');
                line = in.readLine();
            }
        }
        return Files.move(part, cut, StandardCopyOption.ATOMIC_MOVE);
    }

    private static BufferedReader reader(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    private static BufferedWriter writer(Path file, boolean gzip) throws IOException {
        var bytes = Files.newOutputStream(file);
        var packed = gzip ? new GZIPOutputStream(bytes) : bytes;
        return new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8));
    }
}
