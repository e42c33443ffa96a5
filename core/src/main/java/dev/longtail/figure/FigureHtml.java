package dev.longtail.figure;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Figures as parts of an HTML page: a heading, what can be read from the figure, the drawing, and its numbers as a
 * table. Colours follow the reader's choice of light or dark.
 */
public final class FigureHtml {

    private static final int ROWS_SHOWN = 16;

    private static final String STYLE = """
            :root { color-scheme: light dark; --paper: #ffffff; --ink: #222222; --soft: #5a5a5a; --grid: #e2e2e2;%s }
            @media (prefers-color-scheme: dark) {
              :root { --paper: #16181c; --ink: #e8e8e8; --soft: #a8adb5; --grid: #33373e;%s }
            }
            body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
              max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 3rem 0 .3rem; } p { margin: .3rem 0 1rem; }
            .about, summary, caption { color: var(--soft); }
            svg { width: 100%%; height: auto; display: block; }
            svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
            .grid { stroke: var(--grid); } .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
            .reference { stroke-dasharray: 7 5; } .spread { stroke-width: 1.4; fill: none; }
            .mark { stroke-width: 1.4; } .leader { fill: none; stroke-width: 1; opacity: .6; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
            th, td { padding: .2rem .8rem; text-align: right; font-weight: normal;
              border-bottom: 1px solid var(--grid); }
            thead th { color: var(--soft); }
            """;

    private FigureHtml() {}

    /** Rules for pages with figures and tables; the page's own may follow. */
    public static String style() {
        StringBuilder rules =
                new StringBuilder(String.format(Locale.ROOT, STYLE, variables(Palette.LIGHT), variables(Palette.DARK)));
        for (int i = 0; i < Palette.SIZE; i++) {
            rules.append(String.format(
                    Locale.ROOT,
                    ".s%1$d { stroke: var(--s%1$d); fill: var(--s%1$d); }"
                            + " .s%1$d text { stroke: none; fill: var(--s%1$d); }\n",
                    i));
        }
        return rules.toString();
    }

    private static String variables(List<String> colours) {
        StringBuilder variables = new StringBuilder();
        for (int i = 0; i < colours.size(); i++) {
            variables
                    .append(" --s")
                    .append(i)
                    .append(": ")
                    .append(colours.get(i))
                    .append(';');
        }
        return variables.toString();
    }

    /**
     * A figure as a section.
     *
     * @param level of its heading, 2 to 6
     */
    public static String section(Figure figure, int level) {
        String heading = "h" + level;
        StringBuilder page = new StringBuilder("<section>\n<" + heading + ">")
                .append(escape(figure.title()))
                .append("</" + heading + ">\n<p>")
                .append(escape(figure.description()))
                .append("</p>\n")
                .append(SvgFigure.of(figure));
        table(figure, page);
        return page.append("</section>\n").toString();
    }

    /** The numbers behind the lines: a row for each x, a column for each series. */
    private static void table(Figure figure, StringBuilder page) {
        TreeMap<Double, String[]> rows = new TreeMap<>();
        int columns = figure.series().size();
        for (int i = 0; i < columns; i++) {
            for (Series.Point point : figure.series().get(i).points()) {
                String spread = point.spread() > 0 ? " ± " + Scale.text(point.spread()) : "";
                rows.computeIfAbsent(point.x(), x -> new String[columns])[i] = Scale.text(point.y()) + spread;
            }
        }
        page.append(rows.size() <= ROWS_SHOWN ? "<details open>" : "<details>");
        page.append("<summary>Data</summary>\n<div class=\"scroll\"><table>\n<caption>")
                .append(escape(figure.y().title()))
                .append("</caption>\n<thead><tr><th scope=\"col\">")
                .append(escape(figure.x().title()))
                .append("</th>");
        for (Series series : figure.series()) {
            page.append("<th scope=\"col\">").append(escape(series.name())).append("</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
        rows.forEach((x, cells) -> {
            page.append("<tr><th scope=\"row\">").append(Scale.text(x)).append("</th>");
            for (String cell : cells) {
                page.append("<td>").append(cell == null ? "" : cell).append("</td>");
            }
            page.append("</tr>\n");
        });
        page.append("</tbody></table></div></details>\n");
    }

    /** A text in which nothing is taken for markup, in an element or in a quoted attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
