package dev.longtail.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page for people: a few files out of the jar, each with an address of its own that is written here. They may load
 * nothing and ask nothing but this server; nobody may frame them, and they frame only the server's reports.
 */
final class PageApi {

    private static final Map<String, String> PROTECTION = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache"); // kept, but asked about every time: a new version of the server has a new page

    private static final List<File> FILES = List.of(
            new File("/", "index.html", "text/html; charset=utf-8"),
            new File("/page/app.js", "app.js", "text/javascript; charset=utf-8"),
            new File("/page/app.css", "app.css", "text/css; charset=utf-8"),
            new File("/page/icon.svg", "icon.svg", "image/svg+xml"));

    /** A file of the page and where it is served. */
    private record File(String path, String resource, String type) {}

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (File file : FILES) {
            byte[] bytes = read(file.resource);
            String tag = '"' + sum(bytes) + '"';
            Map<String, String> headers = new HashMap<>(PROTECTION);
            headers.put("ETag", tag);
            Reply reply = Reply.of(file.type, bytes).with(headers);
            routes.add(
                    Route.get(file.path, call -> call.header("If-None-Match").equals(tag) ? reply.unchanged() : reply));
        }
        return routes;
    }

    private static byte[] read(String name) {
        try (InputStream stream = PageApi.class.getResourceAsStream("page/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
