package dev.longtail.server;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.time.Duration;

/** Where a server listens and how much it does for one request; all limits are upper bounds. */
public record ServerConfig(
        @Setting("address to listen on; with another than one of this machine's own the server can be reached from"
                + " elsewhere")
        String host,

        @Setting("port to listen on, 0 for any that is free")
        int port,

        @Setting("threads that compute suggestions, in [1, 1024]")
        int threads,

        @Setting("requests that may wait for one of these threads, in [1, 10000]; further ones are answered with 503")
        int queue,

        @Setting("bytes of the body of a request, in [1024, 1073741824]")
        long maxBodyBytes,

        @Setting("texts in a request, in [1, 100000]") int maxTexts,

        @Setting("characters of a text, at least 1") int maxTextLength,

        @Setting("suggestions for a text where the request does not say, at least 1")
        int defaultLimit,

        @Setting("suggestions for a text that a request may ask for, in [defaultLimit, 10000]")
        int maxLimit,

        @Setting("seconds that a request may wait and compute, in (0, 3600]; then it is answered with 503")
        double timeoutSeconds,

        @Setting("seconds that running requests get when the server is stopped, in (0, 600]")
        double graceSeconds) {

    /** Limits that suit texts of up to some hundred pages; only this machine reaches the server. */
    public static final ServerConfig DEFAULT = new ServerConfig(
            "127.0.0.1",
            8080,
            Runtime.getRuntime().availableProcessors(),
            64,
            20L << 20,
            1000,
            1_000_000,
            10,
            100,
            30,
            10);

    public ServerConfig {
        Require.that(!host.isBlank(), "host", "an address or a name", "'" + host + "'");
        Require.that(port >= 0 && port <= 65_535, "port", "in [0, 65535]", port);
        Require.that(threads >= 1 && threads <= 1024, "threads", "in [1, 1024]", threads);
        Require.that(queue >= 1 && queue <= 10_000, "queue", "in [1, 10000]", queue);
        Require.that(
                maxBodyBytes >= 1024 && maxBodyBytes <= 1L << 30,
                "maxBodyBytes",
                "in [1024, 1073741824]",
                maxBodyBytes);
        Require.that(maxTexts >= 1 && maxTexts <= 100_000, "maxTexts", "in [1, 100000]", maxTexts);
        Require.that(maxTextLength >= 1, "maxTextLength", "at least 1", maxTextLength);
        Require.that(defaultLimit >= 1, "defaultLimit", "at least 1", defaultLimit);
        Require.that(
                maxLimit >= defaultLimit && maxLimit <= 10_000,
                "maxLimit",
                "in [defaultLimit, 10000], where defaultLimit is " + defaultLimit,
                maxLimit);
        Require.that(timeoutSeconds > 0 && timeoutSeconds <= 3600, "timeoutSeconds", "in (0, 3600]", timeoutSeconds);
        Require.that(graceSeconds > 0 && graceSeconds <= 600, "graceSeconds", "in (0, 600]", graceSeconds);
    }

    /** What a request may take. */
    Duration timeout() {
        return Duration.ofNanos(Math.round(timeoutSeconds * 1e9));
    }

    /** What running requests get at the end. */
    Duration grace() {
        return Duration.ofNanos(Math.round(graceSeconds * 1e9));
    }
}
