package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class PageApiTest {

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running = RunningServer.ofTwo("maxTextLength", "5000");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"/,text/html", "/page/app.js,text/javascript", "/page/app.css,text/css", "/page/icon.svg,image/svg+xml"
    })
    void filesOfThePageAreServedGuarded(String path, String type) {
        Answer answer = running.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo(type);
        assertThat(answer.body()).isNotBlank();
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cache-control", "no-cache");
        assertThat(answer.headers().get("content-security-policy"))
                .startsWith("default-src 'none';")
                .contains("script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
    }

    @Test
    void whoHasAFileAlreadyGetsItNotAgain() {
        Answer first = running.get("/page/app.js");
        String tag = first.headers().get("etag");
        Answer again = running.get("/page/app.js", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers()).containsEntry("etag", tag);
        assertThat(running.get("/page/app.js", "If-None-Match", "\"another\"").body())
                .isEqualTo(first.body());
    }

    @Test
    void thePageNamesNothingBeyondItsOwnFiles() {
        String page = running.get("/").body();
        Matcher names = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        int count = 0;
        while (names.find()) {
            String name = names.group(1);
            if (!name.startsWith("#")) {
                assertThat(running.get("/" + name).status()).as(name).isEqualTo(200);
                count++;
            }
        }
        assertThat(count).isEqualTo(3);
        assertThat(page).doesNotContain("//", "style=", "onclick");
    }

    @ParameterizedTest
    @CsvSource({"/page", "/page/", "/page/app.jsx", "/page/index.html", "/page/openapi.yaml", "/index.html"})
    void otherFilesAreNotThere(String path) {
        assertThat(running.get(path).status()).isEqualTo(404);
    }

    @Test
    void allOtherAnswersMayNotBeShownAsPages() {
        for (String path : new String[] {"/v1/models", "/metrics", "/nothing", "/v1/models/none"}) {
            assertThat(running.get(path).headers())
                    .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                    .containsEntry("cache-control", "no-store");
        }
    }

    @Test
    void whatTheServerCanDoIsTold() throws IOException {
        JsonNode service = running.get("/v1/service").json();
        assertThat(service.at("/limits/maxTextLength").intValue()).isEqualTo(5000);
        assertThat(service.path("token").booleanValue()).isTrue();
        assertThat(service.path("reports").isEmpty()).isTrue();
        boolean feedback =
                running.server.routes().stream().anyMatch(route -> route.path().endsWith("/feedback"));
        assertThat(service.at("/functions/feedback").booleanValue()).isEqualTo(feedback);
    }
}
