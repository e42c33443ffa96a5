package dev.longtail.bench;

import dev.longtail.bench.fuzz.Fuzzer;
import dev.longtail.bench.fuzz.Target;
import dev.longtail.bench.fuzz.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Question: is there an input that a reader does not refuse as it should? Every reader gets changed inputs for so many
 * seconds; each must be read as right or refused by the exception that the reader documents, without hanging and
 * without memory far beyond the size of the input. Inputs that fail are kept in the folder fuzz-failures. The build
 * gives each reader a hundred inputs in the same way.
 *
 * <pre>
 *   java -Xmx1g --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*" \
 *       dev.longtail.bench.Fuzz SECONDS_FOR_EACH [SEED]
 * </pre>
 */
public final class Fuzz {

    private Fuzz() {}

    /** Arguments: seconds for each reader; a seed, 1 if none is given. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<Fuzzer.Result> results = new ArrayList<>();
        try (ScratchFolder scratch = ScratchFolder.create("longtail-fuzz-")) {
            for (Target target : Targets.in(scratch.path())) {
                long end = System.nanoTime() + seconds * 1_000_000_000L;
                Fuzzer.Result result = Fuzzer.run(target, seed, () -> System.nanoTime() < end);
                System.err.println(line(result));
                results.add(result);
                keep(result);
            }
        }
        String command =
                "java -Xmx1g --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\""
                        + " dev.longtail.bench.Fuzz " + String.join(" ", arguments);
        String page = Provenance.header("Readers and changed inputs", command, Provenance.machine()) + table(results);
        System.out.print(page);
        long failures =
                results.stream().mapToLong(result -> result.failures().size()).sum();
        if (failures > 0) {
            throw new IllegalStateException(failures + " inputs failed, they are in fuzz-failures");
        }
        Files.writeString(Path.of("bench/results/fuzz.md"), page, StandardCharsets.UTF_8);
    }

    private static String table(List<Fuzzer.Result> results) {
        StringBuilder table =
                new StringBuilder("Each line is a reader, or a file of a model folder. \"By accident\": the"
                        + " sums of the folder are left as they were, and nothing but the old bytes may be read;"
                        + " otherwise they are made those of the changed file. An input that is read is one whose"
                        + " change left it right. Memory is what was allocated for one input.\n\n"
                        + "| reader | inputs | read | refused | failures | slowest, ms | most memory, MB |\n"
                        + "|---|---|---|---|---|---|---|\n");
        results.forEach(result -> table.append(line(result)).append('\n'));
        long inputs = results.stream().mapToLong(Fuzzer.Result::inputs).sum();
        long failures =
                results.stream().mapToLong(result -> result.failures().size()).sum();
        return table.append(String.format(Locale.ROOT, "%n%,d inputs, %d failures.%n", inputs, failures))
                .toString();
    }

    private static String line(Fuzzer.Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %d | %.1f | %.1f |",
                result.target().name(),
                result.inputs(),
                result.read(),
                result.inputs() - result.read() - result.failures().size(),
                result.failures().size(),
                result.slowest() / 1e6,
                result.largest() / 1e6);
    }

    private static void keep(Fuzzer.Result result) throws IOException {
        int number = 0;
        for (Fuzzer.Failure failure : result.failures()) {
            Path folder = Files.createDirectories(Path.of("fuzz-failures"));
            String name = result.target().name().replaceAll("[^A-Za-z0-9.]+", "-") + "-" + number++;
            Files.write(folder.resolve(name), failure.input());
            System.err.println(folder.resolve(name) + ": " + failure.cause());
        }
    }
}
