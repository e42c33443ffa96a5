package dev.longtail.bench;

import dev.longtail.bench.load.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Question: how soon is {@code longtail serve} ready, with the archive of classes that the script keeps and without?
 * Starts servers in turn, so that what else the machine does meets all alike, and prints a row for each way.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.ServerStart MODEL STARTS [NAME=OPTIONS]...
 * </pre>
 *
 * Each NAME is another way, with these arguments of the Java machine.
 */
public final class ServerStart {

    private static final Path RESULT = Path.of("bench/results/server-start.md");

    private ServerStart() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: ServerStart MODEL STARTS [NAME=OPTIONS]...");
        }
        Path model = Path.of(arguments[0]);
        int starts = Integer.parseInt(arguments[1]);
        String page = Provenance.header(
                        "Starts of a server",
                        "ServerStart MODEL "
                                + String.join(" ", Arrays.asList(arguments).subList(1, arguments.length)),
                        "those of `./longtail`",
                        Provenance.machine())
                + "From the start of the process to the answer of /health/ready, of " + starts
                + " starts in turn each.\n\n"
                + table(model, starts, ways(arguments));
        System.out.print(page);
        Files.writeString(RESULT, page, StandardCharsets.UTF_8);
    }

    private static Map<String, String> ways(String[] arguments) {
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("with the archive", "");
        // Java's own archive, which holds no class of Longtail
        Path own = Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa");
        ways.put("without", "-XX:SharedArchiveFile=" + own);
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a way is NAME=OPTIONS, got " + arguments[i]);
            }
            ways.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        return ways;
    }

    private static String table(Path model, int starts, Map<String, String> ways) throws IOException {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        Map<String, double[]> processor = new LinkedHashMap<>();
        for (int start = -1; start < starts; start++) { // the first one brings files into memory, and is not counted
            for (Map.Entry<String, String> way : ways.entrySet()) {
                try (ServerProcess server = ServerProcess.start(model, way.getValue())) {
                    if (start >= 0) {
                        seconds.computeIfAbsent(way.getKey(), name -> new double[starts])[start] =
                                server.startSeconds();
                        processor.computeIfAbsent(way.getKey(), name -> new double[starts])[start] =
                                server.cpuSeconds();
                    }
                }
            }
        }
        StringBuilder table = new StringBuilder("| | seconds, median | least | most | processor seconds, median |\n");
        table.append("|---|---:|---:|---:|---:|\n");
        for (String way : ways.keySet()) {
            double[] sorted = sorted(seconds, way);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                    way,
                    sorted[starts / 2],
                    sorted[0],
                    sorted[starts - 1],
                    sorted(processor, way)[starts / 2]));
        }
        return table.toString();
    }

    private static double[] sorted(Map<String, double[]> measured, String way) {
        double[] sorted = measured.getOrDefault(way, new double[0]).clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
