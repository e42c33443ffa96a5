package dev.longtail.report;

import dev.longtail.figure.FigureHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A {@link Report} as one HTML page that loads nothing: it works from a file, without a network, light or dark, on
 * paper and without its script. Whatever comes from the data is escaped; a content security policy that knows the sum
 * of the page's script lets no other run, even if an escape were forgotten.
 */
public final class ReportPage {

    private ReportPage() {}

    /** The whole page; equal reports give equal pages. */
    public static String html(Report report) {
        String style = FigureHtml.style() + resource("report.css");
        String script = resource("report.js");
        String title = "Report on " + report.model().name();
        Html page = new Html();
        page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none';"
                        + " form-action 'none'; style-src 'sha256-" + sum(style) + "'; script-src 'sha256-"
                        + sum(script) + "'\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", title)
                .markup("<style>" + style + "</style>\n</head>\n<body>\n")
                .markup("<header>\n")
                .element("h1", title);
        contents(page, report);
        page.markup("</header>\n<main>\n");
        sections(page, report);
        page.markup("</main>\n<script>" + script + "</script>\n</body>\n</html>\n");
        return page.toString();
    }

    private static void contents(Html page, Report report) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("summary", "Model and test set");
        sections.put("measures", "Measures");
        report.comparison().ifPresent(comparison -> sections.put("comparison", "Comparison"));
        sections.put("labels", "Labels");
        sections.put("reliability", "Reliability");
        sections.put("learning", "Learning curves");
        sections.put("errors", "Errors");
        sections.put("origin", "Training");
        page.markup("<nav aria-label=\"Contents\"><ul>\n");
        sections.forEach((id, name) -> page.markup("<li><a href=\"#" + id + "\">" + name + "</a></li>\n"));
        page.markup("</ul></nav>\n");
    }

    private static void sections(Html page, Report report) {
        SummarySection summary = new SummarySection(report);
        MeasureSection measures = new MeasureSection(report);
        summary.write(page);
        measures.write(page);
        report.comparison().ifPresent(comparison -> measures.writeComparison(page, comparison));
        new LabelSection(report.model()).write(page);
        new ReliabilitySection(report.results()).write(page);
        new CurveSection(report.results()).write(page);
        ErrorSection.write(page, report.errors());
        summary.writeOrigin(page);
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
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
