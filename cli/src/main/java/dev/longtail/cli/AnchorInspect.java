package dev.longtail.cli;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.report.AnchorReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What inspect shows of the anchor tables of a model, of any task. */
final class AnchorInspect {

    private final Console console;
    private final AnchorOptions options;

    AnchorInspect(Console console, AnchorOptions options) {
        this.console = console;
        this.options = options;
    }

    int run(Path folder, boolean json) throws IOException {
        List<AnchorReport> reports = TaskOptions.isRate(folder)
                ? AnchorReport.of(RatingModelFolder.read(folder).model(), options.least())
                : AnchorReport.of(LabelModelFolder.read(folder).model(), options.least());
        if (reports.isEmpty()) {
            throw new UsageException(folder + " has no anchor table to look into; models trained with"
                    + " --set model.table.kind=anchors have one, of task rate with --set model.items.kind=anchors");
        }
        List<AnchorReport> chosen = options.chosen(reports);
        if (json) {
            ObjectNode object = Json.object();
            object.put("modelBytes", ModelTarget.bytes(folder));
            ArrayNode tables = object.putArray("tables");
            chosen.forEach(report -> tables.add(AnchorJson.of(report, options)));
            console.out().println(Json.line(object));
        } else {
            boolean first = true;
            for (AnchorReport report : chosen) {
                if (!first) {
                    console.out().println();
                }
                new AnchorTables(report, console.out()).print(options);
                first = false;
            }
        }
        console.flush();
        return Failures.DONE;
    }
}
