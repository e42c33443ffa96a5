package dev.longtail.bench.peer;

import dev.longtail.data.EncodedExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Question: what does one system reach on one data set, and at what cost? Runs in a process of its own, so that its
 * memory is its own.
 *
 * @param ngrams  longest run of words that is a feature, 0 for that of the base preset
 * @param threads of the systems that let us choose
 */
public record PeerRun(Peer peer, PeerFiles files, int ngrams, int threads) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_LABELS = "-";

    /** A process may take most of the machine's memory but is to give back what it does not use. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-XX:MaxRAMPercentage=70", "-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

    /**
     * Runs the system in a new process.
     *
     * @param scratch folder for its files
     * @return measures by name, then trainCpuSeconds, predictCpuSeconds, peakRssBytes and modelBytes; or notRun, the
     *     reason
     */
    public JsonNode start(Path scratch) throws IOException, InterruptedException {
        Path labels = files.labels();
        Path answer = scratch.resolve("answer.json");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PeerRun.class.getName(),
                peer.name(),
                files.train().toString(),
                files.test().toString(),
                labels == null ? NO_LABELS : labels.toString(),
                "" + ngrams,
                "" + threads,
                scratch.toString()));
        System.err.println(String.join(" ", command.subList(command.indexOf("-cp") + 2, command.size())));
        ProcessCost.run(command, answer);
        return JSON.readTree(answer.toFile());
    }

    /** Arguments: as {@link #start} gives them. Prints one JSON object. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path labels = arguments[3].equals(NO_LABELS) ? null : Path.of(arguments[3]);
        PeerRun run = new PeerRun(
                Peer.valueOf(arguments[0]),
                files(arguments, labels),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
        System.out.println(JSON.writeValueAsString(run.measure(Path.of(arguments[6]))));
    }

    private static PeerFiles files(String[] arguments, @Nullable Path labels) {
        return new PeerFiles(Path.of(arguments[1]), Path.of(arguments[2]), labels);
    }

    /** Trains and measures in this process. */
    ObjectNode measure(Path scratch) throws IOException, InterruptedException {
        ObjectNode outcome = JSON.createObjectNode();
        Contender contender = peer.contender(threads, scratch);
        try (PeerData data = PeerData.open(files, ngrams, scratch)) {
            outcome.put("trainExamples", data.train().size());
            outcome.put("features", data.features());
            outcome.put("labels", data.labels().size());
            outcome.put("ngrams", data.texts() ? data.text().wordNgrams() : 0);
            String obstacle = contender.obstacle(data);
            if (obstacle != null) {
                return outcome.put("notRun", obstacle);
            }
            contender.train(data);
            double train = contender.cpuSeconds();
            outcome.put("trainCpuSeconds", train);
            outcome.put("peakRssBytes", contender.peakRssBytes());
            outcome.put("modelBytes", contender.modelBytes());
            try (EncodedExamples test = data.encodeTest()) {
                List<int[]> best = contender.rank(data, test.examples());
                outcome.put("predictCpuSeconds", contender.cpuSeconds() - train);
                outcome.put("testExamples", test.examples().size());
                data.measure(test.examples(), best)
                        .toMap()
                        .forEach((name, value) -> outcome.put(name, value.doubleValue()));
            }
        }
        return outcome;
    }
}
