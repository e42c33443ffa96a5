package dev.longtail.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Question: do two runs with the same seed, one with 1 thread and one with 2, write the same bytes? Trains the bundled
 * sample twice with the command line and compares the folders file by file. Only the field {@code created} of
 * model.json, and with it the checksum of that file, may differ.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.SameBits [further options of train]
 * </pre>
 */
public final class SameBits {

    private SameBits() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.create("longtail-same-bits-")) {
            Path one = scratch.path().resolve("one");
            Path two = scratch.path().resolve("two");
            train(one, 1, List.of(arguments));
            train(two, 2, List.of(arguments));
            report(one, two, arguments);
        }
    }

    private static void report(Path one, Path two, String[] arguments) throws IOException {
        StringBuilder table = new StringBuilder("| file | bytes | 1 and 2 threads |\n|---|---|---|\n");
        boolean same = true;
        for (Path file : files(one)) {
            Path other = two.resolve(file.getFileName().toString());
            boolean equal = equal(file, other);
            same &= equal;
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s |%n",
                    file.getFileName(),
                    Files.size(file),
                    equal ? "the same" : "DIFFERENT"));
        }
        if (files(one).size() != files(two).size()) {
            throw new IllegalStateException("the folders hold different files: " + files(one) + " and " + files(two));
        }
        String command = "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.SameBits "
                + String.join(" ", arguments);
        String page = Provenance.header(
                        "Same seed, 1 and 2 threads", command.strip(), "those of ./longtail", Provenance.machine())
                + table
                + "\nmodel.json is compared without the field `created`, model.json.sha256 follows from it.\n";
        System.out.print(page);
        if (!same) {
            throw new IllegalStateException("the models differ");
        }
        Files.writeString(Path.of("bench/results/same-bits.md"), page, StandardCharsets.UTF_8);
    }

    private static void train(Path model, int threads, List<String> options) throws IOException, InterruptedException {
        String sample = "examples/data/finna-yso-sample/";
        List<String> command = new ArrayList<>(List.of("./longtail", "train", "--train", sample + "train.tsv.gz"));
        command.addAll(List.of("--validate", sample + "validate.tsv.gz", "--labels", sample + "labels.tsv.gz"));
        command.addAll(List.of("--model", model.toString(), "--threads", Integer.toString(threads)));
        command.addAll(options);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + code);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean equal(Path file, Path other) throws IOException {
        return switch (file.getFileName().toString()) {
            case "model.json" -> withoutTime(file).equals(withoutTime(other));
            case "model.json.sha256" -> Files.size(file) == Files.size(other);
            default -> Files.mismatch(file, other) == -1;
        };
    }

    private static List<String> withoutTime(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.strip().startsWith("\"created\"")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
