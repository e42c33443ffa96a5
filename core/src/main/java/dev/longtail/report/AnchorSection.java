package dev.longtail.report;

import dev.longtail.figure.FigureHtml;
import dev.longtail.report.ZeroRows.FrequencyBand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the anchor tables of a model look like inside: sizes, rows without links, anchors with their objects. */
final class AnchorSection {

    static final String ID = "anchors";
    static final String TITLE = "Anchors";

    private static final int EXAMPLES = 12;

    private final List<AnchorReport> reports;

    /** @param reports on the tables, at least one; what the first one holds is shown first and not folded */
    AnchorSection(List<AnchorReport> reports) {
        this.reports = reports;
    }

    void write(Html page) {
        page.section(ID, TITLE);
        page.element(
                "p",
                "An anchor table has no vector of its own for each of its objects. It has a few vectors that all of"
                        + " them share, the anchors, and makes the vector of an object as a sum of some of these:"
                        + " weight × anchor + weight × anchor + … A weight that is not 0 is a link; the weights of an"
                        + " object are its row of the transform T. Only anchors and links are learned and stored.");
        sizes(page);
        boolean first = true;
        for (AnchorReport report : reports) {
            page.markup(first ? "" : "<details><summary><h3>");
            page.text(first ? "" : "Anchors of the " + report.objects().kind());
            page.markup(first ? "" : "</h3></summary>\n");
            new AnchorCards(report).write(page);
            page.markup(first ? "" : "</details>\n");
            first = false;
        }
        page.markup(FigureHtml.section(AnchorFigures.links(reports), 3));
        zeroRows(page);
        page.endSection();
    }

    private void sizes(Html page) {
        page.element("h3", "Size");
        List<String> header = new ArrayList<>(List.of(""));
        reports.forEach(report -> header.add(report.objects().kind()));
        page.table("An anchor table beside one with a vector for each object", header);
        List<AnchorSizes> sizes = reports.stream().map(AnchorReport::sizes).toList();
        row(page, "objects", sizes, size -> Numbers.count(size.objects()));
        row(page, "anchors, K", sizes, size -> Numbers.count(size.anchors()));
        row(page, "length of a vector, d", sizes, size -> Numbers.count(size.dimension()));
        row(page, "links, nnz", sizes, size -> Numbers.count(size.links()));
        row(page, "mean links of an object", sizes, size -> Numbers.decimal(size.meanLinks(), 2));
        row(page, "parameters, K d + nnz", sizes, size -> Numbers.count(size.parameters()));
        row(page, "parameters of a vector for each object", sizes, size -> Numbers.count(size.fullParameters()));
        row(page, "times fewer parameters", sizes, size -> Numbers.decimal(size.timesSmaller(), 1));
        row(page, "size in the model file, with indices", sizes, size -> Numbers.bytes(size.storedBytes()));
        row(page, "size of a vector for each object", sizes, size -> Numbers.bytes(size.fullBytes()));
        page.endTable();
    }

    private static void row(Html page, String what, List<AnchorSizes> sizes, Function<AnchorSizes, String> cell) {
        List<String> cells = new ArrayList<>(List.of(what));
        sizes.forEach(size -> cells.add(cell.apply(size)));
        page.row(cells);
    }

    private void zeroRows(Html page) {
        page.element("h3", "Objects without a link");
        AnchorFigures.zeroRows(reports).ifPresent(figure -> page.markup(FigureHtml.section(figure, 4)));
        for (AnchorReport report : reports) {
            ZeroRows zero = report.zeroRows(EXAMPLES);
            String kind = report.objects().kind();
            page.table(
                    "Of " + Numbers.count(zero.objects()) + " " + kind + ", " + Numbers.count(zero.zero())
                            + " have no link",
                    List.of(report.objects().seenIn(), kind, "without a link", "%", "mean links"));
            for (FrequencyBand band : zero.bands()) {
                page.row(List.of(
                        band.text(),
                        Numbers.count(band.objects()),
                        Numbers.count(band.zero()),
                        Numbers.decimal(100 * band.zeroShare(), 1),
                        Numbers.decimal(band.meanLinks(), 2)));
            }
            page.endTable();
            examples(page, report, "Without a link although seen most often: ", zero.frequent());
            examples(
                    page,
                    report,
                    "Seen at most " + ZeroRows.RARE + " times and yet linked most strongly: ",
                    zero.rareKept());
        }
    }

    private static void examples(Html page, AnchorReport report, String what, List<Integer> objects) {
        if (!objects.isEmpty()) {
            page.element(
                    "p",
                    what
                            + objects.stream()
                                    .map(object -> report.objects().name().apply(object) + " ("
                                            + Numbers.count(
                                                    report.objects().count().applyAsInt(object)) + ")")
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
    }
}
