package dev.longtail.cli;

import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.PairedDifference;
import dev.longtail.metrics.Propensity;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.parallel.Workers;
import dev.longtail.report.Comparison;
import dev.longtail.report.Report;
import dev.longtail.report.ReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "report",
        description = "Writes a page about a model on a test set, and compares it with another model.",
        footer = {
            "",
            "The page is one HTML file that needs nothing else: measures with intervals, a table of all labels,",
            "how reliable probabilities are, learning curves, and examples of errors with their texts. The same",
            "measures go to standard output, with --json as one object with the counts of each label as well.",
            "With --compare both models are measured on the same examples, and each difference comes with an",
            "interval and a p-value (paired bootstrap).",
            "",
            "Of a model that rates the page tells errors on a test set, if there is one, what its anchor tables",
            "look like inside, and how errors, anchors and links went from epoch to epoch; with --lambda1 and",
            "--lambda2 also the objective MSE + lambda2 links + (lambda1 - lambda2) anchors.",
            "",
            "Examples:",
            "  longtail report --model my-model --test test.tsv.gz",
            "  longtail report --model new --compare old --test test.tsv.gz --output new-old.html",
            "  longtail report --model new --compare old --test test.tsv.gz --overwrite --json",
            "  longtail report --model my-rating-model --test ratings.csv --output ratings.html",
            "  longtail report --model my-rating-model --lambda1 0.01 --lambda2 1e-6",
        })
final class ReportCommand implements Callable<Integer> {

    private static final String[] TAG_OPTIONS = {
        "--compare", "--k", "--propensity", "--bootstrap", "--format", "--temporary"
    };

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--test",
            arity = "1..*",
            paramLabel = "F",
            description = "Files to measure on, in one of the formats of train. Their texts appear in the page. Needed"
                    + " for models that tag.")
    private List<Path> test = List.of();

    @Option(names = "--compare", paramLabel = "DIR", description = "Folder of another model, to compare with.")
    private @Nullable Path compare;

    @Option(names = "--output", paramLabel = "F", description = "File of the page. Default: report.html.")
    private Path output = Path.of("report.html");

    @Option(names = "--overwrite", description = "Replace the file of the page if it exists.")
    private boolean overwrite;

    @Option(names = "--k", paramLabel = "K,...", description = "Numbers of suggestions to measure at. Default: 1,3,5.")
    private Converters.Cutoffs cutoffs = Converters.Cutoffs.DEFAULT;

    @Option(
            names = "--propensity",
            paramLabel = "A,B",
            description = "Constants of propensity-scored precision. Default: 0.55,1.5.")
    private Propensity propensity = Propensity.DEFAULT;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "Resamples behind the 95 %% intervals and the p-values, at least 10. Default: 1000.")
    private int resamples = Bootstrap.DEFAULT.resamples();

    @Option(
            names = "--lambda1",
            paramLabel = "X",
            description = "For a model that rates: an anchor costs lambda1 - lambda2 in the objective.")
    private @Nullable Double lambda1;

    @Option(
            names = "--lambda2",
            paramLabel = "Y",
            description = "For a model that rates: what a link costs in the objective, at least 0.")
    private @Nullable Double lambda2;

    @Mixin
    private final RunOptions.Work work = new RunOptions.Work();

    @Option(names = "--json", description = "Write the measures as one JSON object instead of tables.")
    private boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        int count = work.threads();
        ReportRun.Plan plan = new ReportRun.Plan(
                model.path(),
                compare,
                new ReportRun.Test(test, work.format()),
                cutoffs,
                new ReportRun.Measuring(propensity, bootstrap()));
        ReportTarget target = new ReportTarget(output, overwrite);
        if (TaskOptions.isRate(model.path())) {
            return rate(target, count);
        }
        TaskOptions.refuse(spec, "tag", "--lambda1", "--lambda2");
        if (test.isEmpty()) {
            throw new UsageException("give --test F..., files to measure the model on");
        }
        return Interruption.guard(console, () -> "no page was written", () -> write(plan, target, count));
    }

    private int rate(ReportTarget target, int count) throws Exception {
        TaskOptions.refuse(spec, "rate", TAG_OPTIONS);
        Optional<AnchorObjective> objective = objective();
        RateReport report = new RateReport(console, model.path(), target);
        return Interruption.guard(console, () -> "no page was written", () -> report.run(test, objective, count, json));
    }

    private Optional<AnchorObjective> objective() {
        Double first = lambda1;
        Double second = lambda2;
        if (first == null && second == null) {
            return Optional.empty();
        }
        if (first == null || second == null) {
            throw new UsageException("--lambda1 and --lambda2 go together");
        }
        try {
            return Optional.of(new AnchorObjective(first, second));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Bootstrap bootstrap() {
        try {
            return new Bootstrap(resamples, Bootstrap.DEFAULT.level(), Bootstrap.DEFAULT.seed());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--bootstrap: " + e.getMessage(), e);
        }
    }

    private int write(ReportRun.Plan plan, ReportTarget target, int count) throws IOException {
        Resources resources = Resources.start();
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary());
                Workers workers = new Workers(count)) {
            Report report = new ReportRun(console, workers, folder.path()).run(plan);
            long bytes = target.write(ReportPage.html(report));
            if (json) {
                ObjectNode object = ReportJson.of(report);
                resources.cost().into(object);
                object.put("report", target.file().toString());
                console.out().println(Json.line(object));
            } else {
                print(report);
                console.out().println("The page is " + target.file() + ", " + Texts.bytes(bytes) + ".");
            }
        }
        console.flush();
        return Failures.DONE;
    }

    private void print(Report report) {
        PrintWriter out = console.out();
        new MetricTables(report.model().metrics()).print(out);
        ReportJson.reliability(report.model()).print(out);
        out.println();
        report.comparison().ifPresent(comparison -> {
            print(comparison, out);
            out.println();
        });
        out.println(report.cost());
    }

    private static void print(Comparison comparison, PrintWriter out) {
        Table table = Table.ofNumbers("against " + comparison.other().name(), "%", "other %", "difference", "", "p");
        for (PairedDifference difference : comparison.differences()) {
            table.row(
                    difference.name(),
                    Texts.percent(difference.first()),
                    Texts.percent(difference.second()),
                    Texts.points(difference.difference()),
                    "[" + Texts.points(difference.interval().low()) + ", "
                            + Texts.points(difference.interval().high()) + "]",
                    Texts.pValue(difference.pValue()));
        }
        table.print(out);
        out.println("In brackets: 95 % intervals; p: two-sided, by a paired bootstrap over examples.");
    }
}
