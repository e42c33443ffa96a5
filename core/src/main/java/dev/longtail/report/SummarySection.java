package dev.longtail.report;

import dev.longtail.config.Settings;
import dev.longtail.data.ExampleIssue;
import dev.longtail.data.ReadReport;
import dev.longtail.data.SourceFile;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What was measured on what, and how the model was made. */
final class SummarySection {

    private final Report report;
    private final List<ModelResult> results;

    SummarySection(Report report) {
        this.report = report;
        this.results = report.results();
    }

    void write(Html page) {
        page.section("summary", "Model and test set");
        List<String> header = new ArrayList<>(List.of(""));
        results.forEach(result -> header.add(result.name()));
        page.table("Models", header);
        row(page, "labels", result -> Numbers.count(model(result).labels().size()));
        row(page, "features", result -> Numbers.count(model(result).features().size()));
        row(page, "training examples", result -> Numbers.count(model(result).trainExamples()));
        row(page, "layers", result -> layers(model(result).config()));
        row(page, "arms", result -> arms(model(result)));
        row(page, "size of the model", result -> Numbers.bytes(result.stored().bytes()));
        row(page, "trained", SummarySection::trained);
        row(page, "epochs", result -> field(result, "epochs") + ", kept " + field(result, "bestEpoch"));
        row(page, "validation P@1, %", result -> validation(result, "P@1"));
        page.endTable();
        files(page, "Files of the test set", report.model().read().files());
        ReadReport<ExampleIssue> read = report.model().read();
        page.element(
                "p",
                Numbers.count(read.kept()) + " test examples, of which "
                        + Numbers.count(report.model().metrics().examples()) + " have a label and were measured. "
                        + unknown());
        page.markup("<p id=\"cost\">").text(report.cost()).markup("</p>\n").endSection();
    }

    private String unknown() {
        StringBuilder text = new StringBuilder();
        for (ModelResult result : results) {
            long unknown = result.read().count(ExampleIssue.UNKNOWN_LABEL);
            if (unknown > 0) {
                text.append("Label occurrences that ")
                        .append(result.name())
                        .append(" does not know: ")
                        .append(Numbers.count(unknown))
                        .append("; they count as missed. ");
            }
        }
        return text.toString();
    }

    private void row(Html page, String what, Function<ModelResult, String> cell) {
        List<String> cells = new ArrayList<>(List.of(what));
        results.forEach(result -> cells.add(cell.apply(result)));
        page.row(cells);
    }

    private static LabelModel model(ModelResult result) {
        return result.stored().model();
    }

    /** What each arm counts in a score, where there are several. */
    private static String arms(LabelModel model) {
        return model.direct().isEmpty() ? "embedding" : model.mixture().toString();
    }

    private static String layers(ModelConfig config) {
        if (!config.embedding()) {
            return "no embedding arm";
        }
        String body = config.body().intermediate() == 0
                ? ""
                : ", " + Numbers.count(config.body().intermediate()) + " intermediate units";
        String output = switch (config.output().kind()) {
            case FIXED_FAN_IN -> "fan-in " + config.output().fanIn();
            case DENSE -> "dense output";
            case ANCHORS -> Numbers.count(config.output().anchorLayer().count()) + " anchors of the labels";
            case BOTTLENECK -> "bottleneck of " + config.output().rank();
        };
        return Numbers.count(config.table().dimension()) + " units" + body + ", " + output;
    }

    private static String trained(ModelResult result) {
        return result.stored().manifest().path("created").asString("") + " by version "
                + field(result, "libraryVersion") + ", kernels " + field(result, "kernels");
    }

    private static String field(ModelResult result, String name) {
        return provenance(result).path(name).asString("unknown");
    }

    private static JsonNode provenance(ModelResult result) {
        return result.stored().manifest().path("provenance");
    }

    private static String validation(ModelResult result, String measure) {
        return Numbers.percent(
                provenance(result).path("validation").path(measure).asDouble(Double.NaN));
    }

    /** The settings, and the files that training read, of each model. */
    void writeOrigin(Html page) {
        page.section("origin", "How it was trained");
        for (ModelResult result : results) {
            page.element("h3", result.name());
            files(page, "Files that training read", sources(result));
            page.markup("<details><summary>All settings</summary>\n");
            page.table("Settings", List.of("setting", "value", "meaning"));
            for (Settings.Leaf leaf : Settings.leaves(result.stored().config())) {
                page.row(List.of(leaf.path(), leaf.defaultText(), leaf.meaning()));
            }
            page.endTable().markup("</details>\n");
        }
        page.endSection();
    }

    private static List<SourceFile> sources(ModelResult result) {
        List<SourceFile> files = new ArrayList<>();
        for (JsonNode file : provenance(result).path("files")) {
            files.add(new SourceFile(
                    file.path("name").asString(""),
                    file.path("bytes").asLong(0),
                    file.path("sha256").asString("")));
        }
        return files;
    }

    private static void files(Html page, String caption, List<SourceFile> files) {
        page.table(caption, List.of("file", "size", "SHA-256"));
        for (SourceFile file : files) {
            page.row(List.of(file.name(), Numbers.bytes(file.bytes()), file.sha256()));
        }
        page.endTable();
    }
}
