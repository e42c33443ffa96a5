package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Labels that change and feedback that is learned while the model is served. */
final class LivingApiTest {

    private static final String[] AUTHORIZED = {"Authorization", "Bearer " + RunningServer.TOKEN};
    private static final String TEXT = "{\"text\": \"the word3 of history\"}";

    @TempDir
    private Path folder;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException {
        Path model = Files.createDirectory(folder.resolve("mine"));
        try (var files = Files.list(TinyModels.FIRST)) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        running = new RunningServer(
                ModelFolders.of(List.of(new ModelSource("mine", model))),
                RunningServer.token(),
                Map.of("maxTextLength", "200", "queue", "100"));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private Answer change(String path, String body) {
        return running.post("/v1/models/mine/" + path, body, AUTHORIZED);
    }

    private List<String> suggested() {
        List<String> ids = new ArrayList<>();
        Answer answer = running.post("/v1/models/mine/suggest", TEXT);
        assertThat(answer.status()).isEqualTo(200);
        answer.json()
                .path("suggestions")
                .forEach(found -> ids.add(found.path("id").asString()));
        return ids;
    }

    private JsonNode suggestions() {
        return running.post("/v1/models/mine/suggest", TEXT).json().path("suggestions");
    }

    @Test
    void feedbackIsLearnedAndUndone() {
        JsonNode before = suggestions();
        String body = "{\"text\": \"the word3 of history\", \"accepted\": [\"http://first.example/7\"],"
                + " \"rejected\": [\"<http://first.example/3>\"]}";
        for (int number = 1; number <= 8; number++) {
            Answer answer = change("feedback", body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("model").asString()).isEqualTo("mine");
            assertThat(answer.json().path("sequence").asInt()).isEqualTo(number);
        }
        assertThat(suggested().get(0)).isEqualTo("<http://first.example/7>");
        assertThat(change("feedback/undo", "{\"sequence\": [3, 4]}")
                        .json()
                        .path("sequence")
                        .asInt())
                .isEqualTo(9);
        assertThat(change("feedback/undo", "{\"last\": 6}")
                        .json()
                        .path("sequence")
                        .asInt())
                .isEqualTo(10);
        assertThat(suggestions()).isEqualTo(before);
        assertThat(running.get("/v1/models/mine").json().path("generation").asInt())
                .isEqualTo(11);
    }

    @Test
    void labelsComeAndGo() {
        Answer answer = change(
                "labels",
                "{\"edits\": [{\"retire\": \"http://first.example/3\"},"
                        + " {\"add\": \"http://first.example/new\", \"name\": \"word3\","
                        + " \"examples\": [\"the word3 of history\"]},"
                        + " {\"rename\": \"http://first.example/4\", \"name\": \"four\"}]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("labels").asInt()).isEqualTo(TinyModels.LABELS);
        assertThat(answer.json().path("added").asInt()).isEqualTo(1);
        assertThat(answer.json().path("unlearned")).isEmpty();
        assertThat(suggested()).contains("<http://first.example/new>").doesNotContain("<http://first.example/3>");
        Answer again = change("labels", "{\"edits\": [{\"retire\": \"http://first.example/3\"}]}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().path("error").path("message").asString()).contains("was retired before");
    }

    @Test
    void annifTeachesAsItTeachesItsProjects() {
        String body = "[{\"text\": \"the word3 of history\", \"subjects\": [{\"uri\": \"http://first.example/7\","
                + " \"label\": \"first 7\"}, {\"uri\": \"http://unknown.example/1\"}]}, {\"text\": \"nothing\"}]";
        for (int i = 0; i < 12; i++) {
            Answer answer = running.post("/v1/projects/mine/learn", body, AUTHORIZED);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(suggested().subList(0, 2)).contains("<http://first.example/7>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feedback      | {\"text\": \"x\"}                                | 400 | invalid-change",
                "feedback      | {\"accepted\": [\"a\"]}                          | 400 | missing-text",
                "feedback      | {\"text\": \"x\", \"accepted\": [\"a\"]}         | 400 | invalid-change",
                "feedback      | {\"text\": \"x\", \"accepted\": \"a\"}           | 400 | invalid-change",
                "feedback      | {\"text\": \"x\", \"rejected\": [1]}             | 400 | invalid-change",
                "feedback      | []                                               | 400 | invalid-json",
                "feedback/undo | {}                                               | 400 | invalid-change",
                "feedback/undo | {\"last\": 1}                                    | 400 | invalid-change",
                "feedback/undo | {\"last\": 0}                                    | 400 | invalid-change",
                "feedback/undo | {\"last\": 1, \"sequence\": [1]}                 | 400 | invalid-change",
                "feedback/undo | {\"sequence\": []}                               | 400 | invalid-change",
                "feedback/undo | {\"sequence\": [1]}                              | 400 | invalid-change",
                "labels        | {}                                               | 400 | invalid-change",
                "labels        | {\"edits\": [3]}                                 | 400 | invalid-change",
                "labels        | {\"edits\": [{}]}                                | 400 | invalid-change",
                "labels        | {\"edits\": [{\"retire\": \"unknown\"}]}         | 400 | invalid-change",
            })
    void wrongChangesAreRefused(String path, String body, int status, String code) {
        Answer answer = change(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(running.get("/v1/models/mine").json().path("generation").asInt())
                .isEqualTo(1);
        assertThat(folder.resolve("mine.feedback")).doesNotExist();
    }

    @Test
    void textsAreBounded() {
        String body = "{\"text\": \"" + "x".repeat(201) + "\", \"accepted\": [\"http://first.example/7\"]}";
        assertThat(change("feedback", body).status()).isEqualTo(413);
    }

    @Test
    void changesNeedTheToken() throws IOException {
        for (String path : List.of(
                "models/mine/feedback", "models/mine/feedback/undo", "models/mine/labels", "projects/mine/learn")) {
            assertThat(running.post("/v1/" + path, "{}").status()).isEqualTo(401);
        }
        running.close();
        running = new RunningServer(
                ModelFolders.of(List.of(new ModelSource("mine", folder.resolve("mine")))), Optional.empty(), Map.of());
        assertThat(change("feedback", "{}").status()).isEqualTo(403);
    }

    @Test
    void whatWasLearnedIsThereAfterARestart() throws IOException {
        change("feedback", "{\"text\": \"the word3 of history\", \"rejected\": [\"http://first.example/3\"]}");
        JsonNode learned = suggestions();
        running.close();
        running = new RunningServer(
                ModelFolders.of(List.of(new ModelSource("mine", folder.resolve("mine")))),
                RunningServer.token(),
                Map.of());
        assertThat(suggestions()).isEqualTo(learned);
        assertThat(change("feedback/undo", "{\"last\": 1}")
                        .json()
                        .path("sequence")
                        .asInt())
                .isEqualTo(2);
    }

    /** Every answer is that of one state: before a change, or behind it. */
    @Test
    @Timeout(120)
    void questionsNeverSeeHalfAChange() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < 3; client++) {
            clients.add(threads.submit(() -> {
                while (!enough.get()) {
                    List<String> ids = suggested();
                    boolean one = ids.contains("<http://first.example/3>");
                    boolean other = ids.contains("<http://first.example/new>");
                    wrong.addAndGet(one == other ? 1 : 0);
                    answered.incrementAndGet();
                }
            }));
        }
        for (int round = 0; round < 5; round++) {
            assertThat(change(
                                    "labels",
                                    "{\"edits\": [{\"retire\": \"http://first.example/3\"}, {\"add\":"
                                            + " \"http://first.example/new\", \"name\": \"word3\", \"revive\": true}]}")
                            .status())
                    .isEqualTo(200);
            assertThat(change(
                                    "labels",
                                    "{\"edits\": [{\"retire\": \"http://first.example/new\"}, {\"add\":"
                                            + " \"http://first.example/3\", \"name\": \"word3\", \"revive\": true}]}")
                            .status())
                    .isEqualTo(200);
        }
        enough.set(true);
        for (Future<?> client : clients) {
            client.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(answered.get()).isPositive();
        assertThat(wrong.get()).isZero();
    }
}
