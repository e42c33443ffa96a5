package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as Annif's backend of kind http sends them, and answers read as it reads them. */
final class AnnifExchangeTest {

    private static RunningServer running;
    private static JsonNode exchange;

    @BeforeAll
    static void start() throws IOException {
        running = RunningServer.ofTwo();
        try (InputStream stream = AnnifExchangeTest.class.getResourceAsStream("annif-exchange.json")) {
            exchange = JsonMapper.builder().build().readTree(Objects.requireNonNull(stream));
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Answer replay(JsonNode request) {
        List<String> headers = new ArrayList<>();
        request.path("headers").properties().forEach(header -> {
            headers.add(header.getKey());
            headers.add(header.getValue().stringValue());
        });
        return running.send(
                request.path("method").stringValue(),
                request.path("path").stringValue(),
                request.path("body").asString("").getBytes(StandardCharsets.UTF_8),
                headers.toArray(String[]::new));
    }

    /** What the backend makes of an answer: results or a bare list, of which it takes those with a score above 0. */
    private static List<String> uris(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = answer.json();
        List<String> uris = new ArrayList<>();
        for (JsonNode hit : json.has("results") ? json.path("results") : json) {
            double score = hit.path("score").doubleValue();
            assertThat(score).isGreaterThan(0).isLessThanOrEqualTo(1);
            uris.add(hit.path("uri").stringValue());
        }
        return uris;
    }

    @Test
    void everyRequestOfTheRecordIsAnsweredAsTheBackendExpects() {
        assertThat(exchange.size()).isEqualTo(5);
        for (JsonNode step : exchange) {
            Answer answer = replay(step.path("request"));
            JsonNode expected = step.path("expected");
            assertThat(answer.status()).as(step.toString()).isEqualTo(200);
            if (expected.has("best")) {
                List<String> uris = uris(answer);
                assertThat(uris).first().isEqualTo(expected.path("best").stringValue());
                assertThat(uris).hasSizeLessThanOrEqualTo(expected.path("most").intValue());
                assertThat(uris).doesNotHaveDuplicates();
            } else {
                JsonNode value = answer.json().path(expected.path("field").stringValue());
                if (expected.path("field").stringValue().equals("is_trained")) {
                    assertThat(value.booleanValue()).isTrue();
                } else {
                    OffsetDateTime.parse(value.stringValue()); // ISO 8601 with an offset, or this throws
                }
            }
        }
    }

    @Test
    void theThresholdIsAProbability() {
        String form = "text=" + TinyModels.text(3).replace(' ', '+') + "&limit=20&threshold=";
        JsonNode all = suggest(form + "0").json().path("results");
        double second = all.path(1).path("score").doubleValue();
        JsonNode kept = suggest(form + second).json().path("results");
        assertThat(kept).isNotEmpty().hasSizeLessThan(all.size() + 1);
        kept.forEach(hit -> assertThat(hit.path("score").doubleValue()).isGreaterThanOrEqualTo(second));
        assertThat(suggest(form + "1.01").json().path("results").isEmpty()).isTrue();
    }

    private static Answer suggest(String form) {
        return running.send(
                "POST",
                "/v1/projects/first/suggest",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void aResultHasTheFieldsThatAnnifGives() {
        JsonNode hit = suggest("text=word5").json().at("/results/0");
        assertThat(hit.propertyNames()).containsExactly("uri", "label", "notation", "score");
        assertThat(hit.path("label").stringValue()).isEqualTo("first 5");
        assertThat(hit.path("notation").isNull()).isTrue();
    }

    @Test
    void batchesAreNotLimitedToThirtyTwo() {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            documents
                    .append(i == 0 ? "" : ",")
                    .append("{\"text\":\"")
                    .append(TinyModels.text(i % 20))
                    .append("\",\"document_id\":\"d")
                    .append(i)
                    .append("\"}");
        }
        JsonNode answers = running.post(
                        "/v1/projects/first/suggest-batch?limit=2", "{\"documents\":[" + documents + "]}")
                .json();
        assertThat(answers.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            JsonNode answer = answers.get(i);
            assertThat(answer.path("document_id").stringValue()).isEqualTo("d" + i);
            assertThat(answer.path("results").size()).isBetween(1, 2);
            assertThat(answer.at("/results/0/uri").stringValue()).isEqualTo("http://first.example/" + i % 20);
        }
    }

    @Test
    void modelsAreListedAsProjects() {
        JsonNode projects = running.get("/v1/projects").json().path("projects");
        assertThat(projects.valueStream()
                        .map(project -> project.path("project_id").stringValue()))
                .containsExactly("first", "plain");
        assertThat(projects.get(0)).isEqualTo(running.get("/v1/projects/first").json());
    }
}
