package dev.longtail.report;

import dev.longtail.figure.FigureHtml;
import java.util.List;

/** A page as it grows. Only {@link #markup} takes markup; whatever else is given is text and stays text. */
final class Html {

    private final StringBuilder page = new StringBuilder();

    /** Adds markup of this program, into which nothing of the data may have gone unescaped. */
    Html markup(String markup) {
        page.append(markup);
        return this;
    }

    /** Adds text. */
    Html text(String text) {
        page.append(FigureHtml.escape(text));
        return this;
    }

    /** Adds an element that holds text. */
    Html element(String name, String text) {
        return markup("<" + name + ">").text(text).markup("</" + name + ">\n");
    }

    /** Begins a section with a heading; {@link #endSection} ends it. */
    Html section(String id, String heading) {
        return markup("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-heading\">\n<h2 id=\"" + id
                        + "-heading\">")
                .text(heading)
                .markup("</h2>\n");
    }

    Html endSection() {
        return markup("</section>\n");
    }

    /** Begins a table; the first column holds what the rows are about. {@link #endTable} ends it. */
    Html table(String caption, List<String> header) {
        markup("<div class=\"scroll\"><table>\n");
        element("caption", caption);
        markup("<thead><tr>");
        header.forEach(cell -> markup("<th scope=\"col\">").text(cell).markup("</th>"));
        return markup("</tr></thead>\n<tbody>\n");
    }

    Html row(List<String> cells) {
        markup("<tr><th scope=\"row\">").text(cells.get(0)).markup("</th>");
        cells.subList(1, cells.size()).forEach(cell -> markup("<td>").text(cell).markup("</td>"));
        return markup("</tr>\n");
    }

    Html endTable() {
        return markup("</tbody></table></div>\n");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
