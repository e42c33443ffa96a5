package dev.longtail.server;

import java.io.IOException;

/**
 * A method and a path that are answered.
 *
 * @param method GET or POST
 * @param path with the names of its parts in braces
 * @param guarded whether it changes something, so that it needs the token
 */
record Route(String method, String path, boolean guarded, Action action) {

    /** What makes an answer. */
    @FunctionalInterface
    interface Action {
        Reply answer(Call call) throws IOException, InterruptedException;
    }

    static Route get(String path, Action action) {
        return new Route("GET", path, false, action);
    }

    static Route post(String path, Action action) {
        return new Route("POST", path, false, action);
    }

    /** A route that changes something. */
    static Route guardedPost(String path, Action action) {
        return new Route("POST", path, true, action);
    }

    /** For metrics and log. */
    String name() {
        return method + " " + path;
    }
}
