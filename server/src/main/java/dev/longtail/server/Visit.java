package dev.longtail.server;

import org.jspecify.annotations.Nullable;

/** What is known of a request while it is answered. */
final class Visit {

    /** Route of requests that none fits. */
    static final String UNMATCHED = "unmatched";

    private static final int LONGEST_PATH = 200;

    private final String id;
    private final String path;
    private final long start = System.nanoTime();
    private String route = UNMATCHED;
    private String error = "";
    private @Nullable Reply reply;

    Visit(String id, String path) {
        this.id = id;
        this.path = path.substring(0, Math.min(path.length(), LONGEST_PATH));
    }

    String id() {
        return id;
    }

    void route(Route matched) {
        route = matched.name();
    }

    void reply(Reply made) {
        reply = made;
    }

    void error(String code) {
        error = code;
    }

    AnsweredRequest answered(int status) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return reply == null
                ? new AnsweredRequest(id, route, path, status, seconds, "", 0, 0, error)
                : new AnsweredRequest(
                        id, route, path, status, seconds, reply.model(), reply.texts(), reply.suggestions(), error);
    }
}
