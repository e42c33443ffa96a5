package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PlainApiTest {

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running = RunningServer.ofTwo();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void modelsAreListedAndShown() {
        JsonNode models = running.get("/v1/models").json().path("models");
        assertThat(models.size()).isEqualTo(2);
        assertThat(models.path(0).path("name").stringValue()).isEqualTo("first");
        assertThat(models.path(0).path("labels").intValue()).isEqualTo(TinyModels.LABELS);
        assertThat(models.path(0).path("calibrated").booleanValue()).isTrue();
        assertThat(models.path(1)).isEqualTo(running.get("/v1/models/plain").json());
        assertThat(models.path(1).path("calibrated").booleanValue()).isFalse();
    }

    @Test
    void aTextGetsTheLabelsOfItsWords() {
        for (int label = 0; label < TinyModels.LABELS; label++) {
            Answer answer = running.post(
                    "/v1/models/first/suggest", "{\"text\":\"" + TinyModels.text(label) + "\",\"limit\":3}");
            JsonNode suggestions = answer.json().path("suggestions");
            assertThat(suggestions.size()).isEqualTo(3);
            assertThat(suggestions.path(0).path("id").stringValue()).isEqualTo("<http://first.example/" + label + ">");
            assertThat(suggestions.path(0).path("name").stringValue()).isEqualTo("first " + label);
            assertThat(suggestions.path(0).path("score").doubleValue())
                    .isGreaterThanOrEqualTo(suggestions.path(1).path("score").doubleValue());
            assertThat(suggestions.path(0).path("probability").doubleValue()).isGreaterThan(0.5);
        }
    }

    @Test
    void manyTextsAreAnsweredInTheirOrder() {
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < 150; i++) { // more than a predictor takes at once
            texts.append(i == 0 ? "\"" : ",\"").append(TinyModels.text(i % 20)).append('"');
        }
        JsonNode results = running.post("/v1/models/first/suggest", "{\"texts\":[" + texts + "],\"limit\":1}")
                .json()
                .path("results");
        assertThat(results.size()).isEqualTo(150);
        for (int i = 0; i < 150; i++) {
            assertThat(results.at("/" + i + "/suggestions/0/id").stringValue())
                    .isEqualTo("<http://first.example/" + i % 20 + ">");
        }
    }

    @Test
    void withoutALimitThereAreTen() {
        JsonNode json =
                running.post("/v1/models/first/suggest", "{\"text\":\"word1\"}").json();
        assertThat(json.path("suggestions").size()).isEqualTo(10);
    }

    @Test
    void whoAsksForMoreGetsTheSameAndMore() {
        String question = "{\"text\":\"" + TinyModels.text(6) + "\",\"limit\":";
        for (String model : new String[] {"first", "plain"}) {
            JsonNode ten = running.post("/v1/models/" + model + "/suggest", question + "10}")
                    .json();
            JsonNode all = running.post("/v1/models/" + model + "/suggest", question + "20}")
                    .json();
            assertThat(all.path("suggestions").size()).isGreaterThan(10);
            for (int i = 0; i < 10; i++) {
                assertThat(all.path("suggestions").get(i))
                        .isEqualTo(ten.path("suggestions").get(i));
            }
        }
    }

    @Test
    void theThresholdIsALeastScore() {
        String all = "{\"text\":\"" + TinyModels.text(4) + "\",\"limit\":5}";
        JsonNode scores = running.post("/v1/models/first/suggest", all).json().path("suggestions");
        double second = scores.path(1).path("score").doubleValue();
        JsonNode kept = running.post(
                        "/v1/models/first/suggest",
                        all.replace("}", ",\"threshold\":" + scores.path(1).path("score") + "}"))
                .json()
                .path("suggestions");
        assertThat(kept.size()).isBetween(1, 5);
        kept.forEach(one -> assertThat(one.path("score").doubleValue()).isGreaterThanOrEqualTo(second));
        scores.forEach(one -> assertThat(one.path("score").doubleValue() >= second)
                .isEqualTo(kept.valueStream().anyMatch(one::equals)));
    }

    @Test
    void aModelThatIsNotCalibratedTellsNoProbability() {
        JsonNode best = running.post("/v1/models/plain/suggest", "{\"text\":\"word2\"}")
                .json()
                .at("/suggestions/0");
        assertThat(best.path("id").stringValue()).isEqualTo("<http://plain.example/2>");
        assertThat(best.has("probability")).isFalse();
    }

    @Test
    void aTextOfUnknownWordsGetsNothing() {
        JsonNode json =
                running.post("/v1/models/first/suggest", "{\"text\":\"\"}").json();
        assertThat(json.path("suggestions").isEmpty()).isTrue();
    }

    @Test
    void aRequestKeepsItsIdWhenThatIsSafe() {
        assertThat(running.get("/v1/models", "X-Request-Id", "abc-1.2_3").headers())
                .containsEntry("x-request-id", "abc-1.2_3");
        assertThat(running.get("/v1/models", "X-Request-Id", "a b").headers().get("x-request-id"))
                .hasSize(36);
        assertThat(running.get("/v1/models", "X-Request-Id", "a".repeat(65))
                        .headers()
                        .get("x-request-id"))
                .hasSize(36);
        assertThat(running.get("/v1/nothing", "X-Request-Id", "mine")
                        .json()
                        .at("/error/requestId")
                        .stringValue())
                .isEqualTo("mine");
    }

    @Test
    void theContractIsServed() throws IOException {
        try (InputStream stream = LongtailServer.class.getResourceAsStream("openapi.yaml")) {
            String expected = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.get("/openapi.yaml").body()).isEqualTo(expected);
        }
    }

    @Test
    void theContractHasEveryRouteAndNoOther() {
        assertThat(running.server.routes().stream().map(Route::name))
                .containsExactlyInAnyOrderElementsOf(Contract.OF_THE_SERVER.routes());
        for (Route route : running.server.routes()) {
            assertThat(Contract.OF_THE_SERVER.isGuarded(route.name()))
                    .as(route.name())
                    .isEqualTo(route.guarded());
        }
    }

    @Test
    void healthIsTold() {
        assertThat(running.get("/health/live").json().path("status").stringValue())
                .isEqualTo("live");
        assertThat(running.get("/health/ready").json().path("status").stringValue())
                .isEqualTo("ready");
    }
}
