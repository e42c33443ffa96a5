package dev.longtail.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Figures on one HTML page that refers to nothing outside itself and runs no script; light or dark as the reader likes.
 */
public final class FigurePage {

    private FigurePage() {}

    /**
     * Writes a page.
     *
     * @param about where the figures come from, a paragraph
     */
    public static void write(Path file, String title, String about, List<Figure> figures) throws IOException {
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(FigureHtml.escape(title))
                .append("</title>\n<style>\n")
                .append(FigureHtml.style())
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(FigureHtml.escape(title))
                .append("</h1>\n<p class=\"about\">")
                .append(FigureHtml.escape(about))
                .append("</p>\n");
        for (Figure figure : figures) {
            page.append(FigureHtml.section(figure, 2));
        }
        Files.writeString(file, page.append("</body>\n</html>\n"), StandardCharsets.UTF_8);
    }
}
