package dev.longtail.bench;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.matrix.TensorPages;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Question: what does a model lose whose words are sparse as its labels are? Trains the same tagging model with a dense
 * word table, with anchors, and with hashed and low-rank tables of as many bytes as the anchors take, by the command
 * line, and evaluates each on the test part. {@code arm} is a model of the embedding arm alone, {@code base} the
 * preset.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.BothEnds ../shared/data/finna-yso-en arm
 * </pre>
 *
 * Further arguments are names of tables, to train those only.
 */
public final class BothEnds {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What all tables of a model have in common. */
    private static final Map<String, List<String>> MODELS = Map.of(
            "arm",
            List.of(
                    "--preset=base",
                    "--set=train.association.slots=0",
                    "--set=train.negatives=0",
                    "--set=train.direct.candidates=0",
                    "--set=text.wordNgrams=1",
                    "--set=text.minFrequency=2",
                    "--set=model.table.dimension=512",
                    "--set=model.output.fanIn=32",
                    "--set=model.storedBits=32"),
            "base",
            List.of("--preset=base"));

    /** A tenth of the dense table: of 92,437 words of 512 numbers, and of 62,000 words of 240 bytes. */
    private static Map<String, List<String>> tables(String model) {
        boolean arm = model.equals("arm");
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("dense", List.of());
        tables.put(
                "anchors",
                List.of(
                        "--set=model.table.kind=anchors",
                        "--set=anchors.count=" + (arm ? 1000 : 250),
                        "--set=anchors.links=4",
                        "--set=anchors.growth=2",
                        "--set=anchors.mostLinks=" + (arm ? 64 : 7),
                        "--set=anchors.anchorRate=0.2",
                        "--set=tableOptimizer.learningRate=0.5",
                        "--set=anchors.penalty.rows=touched",
                        "--set=anchors.penalty.l1=1e-4"));
        tables.put("hashed", List.of("--set=model.table.kind=hashed", "--set=buckets=" + (arm ? 9200 : 6000)));
        tables.put(
                "low-rank",
                List.of(
                        "--set=model.table.kind=anchors",
                        "--set=anchors.count=" + (arm ? 50 : 11),
                        "--set=anchors.links=0",
                        "--set=anchors.penalty.domain=signed",
                        "--set=anchors.penalty.l1=0"));
        return tables;
    }

    private BothEnds() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2 || !MODELS.containsKey(arguments[1])) {
            throw new IllegalArgumentException("arguments are FOLDER and arm or base, then names of tables");
        }
        String model = arguments[1];
        List<String> names = List.of(arguments).subList(2, arguments.length);
        String command = "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.BothEnds "
                + String.join(" ", arguments);
        StringBuilder page = new StringBuilder(
                Provenance.header("Both ends sparse: " + model, command, WholeRun.kernels(), Provenance.machine()));
        page.append("Every model is trained with `longtail train ")
                .append(String.join(" ", MODELS.get(model)))
                .append("` and the settings of its table, and measured on the test part.\n\n"
                        + "| word table | settings | links a word | table, MB | of the dense one | P@1 validation |"
                        + " P@1 test"
                        + " | lost | P@3 | P@5 | PSP@5 | train, CPU s | peak RSS, MB |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        double[] dense = new double[2];
        for (Map.Entry<String, List<String>> table : tables(model).entrySet()) {
            if (names.isEmpty() || names.contains(table.getKey())) {
                String row = row(Path.of(arguments[0]), model, table, dense);
                System.out.print(row);
                page.append(row);
            }
        }
        System.out.print(page);
        Files.writeString(Path.of("bench/results/both-ends-" + model + ".md"), page, StandardCharsets.UTF_8);
    }

    /** @param dense bytes and test P@1 of the dense table, set by its row */
    private static String row(Path data, String model, Map.Entry<String, List<String>> table, double[] dense)
            throws IOException, InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.create("longtail-both-ends-")) {
            Path folder = scratch.path().resolve("model");
            List<String> train = new ArrayList<>(List.of("./longtail", "train", "--json"));
            train.addAll(MODELS.get(model));
            train.addAll(table.getValue());
            for (String part : List.of("train", "validate", "labels")) {
                train.add("--" + part + "=" + data.resolve(part + ".tsv.gz"));
            }
            train.add("--model=" + folder);
            JsonNode trained = run(train);
            String test = data.resolve("test.tsv.gz").toString();
            JsonNode tested =
                    run(List.of("./longtail", "evaluate", "--json", "--model", folder.toString(), "--test", test));
            InputTable stored = LabelModelFolder.read(folder).model().table();
            double bytes = stored.tensors().stream()
                    .mapToLong(TensorPages::checkedBytes)
                    .sum();
            if (table.getKey().equals("dense")) {
                dense[0] = bytes;
                dense[1] = tested.path("P@1").asDouble();
            }
            String links = stored instanceof AnchorTable anchors
                    ? String.format(Locale.ROOT, "%.1f", anchors.transform().nnz() / (double) anchors.features())
                    : "";
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f | %.3f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f |%n",
                    table.getKey(),
                    String.join(" ", table.getValue()).replace("--set=", ""),
                    links,
                    bytes / 1e6,
                    bytes / dense[0],
                    100 * trained.path("P@1").asDouble(),
                    100 * tested.path("P@1").asDouble(),
                    100 * (dense[1] - tested.path("P@1").asDouble()),
                    100 * tested.path("P@3").asDouble(),
                    100 * tested.path("P@5").asDouble(),
                    100 * tested.path("PSP@5").asDouble(),
                    trained.path("cpuSeconds").asDouble(),
                    trained.path("peakRssBytes").asDouble() / 1e6);
        }
    }

    private static JsonNode run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return JSON.readTree(out);
    }
}
