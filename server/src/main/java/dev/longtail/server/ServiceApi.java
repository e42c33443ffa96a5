package dev.longtail.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** What those who run a server ask it: whether it lives and is ready, its figures, and its contract. */
final class ServiceApi {

    private final Telemetry telemetry;
    private final BooleanSupplier ready;

    /** @param ready whether the server takes requests */
    ServiceApi(Telemetry telemetry, BooleanSupplier ready) {
        this.telemetry = telemetry;
        this.ready = ready;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", call -> Reply.of(Json.object().put("status", "live"))),
                Route.get("/health/ready", call -> ready()),
                Route.get("/metrics", call -> Reply.of(Telemetry.CONTENT_TYPE, utf8(telemetry.scrape()))),
                Route.get("/openapi.yaml", call -> Reply.of("application/yaml", openApi())));
    }

    private Reply ready() {
        boolean now = ready.getAsBoolean();
        return Reply.of(now ? 200 : 503, Json.object().put("status", now ? "ready" : "shutting-down"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] openApi() throws IOException {
        try (InputStream stream = ServiceApi.class.getResourceAsStream("openapi.yaml")) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }
}
