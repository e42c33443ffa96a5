package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class CatalogApiTest {

    private static final String LABELS = "/v1/models/first/labels";

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running = new RunningServer(
                RunningServer.folders(TinyModels.FIRST, TinyModels.ANCHORS), Optional.empty(), Map.of());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static List<String> names(JsonNode json) {
        return json.path("labels")
                .valueStream()
                .map(label -> label.path("name").stringValue())
                .toList();
    }

    @Test
    void labelsAreListedInPages() {
        Set<String> seen = new HashSet<>();
        int last = Integer.MAX_VALUE;
        for (int offset = 0; offset < TinyModels.LABELS; offset += 8) {
            JsonNode page = running.get(LABELS + "?limit=8&offset=" + offset).json();
            assertThat(page.path("total").intValue()).isEqualTo(TinyModels.LABELS);
            for (JsonNode label : page.path("labels")) {
                assertThat(seen.add(label.path("id").stringValue())).isTrue();
                assertThat(label.path("trainExamples").intValue()).isBetween(1, last);
                last = label.path("trainExamples").intValue();
            }
        }
        assertThat(seen).hasSize(TinyModels.LABELS);
        assertThat(names(running.get(LABELS + "?offset=20").json())).isEmpty();
        assertThat(names(running.get(LABELS).json())).hasSize(10);
    }

    @Test
    void labelsAreFoundByWordsOfNameAndIdWhateverTheCase() {
        JsonNode json = running.get(LABELS + "?query=FIRST%201&limit=20").json();
        assertThat(json.path("total").intValue()).isEqualTo(11);
        assertThat(names(json).get(0)).isEqualTo("first 1");
        assertThat(names(json)).contains("first 10", "first 19").doesNotContain("first 2");
        JsonNode byId = running.get(LABELS + "?query=example/7%3E").json();
        assertThat(names(byId)).containsExactly("first 7");
        assertThat(running.get(LABELS + "?query=nowhere").json().path("total").intValue())
                .isZero();
        assertThat(names(running.get(LABELS + "?query=%20&limit=20").json())).hasSize(20);
    }

    @Test
    void anchorsAreToldWithTheirStrongestWords() {
        JsonNode json =
                running.get("/v1/models/plain/anchors?limit=3&objects=4").json();
        assertThat(json.path("tables").size()).isEqualTo(1);
        JsonNode table = json.at("/tables/0");
        assertThat(table.path("end").stringValue()).isEqualTo("input");
        assertThat(table.path("kind").stringValue()).isEqualTo("words");
        assertThat(table.path("anchors").intValue()).isEqualTo(8);
        assertThat(table.path("groups").size()).isEqualTo(3);
        Set<Integer> anchors = new HashSet<>();
        for (int offset = 0; offset < 9; offset += 3) {
            running.get("/v1/models/plain/anchors?limit=3&offset=" + offset)
                    .json()
                    .at("/tables/0/groups")
                    .forEach(group -> anchors.add(group.path("anchor").intValue()));
        }
        assertThat(anchors).hasSize(8);
        for (JsonNode group : table.path("groups")) {
            assertThat(group.path("objects").size()).isBetween(1, 4);
            double last = Double.MAX_VALUE;
            for (JsonNode object : group.path("objects")) {
                double size = Math.abs(object.path("weight").doubleValue());
                assertThat(size).isLessThanOrEqualTo(last).isPositive();
                last = size;
            }
        }
    }

    @Test
    void aModelWithoutAnchorsHasNoTables() {
        assertThat(running.get("/v1/models/first/anchors").json().path("tables").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/none/labels,404,unknown-model",
        "/v1/models/none/anchors,404,unknown-model",
        "/v1/models/first/labels?limit=0,400,invalid-limit",
        "/v1/models/first/labels?limit=101,400,invalid-limit",
        "/v1/models/first/labels?limit=x,400,invalid-limit",
        "/v1/models/first/labels?offset=-1,400,invalid-offset",
        "/v1/models/first/labels?offset=1e3,400,invalid-offset",
        "/v1/models/first/labels?offset=99999999999,400,invalid-offset",
        "/v1/models/first/anchors?offset=,400,invalid-offset",
        "/v1/models/first/anchors?limit=1000,400,invalid-limit",
        "/v1/models/first/anchors?objects=21,400,invalid-objects",
        "/v1/models/first/anchors?objects=0,400,invalid-objects",
        "/v1/models/first/anchors?objects=ten,400,invalid-objects",
    })
    void wrongQuestionsAreRefused(String path, int status, String code) {
        Answer answer = running.get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void aLongQueryIsRefused() {
        Answer answer = running.get(LABELS + "?query=" + "a".repeat(201));
        assertThat(answer.code()).isEqualTo("invalid-query");
        assertThat(running.get(LABELS + "?query=" + "a".repeat(200)).status()).isEqualTo(200);
    }
}
