package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TelemetryTest {

    @Test
    void requestsAreCountedByRouteAndStatus() throws IOException {
        try (RunningServer running = RunningServer.ofTwo()) {
            running.post("/v1/models/first/suggest", "{\"texts\":[\"word1\",\"word2\"],\"limit\":4}");
            running.post("/v1/models/first/suggest", "{\"text\":\"word1\",\"limit\":4}");
            running.post("/v1/models/first/suggest", "nonsense");
            running.get("/v1/models/unknown-1");
            running.get("/v1/models/unknown-2");
            running.get("/random/1");
            running.get("/random/2");

            List<String> lines = running.get("/metrics").body().lines().toList();
            String suggest = "route=\"POST /v1/models/{name}/suggest\",status=";
            assertThat(lines)
                    .contains(
                            "longtail_requests_seconds_count{" + suggest + "\"200\"} 2",
                            "longtail_requests_seconds_count{" + suggest + "\"400\"} 1",
                            "longtail_requests_seconds_count{route=\"GET /v1/models/{name}\",status=\"404\"} 2",
                            "longtail_requests_seconds_count{route=\"unmatched\",status=\"404\"} 2",
                            "longtail_requests_seconds_bucket{" + suggest + "\"200\",le=\"+Inf\"} 2",
                            "longtail_texts_total{model=\"first\"} 3.0",
                            "longtail_suggestions_total{model=\"first\"} 12.0",
                            "longtail_queue_length 0.0",
                            "longtail_model_generation{model=\"plain\"} 1.0");
            assertThat(lines).anyMatch(line -> line.startsWith("longtail_model_loaded_seconds{model=\"first\"} 1."));
            assertThat(lines).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""));
            assertThat(lines.stream().filter(line -> line.contains("unknown-") || line.contains("random")))
                    .isEmpty();
        }
    }

    @Test
    void aRequestIsToldInALineOfJsonWithoutItsText() throws IOException {
        try (RunningServer running = RunningServer.ofTwo()) {
            running.post("/v1/models/first/suggest", "{\"text\":\"word1 secret\",\"limit\":4}", "X-Request-Id", "mine");
            running.get("/v1/models/\"quoted\"".replace("\"", "%22"));
            List<AnsweredRequest> told = List.copyOf(running.told);
            JsonNode line = JsonMapper.builder().build().readTree(told.get(0).json());
            assertThat(line.path("requestId").stringValue()).isEqualTo("mine");
            assertThat(line.path("route").stringValue()).isEqualTo("POST /v1/models/{name}/suggest");
            assertThat(line.path("status").intValue()).isEqualTo(200);
            assertThat(line.path("model").stringValue()).isEqualTo("first");
            assertThat(line.path("texts").intValue()).isEqualTo(1);
            assertThat(line.path("suggestions").intValue()).isEqualTo(4);
            assertThat(line.path("seconds").doubleValue()).isPositive();
            assertThat(told.get(0).json()).doesNotContain("secret", "\n");
            assertThat(told.get(1).json())
                    .contains("\"error\":\"unknown-model\"")
                    .doesNotContain("\n");
        }
    }
}
