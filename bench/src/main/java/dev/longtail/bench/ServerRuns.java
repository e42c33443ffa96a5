package dev.longtail.bench;

import dev.longtail.bench.load.Clients;
import dev.longtail.bench.load.Latencies;
import dev.longtail.bench.load.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Questions: how soon is a server ready, how many texts a second does it answer one by one, how long does an answer
 * take at half that rate, what do fifty exchanges of the model cost those who ask meanwhile, and does memory stay where
 * it is over a million requests? Starts {@code ./longtail serve} on this machine, which the clients share with it.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.ServerRuns MODEL TEXTS.tsv.gz [REQUESTS]
 * </pre>
 */
public final class ServerRuns {

    private static final Path RESULT = Path.of("bench/results/server-load.md");
    private static final int STARTS = 5;
    private static final int CLIENTS = 8;
    private static final int TEXTS = 20_000;
    private static final int WARM_UP = 60_000;
    private static final int PART = 60_000;
    private static final int EXCHANGES = 50;
    private static final int SLICES = 10;

    private final Path model;
    private final List<byte[]> bodies;
    private final StringBuilder page = new StringBuilder();

    private ServerRuns(Path model, List<byte[]> bodies) {
        this.model = model;
        this.bodies = bodies;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: ServerRuns MODEL TEXTS.tsv.gz [REQUESTS]");
        }
        long requests = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1_000_000;
        ServerRuns runs = new ServerRuns(Path.of(arguments[0]), bodies(Path.of(arguments[1])));
        runs.page.append(Provenance.header(
                "A server under load",
                "ServerRuns MODEL " + Path.of(arguments[1]).getFileName() + " " + requests,
                "those of `./longtail`",
                Provenance.machine() + ", which the clients share with the server"));
        runs.starts();
        runs.load(requests);
        System.out.print(runs.page);
        Files.writeString(RESULT, runs.page, StandardCharsets.UTF_8);
    }

    private static List<byte[]> bodies(Path file) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && bodies.size() < TEXTS; line = in.readLine()) {
                String body = JsonNodeFactory.instance
                        .objectNode()
                        .put("text", line.substring(0, line.indexOf('\t')))
                        .toString();
                bodies.add(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bodies;
    }

    private void starts() throws IOException {
        double[] seconds = new double[STARTS];
        double[] processor = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (ServerProcess server = ServerProcess.start(model)) {
                seconds[i] = server.startSeconds();
                processor[i] = server.cpuSeconds();
            }
        }
        Arrays.sort(seconds);
        Arrays.sort(processor);
        say(
                "From the start of the process to the answer of /health/ready: %.2f s at the median of %d starts"
                        + " (%.2f to %.2f), %.2f s of processor time.%n%n",
                seconds[STARTS / 2], STARTS, seconds[0], seconds[STARTS - 1], processor[STARTS / 2]);
    }

    private void load(long requests) throws Exception {
        try (ServerProcess server = ServerProcess.start(model)) {
            Clients clients = new Clients(server.suggest(), bodies, CLIENTS);
            clients.asFastAsAnswered(WARM_UP);
            page.append(Latencies.HEAD);
            double before = server.cpuSeconds();
            Latencies fast = clients.asFastAsAnswered(PART);
            double perText = (server.cpuSeconds() - before) / PART;
            row("as fast as " + CLIENTS + " clients can", fast);
            double half = fast.perSecond() / 2;
            row("at half of that", clients.atRate(half, PART));
            exchanges(server, clients, half);
            say(
                    "%nThe server spends %.0f microseconds of processor time on a request at full load; the rest of the"
                            + " machine's time is the clients'.%n%n",
                    1e6 * perText);
            memory(server, clients, requests);
        }
    }

    private void exchanges(ServerProcess server, Clients clients, double perSecond) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try {
            Future<Double> exchanged = operator.submit(() -> exchange(server));
            List<Latencies> meanwhile = new ArrayList<>();
            while (!exchanged.isDone()) {
                meanwhile.add(clients.atRate(perSecond, Math.round(perSecond)));
            }
            double each = exchanged.get();
            row(
                    String.format(
                            Locale.ROOT,
                            "the same, while the model is exchanged %d times, %.2f s each",
                            EXCHANGES,
                            each),
                    Latencies.of(meanwhile));
        } catch (ExecutionException e) {
            throw new IOException("the model could not be exchanged", e);
        } finally {
            operator.shutdownNow();
        }
    }

    /** Mean seconds of an exchange. */
    private static double exchange(ServerProcess server) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < EXCHANGES; i++) {
            int status = server.reload();
            if (status != 200) {
                throw new IOException("reload " + (i + 1) + " was answered with " + status);
            }
        }
        return (System.nanoTime() - start) / 1e9 / EXCHANGES;
    }

    private void memory(ServerProcess server, Clients clients, long requests) throws Exception {
        say("Memory of the process over %,d further requests, as fast as they are answered:%n%n", requests);
        say("| requests | resident MB |%n|---|---|%n| 0 | %.0f |%n", server.residentBytes() / 1e6);
        long errors = 0;
        for (int slice = 1; slice <= SLICES; slice++) {
            errors += clients.asFastAsAnswered(requests / SLICES).errors();
            say("| %,d | %.0f |%n", slice * (requests / SLICES), server.residentBytes() / 1e6);
        }
        say(
                "%nErrors among them: %d. Most that the process has ever had: %.0f MB.%n",
                errors, server.peakBytes() / 1e6);
    }

    private void row(String title, Latencies latencies) {
        page.append(latencies.row(title));
        System.err.print(latencies.row(title));
    }

    private void say(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        page.append(text);
        System.err.print(text);
    }
}
