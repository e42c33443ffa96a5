package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class InferenceApiTest {

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running = RunningServer.ofTwo();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static String request(String more, String... texts) {
        return "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[" + texts.length + "],\"data\":[\""
                + String.join("\",\"", texts) + "\"]}]" + more + "}";
    }

    @Test
    void theServerAndItsModelsAreDescribed() {
        assertThat(running.get("/v2").json().path("name").stringValue()).isEqualTo("longtail");
        assertThat(running.get("/v2/health/live").json().path("live").booleanValue())
                .isTrue();
        assertThat(running.get("/v2/health/ready").json().path("ready").booleanValue())
                .isTrue();
        assertThat(running.get("/v2/models/first/ready").json().path("ready").booleanValue())
                .isTrue();
        JsonNode model = running.get("/v2/models/first").json();
        assertThat(model.at("/inputs/0").toString())
                .isEqualTo("{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}");
        assertThat(model.at("/outputs/1").toString())
                .isEqualTo("{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[-1,-1]}");
        assertThat(running.get("/v2/models/none/ready").status()).isEqualTo(404);
        assertThat(running.get("/v2/models/none").json().path("error").isString())
                .isTrue();
    }

    @Test
    void tensorsHoldWhatTheOtherApiGives() {
        Answer answer = running.post(
                "/v2/models/first/infer",
                request(",\"id\":\"42\",\"parameters\":{\"limit\":3}", TinyModels.text(4), TinyModels.text(9)));
        JsonNode json = answer.json();
        assertThat(json.path("model_name").stringValue()).isEqualTo("first");
        assertThat(json.path("id").stringValue()).isEqualTo("42");
        JsonNode ids = json.at("/outputs/0");
        JsonNode scores = json.at("/outputs/1");
        assertThat(ids.path("shape").toString()).isEqualTo("[2,3]");
        assertThat(scores.path("shape").toString()).isEqualTo("[2,3]");
        JsonNode results = running.post(
                        "/v1/models/first/suggest",
                        "{\"limit\":3,\"texts\":[\"" + TinyModels.text(4) + "\",\"" + TinyModels.text(9) + "\"]}")
                .json()
                .path("results");
        for (int i = 0; i < 6; i++) {
            JsonNode suggestion = results.at("/" + i / 3 + "/suggestions/" + i % 3);
            assertThat(ids.path("data").get(i)).isEqualTo(suggestion.path("id"));
            assertThat(scores.path("data").get(i)).isEqualTo(suggestion.path("score"));
        }
    }

    @Test
    void shorterRowsEndWithNothing() {
        JsonNode json = running.post(
                        "/v2/models/first/infer", request(",\"parameters\":{\"limit\":2}", "", TinyModels.text(1)))
                .json();
        assertThat(json.at("/outputs/0/shape").toString()).isEqualTo("[2,2]");
        assertThat(json.at("/outputs/0/data/0").stringValue()).isEmpty();
        assertThat(json.at("/outputs/1/data/1").doubleValue()).isZero();
        assertThat(json.at("/outputs/0/data/2").stringValue()).isEqualTo("<http://first.example/1>");
        JsonNode nothing =
                running.post("/v2/models/first/infer", request("", "")).json();
        assertThat(nothing.at("/outputs/0/shape").toString()).isEqualTo("[1,0]");
    }

    @Test
    void onlyWantedOutputsAreGiven() {
        JsonNode json = running.post("/v2/models/first/infer", request(",\"outputs\":[{\"name\":\"scores\"}]", "word1"))
                .json();
        assertThat(json.path("outputs").size()).isEqualTo(1);
        assertThat(json.at("/outputs/0/name").stringValue()).isEqualTo("scores");
    }
}
