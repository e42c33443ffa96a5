package dev.longtail.cli;

import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingSet;
import dev.longtail.report.AnchorReport;
import dev.longtail.report.RatingReport;
import dev.longtail.report.RatingReportPage;
import dev.longtail.train.RatingEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What report does for models of task rate. */
final class RateReport {

    private final Console console;
    private final Path folder;
    private final ReportTarget target;

    RateReport(Console console, Path folder, ReportTarget target) {
        this.console = console;
        this.folder = folder;
        this.target = target;
    }

    /** @param test files to measure on, may be empty */
    int run(List<Path> test, Optional<AnchorObjective> objective, int threads, boolean json) throws IOException {
        Resources resources = Resources.start();
        RatingModelFolder.Stored stored = RatingModelFolder.read(folder);
        List<AnchorReport> anchors = AnchorReport.of(stored.model(), AnchorReport.LEAST);
        if (test.isEmpty() && anchors.isEmpty()) {
            throw new UsageException(
                    "give --test F..., files to measure the model on; it has no anchor tables to report on without");
        }
        Optional<RatingReport.Test> measured =
                test.isEmpty() ? Optional.empty() : Optional.of(measure(stored.model(), test, threads));
        RatingReport report = new RatingReport(folder.toString(), stored, measured, anchors, objective);
        long bytes = target.write(RatingReportPage.html(report));
        if (json) {
            ObjectNode object = json(report);
            resources.cost().into(object);
            object.put("report", target.file().toString());
            console.out().println(Json.line(object));
        } else {
            print(report);
            console.out().println("The page is " + target.file() + ", " + Texts.bytes(bytes) + ".");
        }
        console.flush();
        return Failures.DONE;
    }

    private RatingReport.Test measure(RatingModel model, List<Path> files, int threads) throws IOException {
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            RatingSet ratings =
                    RatingData.read(files, model.users(), model.items().ids(), progress);
            RatingMetrics metrics = new RatingEvaluation(model, workers).measure(ratings);
            return new RatingReport.Test(
                    files.stream().map(Path::toString).toList(),
                    metrics,
                    count(ratings, rating -> ratings.user(rating) < 0),
                    count(ratings, rating -> ratings.item(rating) < 0));
        }
    }

    private static long count(RatingSet ratings, IntPredicate which) {
        return IntStream.range(0, ratings.size()).filter(which).count();
    }

    private static ObjectNode json(RatingReport report) {
        ObjectNode object = Json.object();
        report.test().ifPresent(test -> {
            RateFacts.put(test.metrics(), object);
            object.put("ratings", test.metrics().ratings());
            object.put("unknownUserRatings", test.unknownUsers());
            object.put("unknownItemRatings", test.unknownItems());
        });
        object.put("parameters", report.stored().model().parameters());
        object.put("tableParameters", report.stored().model().tableParameters());
        object.put("modelBytes", report.stored().bytes());
        ArrayNode tables = object.putArray("tables");
        for (AnchorReport anchors : report.anchors()) {
            ObjectNode table = AnchorJson.sizes(anchors);
            AnchorJson.put(anchors.clusters(AnchorTables.STRONGEST), table.putObject("clusters"));
            tables.add(table);
        }
        return object;
    }

    private void print(RatingReport report) {
        report.test().ifPresent(test -> {
            RateFacts.print(test.metrics(), report.stored().model(), console.out());
            console.out().println();
        });
        for (AnchorReport anchors : report.anchors()) {
            new AnchorTables(anchors, console.out()).printSizes();
            console.out().println();
        }
    }
}
