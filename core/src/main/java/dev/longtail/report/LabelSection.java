package dev.longtail.report;

import dev.longtail.data.LabelSet;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.PerLabel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each label got. The counts of all labels lie in the page as JSON, from which its script shows a part at a time;
 * without a script the first rows are there.
 */
final class LabelSection {

    /** Rows that are there without a script; the script starts with as many. */
    static final int ROWS = 50;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final LabelSet labels;
    private final LabelBands bands;
    private final List<PerLabel> cutoffs = new ArrayList<>();
    private final List<Integer> order;

    LabelSection(ModelResult result) {
        labels = result.stored().model().labels();
        bands = result.metrics().bands();
        for (int k : result.ranking().cutoffs()) {
            cutoffs.add(result.ranking().perLabel(k));
        }
        order = order();
    }

    /** At the largest k, which includes what occurs at the smaller ones. */
    private PerLabel largest() {
        return cutoffs.get(cutoffs.size() - 1);
    }

    /** The labels that occur, most test examples first. */
    private List<Integer> order() {
        PerLabel all = largest();
        return IntStream.range(0, labels.size())
                .filter(all::occurs)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(label -> -all.truths(label))
                        .thenComparingInt(label -> -labels.frequency(label))
                        .thenComparingInt(label -> label))
                .toList();
    }

    void write(Html page) {
        page.section("labels", "Labels");
        page.element(
                "p",
                Numbers.count(order.size()) + " of " + Numbers.count(labels.size())
                        + " labels are true of a test example or were suggested for one; the others are left out."
                        + " Precision: right of suggested. Recall: right of test. F1: their harmonic mean.");
        controls(page);
        table(page);
        page.markup("<script type=\"application/json\" id=\"label-data\">")
                .markup(inScript(json()))
                .markup("</script>\n");
        page.markup("<noscript><p>Without a script this shows the " + ROWS + " labels with most test examples.</p>")
                .markup("</noscript>\n");
        page.endSection();
    }

    private void controls(Html page) {
        page.markup("<form id=\"label-controls\" class=\"controls\" hidden>\n");
        page.markup("<label>Filter <input type=\"search\" id=\"label-filter\" placeholder=\"name or identifier\">"
                + "</label>\n");
        page.markup("<label>Band <select id=\"label-band\"><option value=\"\">all</option>"
                + "<option>head</option><option>middle</option><option>tail</option></select></label>\n");
        page.markup("<label>Suggestions that count <select id=\"label-cutoff\">");
        for (int i = 0; i < cutoffs.size(); i++) {
            String selected = i == cutoffs.size() - 1 ? " selected" : "";
            page.markup("<option value=\"" + i + "\"" + selected + ">"
                    + cutoffs.get(i).k() + "</option>");
        }
        page.markup("</select></label>\n");
        page.markup("<label>Rows <select id=\"label-rows\"><option>" + ROWS
                + "</option><option>200</option><option>1000</option></select></label>\n</form>\n");
        page.markup("<p id=\"label-status\" role=\"status\" class=\"about\"></p>\n");
    }

    private void table(Html page) {
        List<String> header =
                List.of("label", "identifier", "training", "test", "suggested", "right", "precision", "recall", "F1");
        page.markup("<div class=\"scroll\"><table id=\"label-table\">\n");
        page.element("caption", "Counts of examples; precision, recall and F1 in %");
        page.markup("<thead><tr>");
        header.forEach(cell -> page.markup("<th scope=\"col\">" + cell + "</th>"));
        page.markup("</tr></thead>\n<tbody>\n");
        order.stream().limit(ROWS).forEach(label -> row(page, label));
        page.endTable();
        page.markup("<p id=\"label-pages\" class=\"controls\" hidden>"
                + "<button type=\"button\" id=\"label-previous\">Previous</button> <span id=\"label-page\"></span> "
                + "<button type=\"button\" id=\"label-next\">Next</button></p>\n");
    }

    private void row(Html page, int label) {
        PerLabel counts = largest();
        page.row(List.of(
                labels.name(label).isEmpty() ? labels.id(label) : labels.name(label),
                labels.id(label),
                Integer.toString(labels.frequency(label)),
                Integer.toString(counts.truths(label)),
                Integer.toString(counts.suggested(label)),
                Integer.toString(counts.right(label)),
                percent(counts.precision(label)),
                percent(counts.recall(label)),
                percent(counts.f1(label))));
    }

    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * fraction);
    }

    /**
     * {@code {"headFrom", "middleFrom", "labels": [[id, name, training, test, suggested@k, right@k, ...], ...]}}, with
     * two counts for each k, ascending.
     */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("headFrom", bands.headFrom());
        json.put("middleFrom", bands.middleFrom());
        ArrayNode rows = json.putArray("labels");
        for (int label : order) {
            ArrayNode row = rows.addArray();
            row.add(labels.id(label)).add(labels.name(label));
            row.add(labels.frequency(label)).add(largest().truths(label));
            for (PerLabel counts : cutoffs) {
                row.add(counts.suggested(label)).add(counts.right(label));
            }
        }
        return json;
    }

    /**
     * JSON that cannot end the script element it stands in, or begin a comment there: these characters stand in JSON
     * within texts only, where they may be written by their numbers.
     */
    static String inScript(ObjectNode json) {
        return MAPPER.writeValueAsString(json)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
