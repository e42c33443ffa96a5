package dev.longtail.report;

import dev.longtail.config.Settings;
import dev.longtail.data.SourceFile;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.table.TableConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A {@link RatingReport} as one HTML page that loads nothing and has no script. Whatever comes from data is escaped.
 */
public final class RatingReportPage {

    private final RatingReport report;
    private final RatingModel model;

    private RatingReportPage(RatingReport report) {
        this.report = report;
        this.model = report.stored().model();
    }

    /** The whole page; equal reports give equal pages. */
    public static String html(RatingReport report) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("summary", "Model");
        report.test().ifPresent(test -> sections.put("measures", "Test set"));
        if (!report.anchors().isEmpty()) {
            sections.put(AnchorSection.ID, AnchorSection.TITLE);
        }
        sections.put("learning", "Learning curves");
        sections.put("origin", "Training");
        PageFrame frame = new PageFrame("Report on " + report.name(), "", sections);
        new RatingReportPage(report).write(frame.page());
        return frame.end();
    }

    private void write(Html page) {
        summary(page);
        report.test().ifPresent(test -> measures(page, test));
        if (!report.anchors().isEmpty()) {
            new AnchorSection(report.anchors()).write(page);
        }
        new RatingCurves(report).write(page);
        origin(page);
    }

    private void summary(Html page) {
        page.section("summary", "A model that predicts ratings");
        page.element(
                "p",
                "A predicted rating is the mean rating"
                        + (model.config().biases() ? ", a number for the user, a number for the item" : "")
                        + " and the product of a vector of the user and one of the item, each of length "
                        + model.config().dimension() + ".");
        page.table("The model", List.of("", report.name()));
        page.row(List.of("users", Numbers.count(model.users().size())));
        page.row(List.of("items", Numbers.count(model.items().size())));
        page.row(List.of("training ratings", Numbers.count(RatingModelFolder.trainRatings(model.users()))));
        page.row(List.of("vectors of users", table(model.config().users())));
        page.row(List.of("vectors of items", table(model.config().items())));
        page.row(List.of("parameters", Numbers.count(model.parameters())));
        page.row(List.of("of these in the tables of vectors", Numbers.count(model.tableParameters())));
        page.row(List.of("size of the model", Numbers.bytes(report.stored().bytes())));
        page.row(List.of(
                "trained",
                report.stored().manifest().path("created").asString("") + " by version "
                        + provenance("libraryVersion").asString("unknown") + ", kernels "
                        + provenance("kernels").asString("unknown")));
        page.row(List.of(
                "epochs",
                provenance("epochs").asString("unknown") + ", kept "
                        + provenance("bestEpoch").asString("unknown")));
        page.row(List.of(
                "validation MSE", error(provenance("validation").path("MSE").asDouble(Double.NaN))));
        page.endTable().endSection();
    }

    private static String table(TableConfig table) {
        return switch (table.kind()) {
            case DENSE -> "a vector for each";
            case HASHED -> Numbers.count(table.buckets()) + " vectors that they share by a hash";
            case ANCHORS -> "each a sum of anchors, see below";
            case MIXED -> "longer ones for those with more ratings";
        };
    }

    private JsonNode provenance(String field) {
        return report.stored().manifest().path("provenance").path(field);
    }

    private void measures(Html page, RatingReport.Test test) {
        page.section("measures", "Errors on the test set");
        RatingMetrics metrics = test.metrics();
        page.table(
                "Errors of predicted ratings",
                List.of("training ratings of the item", "ratings", "MSE", "RMSE", "MAE"));
        page.row(List.of(
                "any",
                Numbers.count(metrics.ratings()),
                error(metrics.mse()),
                error(metrics.rmse()),
                error(metrics.mae())));
        LabelBands bands = LabelBands.of(model.items().ids().counts());
        new TreeMap<>(metrics.bands())
                .forEach((band, in) -> page.row(List.of(
                        range(band, bands),
                        Numbers.count(in.ratings()),
                        error(in.mse()),
                        error(Math.sqrt(in.mse())),
                        "")));
        page.endTable();
        page.element(
                "p",
                "MSE: mean squared error; RMSE: its root; MAE: mean absolute error. Items are in three bands of about a"
                        + " third of the training ratings each."
                        + (test.unknownUsers() + test.unknownItems() == 0
                                ? ""
                                : " " + Numbers.count(test.unknownUsers()) + " ratings are of users and "
                                        + Numbers.count(test.unknownItems())
                                        + " of items that training did not see; their vectors are 0."));
        page.element("p", "Read from " + String.join(", ", test.files()) + ".");
        page.endSection();
    }

    private static String range(Band band, LabelBands bands) {
        return switch (band) {
            case HEAD -> Numbers.count(bands.headFrom()) + " or more";
            case MIDDLE -> Numbers.count(bands.middleFrom()) + " or more";
            case TAIL -> "fewer";
        };
    }

    private static String error(double error) {
        return Double.isNaN(error) ? "-" : String.format(Locale.ROOT, "%.4f", error);
    }

    private void origin(Html page) {
        page.section("origin", "How it was trained");
        files(
                page,
                "Files that training read",
                provenance("files")
                        .valueStream()
                        .map(file -> new SourceFile(
                                file.path("name").asString(""),
                                file.path("bytes").asLong(0),
                                file.path("sha256").asString("")))
                        .toList());
        page.markup("<details><summary>All settings</summary>\n");
        page.table("Settings", List.of("setting", "value", "meaning"));
        for (Settings.Leaf leaf : Settings.leaves(report.stored().config())) {
            page.row(List.of(leaf.path(), leaf.defaultText(), leaf.meaning()));
        }
        page.endTable().markup("</details>\n").endSection();
    }

    private static void files(Html page, String caption, List<SourceFile> files) {
        page.table(caption, List.of("file", "size", "SHA-256"));
        for (SourceFile file : files) {
            page.row(List.of(file.name(), Numbers.bytes(file.bytes()), file.sha256()));
        }
        page.endTable();
    }
}
