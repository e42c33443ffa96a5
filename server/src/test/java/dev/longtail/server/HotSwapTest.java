package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.server.serving.ModelFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class HotSwapTest {

    private static final String[] AUTHORIZED = {"Authorization", "Bearer " + RunningServer.TOKEN};

    @TempDir
    private Path folder;

    private Path models;

    private RunningServer start() throws IOException {
        models = folder.resolve("models.txt");
        serve(TinyModels.FIRST);
        return new RunningServer(ModelFolders.file(models), RunningServer.token(), Map.of("queue", "100"));
    }

    private void serve(Path model) throws IOException {
        Files.writeString(models, "# one model\nmine = " + model + "\n");
    }

    private static Answer reload(RunningServer running) {
        return running.post("/v1/models/mine/reload", "", AUTHORIZED);
    }

    @Test
    @Timeout(60)
    void noRequestIsLostWhileModelsAreExchanged() throws Exception {
        int clients = 4;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        try (RunningServer running = start()) {
            List<Future<?>> running4 = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int label = client;
                running4.add(threads.submit(() -> {
                    while (!enough.get()) {
                        ask(running, label, seen, wrong);
                        answered.incrementAndGet();
                    }
                }));
            }
            for (int swap = 0; swap < 20; swap++) {
                int before = answered.get();
                serve(swap % 2 == 0 ? TinyModels.SECOND : TinyModels.FIRST);
                assertThat(reload(running).json().path("generation").intValue()).isEqualTo(swap + 2);
                while (answered.get() < before + 2 * clients) { // each model answers
                    Thread.sleep(1);
                }
            }
            enough.set(true);
            for (Future<?> client : running4) {
                client.get(20, TimeUnit.SECONDS);
            }
            assertThat(wrong).isEmpty();
            assertThat(answered.get()).isGreaterThan(20 * 2 * clients);
            assertThat(seen).containsExactlyInAnyOrder("first", "second");
            assertThat(running.told.stream().filter(request -> request.status() != 200))
                    .isEmpty();
            // the models that were replaced are closed
            assertThat(running.server.models().open()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks for two texts: both answers must be of the same model. */
    private static void ask(RunningServer running, int label, Set<String> seen, ConcurrentLinkedQueue<String> wrong) {
        Answer answer = running.post(
                "/v1/models/mine/suggest",
                "{\"limit\":2,\"texts\":[\"" + TinyModels.text(label) + "\",\"" + TinyModels.text(label + 5) + "\"]}");
        JsonNode results = answer.json().path("results");
        String id = results.at("/0/suggestions/0/id").asString("");
        String model = id.replaceFirst("<http://(\\w+)\\.example/.*", "$1");
        boolean right = answer.status() == 200
                && id.equals("<http://" + model + ".example/" + label + ">")
                && results.at("/1/suggestions/0/id")
                        .asString("")
                        .equals("<http://" + model + ".example/" + (label + 5) + ">");
        seen.add(model);
        if (!right) {
            wrong.add(answer.status() + " " + answer.body());
        }
    }

    @Test
    void aModelThatCannotBeReadDoesNotReplaceOneThatCan() throws IOException {
        try (RunningServer running = start()) {
            Path damaged = Files.createDirectory(folder.resolve("damaged"));
            try (var files = Files.list(TinyModels.SECOND)) {
                for (Path file : files.toList()) {
                    Files.copy(file, damaged.resolve(file.getFileName()));
                }
            }
            Files.writeString(damaged.resolve("labels.tsv"), "other\tlabels\t1\n");
            serve(damaged);
            assertThat(reload(running).code()).isEqualTo("reload-failed");
            assertThat(reload(running).body()).doesNotContain("damaged");
            serve(folder.resolve("nowhere"));
            assertThat(reload(running).status()).isEqualTo(409);
            Files.writeString(models, "other = " + TinyModels.SECOND + "\n");
            assertThat(reload(running).status()).isEqualTo(409);
            Files.writeString(models, "nonsense\n");
            assertThat(reload(running).status()).isEqualTo(409);

            JsonNode model = running.get("/v1/models/mine").json();
            assertThat(model.path("generation").intValue()).isEqualTo(1);
            assertThat(running.post("/v1/models/mine/suggest", "{\"text\":\"word1\"}")
                            .json()
                            .at("/suggestions/0/name")
                            .stringValue())
                    .isEqualTo("first 1");
            assertThat(running.server.models().open()).isEqualTo(1);
        }
    }
}
