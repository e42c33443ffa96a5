package dev.longtail.cli;

import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.table.InputTable;
import dev.longtail.table.TableConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What is told of rating models and their measures. */
final class RateFacts {

    private RateFacts() {}

    /** Puts the measures under their names. */
    static void put(RatingMetrics metrics, ObjectNode into) {
        metrics.toMap().forEach((name, value) -> into.put(name, value.doubleValue()));
    }

    /** Puts what the tables consist of, where they have anchors. */
    static void putTables(RatingModel model, ObjectNode into) {
        put("users", TableFacts.of(model.userTable()), into);
        put("items", TableFacts.of(model.itemTable()), into);
    }

    private static void put(String side, TableFacts facts, ObjectNode into) {
        if (facts.anchors() > 0) {
            into.put(side + ".anchors", facts.anchors());
            into.put(side + ".nonZeros", facts.nonZeros());
        }
    }

    /** Prints the measures, those of head, middle and tail of the items as well. */
    static void print(RatingMetrics metrics, RatingModel model, PrintWriter out) {
        List<String> names =
                MetricTables.bandNames(LabelBands.of(model.items().ids().counts()));
        Table table = Table.ofNumbers("ratings of items with so many in training", "ratings", "MSE", "RMSE", "MAE");
        table.row(
                "all",
                Texts.count(metrics.ratings()),
                number(metrics.mse()),
                number(metrics.rmse()),
                number(metrics.mae()));
        for (Map.Entry<Band, RatingMetrics.InBand> band : new TreeMap<>(metrics.bands()).entrySet()) {
            double mse = band.getValue().mse();
            table.row(
                    names.get(band.getKey().ordinal()),
                    Texts.count(band.getValue().ratings()),
                    number(mse),
                    number(Math.sqrt(mse)));
        }
        table.print(out);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The two tables and the biases in a few words. */
    static String tables(RatingModel model) {
        return "users in " + table(model.config().users(), model.userTable()) + ", items in "
                + table(model.config().items(), model.itemTable())
                + (model.config().biases() ? ", biases" : ", no biases");
    }

    private static String table(TableConfig config, InputTable table) {
        TableFacts facts = TableFacts.of(table);
        String kind = switch (config.kind()) {
            case DENSE -> "a dense table";
            case HASHED -> "a hashed table of " + Texts.count(config.buckets()) + " rows";
            case ANCHORS ->
                "a table of " + Texts.count(facts.anchors()) + " anchors and " + Texts.count(facts.nonZeros())
                        + " links";
            case MIXED -> "a table of rows of different lengths, " + Texts.count(facts.parameters()) + " numbers,";
        };
        return kind + " of dimension " + config.dimension();
    }
}
