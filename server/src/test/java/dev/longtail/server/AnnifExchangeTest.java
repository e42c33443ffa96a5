package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exchange with Annif's backend of kind http (annif/backend/http.py): its requests as the library requests sends
 * them, with the answers. The backend sends a text at a time, never learns, and asks for the project at the endpoint
 * without /suggest.
 */
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

    /** Sends what the client of the backend sends, byte by byte: it puts the host first. */
    private static Answer replay(JsonNode request) throws IOException {
        StringBuilder bytes = new StringBuilder(request.path("method").stringValue())
                .append(' ')
                .append(request.path("path").stringValue())
                .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(running.server.port())
                .append("\r\n");
        request.path("headers")
                .properties()
                .forEach(header -> bytes.append(header.getKey())
                        .append(": ")
                        .append(header.getValue().stringValue())
                        .append("\r\n"));
        return running.kept(
                bytes.append("\r\n").append(request.path("body").asString("")).toString());
    }

    /**
     * The suggestions that the backend takes from an answer: the results, or a list without that name around it; of
     * these the URI and the score of those with a score above 0. An answer from 400 on would be none.
     */
    private static List<String> taken(Answer answer) {
        assertThat(answer.status()).isLessThan(400);
        JsonNode json = answer.json();
        List<String> uris = new ArrayList<>();
        for (JsonNode hit : json.has("results") ? json.path("results") : json) {
            double score = hit.path("score").doubleValue();
            assertThat(score).isGreaterThan(0).isLessThanOrEqualTo(1);
            uris.add(hit.path("uri").stringValue());
        }
        return uris;
    }

    @TestFactory
    Stream<DynamicTest> everyRequestOfTheRecordIsAnsweredAsInTheRecord() {
        assertThat(exchange.size()).isEqualTo(8);
        return exchange.valueStream()
                .map(step -> DynamicTest.dynamicTest(step.path("what").stringValue(), () -> check(step)));
    }

    private static void check(JsonNode step) throws IOException {
        Answer answer = replay(step.path("request"));
        JsonNode recorded = step.path("answer");
        assertThat(answer.status()).isEqualTo(recorded.path("status").intValue());
        assertThat(answer.type()).isEqualTo(recorded.path("type").stringValue());
        JsonNode body = recorded.path("body");
        requireSame(body, answer.json(), "");
        if (body.has("is_trained")) {
            assertThat(answer.json().path("is_trained").booleanValue()).isTrue();
            // ISO 8601 with an offset, or this throws
            OffsetDateTime.parse(answer.json().path("modification_time").stringValue());
        } else {
            assertThat(taken(answer))
                    .doesNotHaveDuplicates()
                    .hasSize(body.path("results").size());
        }
    }

    /** The same but for the time of the training and, as arithmetic differs between machines, the last digits. */
    private static void requireSame(JsonNode recorded, JsonNode given, String where) {
        assertThat(given.getNodeType()).as(where).isEqualTo(recorded.getNodeType());
        if (recorded.isObject()) {
            assertThat(given.propertyNames()).as(where).containsExactlyElementsOf(recorded.propertyNames());
            recorded.properties()
                    .forEach(field ->
                            requireSame(field.getValue(), given.path(field.getKey()), where + "/" + field.getKey()));
        } else if (recorded.isArray()) {
            assertThat(given.size()).as(where).isEqualTo(recorded.size());
            for (int i = 0; i < recorded.size(); i++) {
                requireSame(recorded.get(i), given.get(i), where + "/" + i);
            }
        } else if (recorded.isNumber()) {
            assertThat(given.doubleValue()).as(where).isCloseTo(recorded.doubleValue(), within(0.01));
        } else if (!where.endsWith("modification_time") && !where.matches("/results/[1-9].*")) {
            // labels that the text says nothing of may change places
            assertThat(given).as(where).isEqualTo(recorded);
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
