package dev.longtail.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Question: how many requests a second does a running server answer, and how long does one take? Some clients, each
 * with a connection that stays open, ask for one text after the other, first to warm up and then measured. Prints a row
 * of a table; an answer other than 200, or no suggestions for most texts, ends the run.
 *
 * <pre>
 *   longtail serve --model MODEL --no-request-log
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.ServerLoad \
 *       http://127.0.0.1:8080/v1/models/NAME/suggest TEXTS.tsv.gz CLIENTS [SECONDS]
 * </pre>
 */
public final class ServerLoad {

    private static final int MOST_TEXTS = 20_000;

    private final URI address;
    private final List<String> bodies;

    private ServerLoad(URI address, List<String> bodies) {
        this.address = address;
        this.bodies = bodies;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("usage: ServerLoad ADDRESS TEXTS.tsv.gz CLIENTS [SECONDS]");
        }
        int clients = Integer.parseInt(arguments[2]);
        double seconds = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 20;
        ServerLoad load = new ServerLoad(URI.create(arguments[0]), bodies(Path.of(arguments[1])));
        load.run(clients, seconds / 2);
        long start = System.nanoTime();
        double[] milliseconds = load.run(clients, seconds);
        double took = (System.nanoTime() - start) / 1e9;
        System.out.println("| clients | requests | requests/s | median ms | 90 % ms | 99 % ms | longest ms |");
        System.out.println("|---|---|---|---|---|---|---|");
        System.out.printf(
                Locale.ROOT,
                "| %d | %,d | %,.0f | %.2f | %.2f | %.2f | %.1f |%n",
                clients,
                milliseconds.length,
                milliseconds.length / took,
                part(milliseconds, 0.5),
                part(milliseconds, 0.9),
                part(milliseconds, 0.99),
                milliseconds[milliseconds.length - 1]);
    }

    private static double part(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static List<String> bodies(Path file) throws IOException {
        List<String> bodies = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && bodies.size() < MOST_TEXTS; line = in.readLine()) {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                bodies.add(body.put("text", line.substring(0, line.indexOf('\t')))
                        .put("limit", 10)
                        .toString());
            }
        }
        return bodies;
    }

    /** Milliseconds of each request, sorted. */
    private double[] run(int clients, double seconds) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            List<Future<List<Double>>> futures = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int first = client;
                futures.add(threads.submit(() -> ask(first, clients, end)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> future : futures) {
                all.addAll(future.get());
            }
            return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Double> ask(int first, int clients, long end) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Double> milliseconds = new ArrayList<>();
        int empty = 0;
        for (int i = first; System.nanoTime() < end; i += clients) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(bodies.get(i % bodies.size())))
                    .build();
            long start = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            milliseconds.add((System.nanoTime() - start) / 1e6);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
            }
            empty += answer.body().contains("\"suggestions\":[]") ? 1 : 0;
        }
        if (2 * empty > milliseconds.size()) {
            throw new IllegalStateException(empty + " of " + milliseconds.size() + " answers are empty");
        }
        return milliseconds;
    }
}
