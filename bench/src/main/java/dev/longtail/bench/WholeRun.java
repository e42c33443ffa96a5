package dev.longtail.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Question: what does a user get who trains with the command line and evaluates on the test part, and what does it
 * cost? Runs {@code longtail train} and {@code longtail evaluate} as processes of their own and prints one row a data
 * set.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.WholeRun ../shared/data finna-yso-en
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.WholeRun ../shared/data bibtex delicious
 *   ... finna-yso-en-small and finna-yso-en-large are the other two presets
 * </pre>
 */
public final class WholeRun {

    private WholeRun() {}

    /** A data set with the settings that were chosen for it on its validation part. */
    private enum Case {
        FINNA_YSO_EN(texts(), "test.tsv.gz", List.of("--preset", "base")),
        FINNA_YSO_EN_SMALL(texts(), "test.tsv.gz", List.of("--preset", "small")),
        FINNA_YSO_EN_LARGE(texts(), "test.tsv.gz", List.of("--preset", "large")),
        BIBTEX(
                List.of("--train", "train.txt.gz"),
                "test.txt.gz",
                List.of("--config", "examples/settings/bibtex.properties")),
        DELICIOUS(
                List.of("--train", "train.txt.gz"),
                "test.txt.gz",
                List.of("--config", "examples/settings/delicious.properties"));

        /** Options, the first of them --train. */
        private final List<String> files;

        private final String test;
        private final List<String> settings;

        Case(List<String> files, String test, List<String> settings) {
            this.files = files;
            this.test = test;
            this.settings = settings;
        }

        private static List<String> texts() {
            return List.of("--train", "train.tsv.gz", "--validate", "validate.tsv.gz", "--labels", "labels.tsv.gz");
        }

        static Case named(String folder) {
            return valueOf(folder.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** The folder of the data set, which several cases may share. */
        String folder() {
            return name().startsWith("FINNA_YSO_EN")
                    ? "finna-yso-en"
                    : name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: WholeRun FOLDER-OF-DATA CASE..., CASE as in finna-yso-en");
        }
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            run(Path.of(arguments[0]), name);
        }
    }

    /** What a data set's training and its evaluation on the test part printed, with the command that trained. */
    record Outcome(String command, JsonNode trained, JsonNode evaluated) {}

    /** Trains and evaluates on a data set. */
    static Outcome measure(Path data, String name) throws IOException, InterruptedException {
        Case set = Case.named(name);
        return measure(data, name, data.resolve(set.folder()).resolve(set.files.get(1)));
    }

    /** The same with other training examples. */
    static Outcome measure(Path data, String name, Path train) throws IOException, InterruptedException {
        Case set = Case.named(name);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-whole-run-")) {
            return measure(
                    data.resolve(set.folder()),
                    set,
                    train,
                    scratch.path().resolve("model").toString());
        }
    }

    private static Outcome measure(Path folder, Case set, Path trainFile, String model)
            throws IOException, InterruptedException {
        List<String> train = new ArrayList<>(List.of("./longtail", "train", "--train", trainFile.toString()));
        for (String word : set.files.subList(2, set.files.size())) {
            train.add(word.startsWith("--") ? word : folder.resolve(word).toString());
        }
        train.addAll(set.settings);
        List<String> command = new ArrayList<>(train);
        command.addAll(List.of("--model", model, "--json"));
        JsonNode trained = BenchProcess.json(command);
        String test = folder.resolve(set.test).toString();
        JsonNode evaluated =
                BenchProcess.json(List.of("./longtail", "evaluate", "--model", model, "--test", test, "--json"));
        return new Outcome(
                String.join(" ", train) + " --model MODEL --json; ./longtail evaluate --model MODEL --test " + test
                        + " --json",
                trained,
                evaluated);
    }

    private static void run(Path data, String name) throws IOException, InterruptedException {
        Outcome outcome = measure(data, name);
        String page = Provenance.header("Whole run: " + name, outcome.command(), kernels(), Provenance.machine())
                + table(outcome.trained(), outcome.evaluated());
        System.out.print(page);
        Files.writeString(Path.of("bench/results/whole-run-" + name + ".md"), page, StandardCharsets.UTF_8);
    }

    /** The kernels that the command uses. */
    static String kernels() throws IOException, InterruptedException {
        return BenchProcess.json(List.of("./longtail", "info", "--json"))
                .path("kernels")
                .asString("");
    }

    private static String table(JsonNode trained, JsonNode evaluated) {
        StringBuilder table = new StringBuilder();
        row(table, "measure", "validation part", "test part");
        row(table, "---", "---", "---");
        for (String measure : List.of(
                "P@1", "P@3", "P@5", "nDCG@3", "nDCG@5", "R@5", "PSP@1", "PSP@3", "PSP@5", "macroF1@5", "coverage@5")) {
            row(table, measure + ", %", percent(trained, measure), percent(evaluated, measure));
        }
        row(table, "ECE@1, %", percent(trained, "ECE@1"), percent(evaluated, "ECE@1"));
        row(table, "A, B of PSP", constants(trained), constants(evaluated));
        row(
                table,
                "examples",
                trained.path("examples").asString(""),
                evaluated.path("examples").asString(""));
        table.append('\n');
        row(table, "cost", "train", "evaluate from text");
        row(table, "---", "---", "---");
        row(table, "wall, s", number(trained, "seconds", 1), number(evaluated, "seconds", 1));
        row(table, "CPU, s", number(trained, "cpuSeconds", 1), number(evaluated, "cpuSeconds", 1));
        row(table, "peak RSS, MB", number(trained, "peakRssBytes", 1e6), number(evaluated, "peakRssBytes", 1e6));
        row(table, "model, MB", number(trained, "modelBytes", 1e6), number(evaluated, "modelBytes", 1e6));
        return table.toString();
    }

    private static void row(StringBuilder table, String first, String second, String third) {
        table.append("| ")
                .append(first)
                .append(" | ")
                .append(second)
                .append(" | ")
                .append(third)
                .append(" |\n");
    }

    private static String percent(JsonNode json, String measure) {
        return json.has(measure)
                ? String.format(Locale.ROOT, "%.2f", 100 * json.get(measure).asDouble())
                : "";
    }

    private static String number(JsonNode json, String field, double unit) {
        return json.has(field)
                ? String.format(Locale.ROOT, "%.1f", json.get(field).asDouble() / unit)
                : "";
    }

    private static String constants(JsonNode json) {
        return json.path("propensityA").asString("") + ", "
                + json.path("propensityB").asString("");
    }
}
