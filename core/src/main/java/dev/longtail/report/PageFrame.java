package dev.longtail.report;

import dev.longtail.figure.FigureHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * What all pages have around their sections: head, title, contents, and a content security policy that knows the sums
 * of the page's own style and script and lets no other run, even if an escape were forgotten.
 */
final class PageFrame {

    private static final String STYLE = "report.css";

    private final Html page = new Html();
    private final String script;

    /**
     * A page as far as its first section.
     *
     * @param script   of the page, empty for none
     * @param sections names in the contents by the identifiers of sections
     */
    PageFrame(String title, String script, Map<String, String> sections) {
        this.script = script;
        String style = FigureHtml.style() + resource(STYLE);
        String scripts = script.isEmpty() ? "" : "; script-src 'sha256-" + sum(script) + "'";
        page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none';"
                        + " form-action 'none'; style-src 'sha256-" + sum(style) + "'" + scripts + "\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", title)
                .markup("<style>" + style + "</style>\n</head>\n<body>\n")
                .markup("<header>\n")
                .element("h1", title);
        page.markup("<nav aria-label=\"Contents\"><ul>\n");
        sections.forEach((id, name) -> page.markup("<li><a href=\"#" + id + "\">" + name + "</a></li>\n"));
        page.markup("</ul></nav>\n").markup("</header>\n<main>\n");
    }

    /** Where sections go. */
    Html page() {
        return page;
    }

    /** The whole page. */
    String end() {
        page.markup("</main>\n");
        if (!script.isEmpty()) {
            page.markup("<script>" + script + "</script>\n");
        }
        return page.markup("</body>\n</html>\n").toString();
    }

    /** A file beside this class. */
    static String resource(String name) {
        try (InputStream stream = PageFrame.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r", ""); // a checkout may add them, a browser's parser takes them away
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(String content) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java machine has SHA-256", e);
        }
    }
}
