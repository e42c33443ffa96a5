package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportApiTest {

    private static final String PAGE =
            "<!DOCTYPE html>\n<html lang=\"en\"><title>first</title><p>measured</p></html>\n";

    @TempDir
    private Path folder;

    private RunningServer server(Map<String, Path> reports) throws IOException {
        return new RunningServer(
                RunningServer.folders(TinyModels.FIRST, TinyModels.PLAIN),
                Optional.empty(),
                Map.of(),
                ReportFiles.of(reports));
    }

    @Test
    void aReportIsShownInASandbox() throws IOException {
        Path file = Files.writeString(folder.resolve("first.html"), PAGE);
        try (RunningServer running = server(Map.of("first", file))) {
            Answer answer = running.get("/v1/models/first/report");
            assertThat(answer.body()).isEqualTo(PAGE);
            assertThat(answer.type()).isEqualTo("text/html");
            assertThat(answer.headers().get("content-security-policy"))
                    .startsWith("sandbox allow-scripts; default-src 'none';")
                    .contains("frame-ancestors 'self'")
                    .doesNotContain("allow-same-origin", "connect-src");
            assertThat(running.get("/v1/service").json().path("reports").toString())
                    .isEqualTo("[\"first\"]");
            assertThat(running.get("/v1/models/plain/report").code()).isEqualTo("no-report");
            assertThat(running.get("/v1/models/none/report").code()).isEqualTo("unknown-model");

            Files.writeString(file, PAGE.replace("measured", "measured anew"));
            assertThat(running.get("/v1/models/first/report").body()).contains("measured anew");
            Files.delete(file);
            Answer gone = running.get("/v1/models/first/report");
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.body()).doesNotContain(folder.toString());
            Files.writeString(file, "root:x:0:0");
            assertThat(running.get("/v1/models/first/report").code()).isEqualTo("no-report");
        }
    }

    @Test
    void whatIsNoReportIsRefusedAtTheStart() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "root:x:0:0");
        assertThatThrownBy(() -> ReportFiles.of(Map.of("first", other)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no page that longtail report has written");
        assertThatThrownBy(() -> ReportFiles.of(Map.of("first", folder.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class);
        Path page = Files.writeString(folder.resolve("page.html"), PAGE);
        ReportFiles reports = ReportFiles.of(Map.of("stranger", page));
        assertThatThrownBy(() -> LongtailServer.start(
                                Settings.override(ServerConfig.DEFAULT, Map.of("port", "0")),
                                RunningServer.folders(TinyModels.FIRST, TinyModels.PLAIN),
                                Optional.empty(),
                                reports,
                                request -> {})
                        .close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no model is served under the name stranger");
    }
}
