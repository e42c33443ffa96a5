package dev.longtail.cli;

import dev.longtail.data.ExampleIssue;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Propensity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "evaluate",
        description = "Measures a model on labelled examples it has not seen.",
        footer = {
            "",
            "Labels that the model does not know count as missed in recall and nDCG. With --search pruned the ranking",
            "is compared with that of exact search; --json then has skippedShare (of the labels) and",
            "recall@k (of the exact top k) as well.",
            "",
            "The calibration error (ECE) says how far the probabilities of the best k suggestions are from the share",
            "of them that is right, in 15 bins of equal width, or of equal mass; the Brier score is their mean squared",
            "distance from 1 for right and 0 for wrong ones. In --json: ECE@k, equalMassECE@k, Brier@k, as fractions.",
            "",
            "Examples:",
            "  longtail evaluate --model my-model --test test.tsv.gz",
            "  longtail evaluate --model my-model --test test.tsv.gz --k 1,5,10 --propensity 0.6,2.6 --json",
            "  longtail evaluate --model my-model --test test.tsv.gz --search pruned --confidence 0.5",
            "  longtail evaluate --model my-rating-model --test ratings.csv",
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final String[] TAG_OPTIONS = {
        "--k", "--propensity", "--bootstrap", "--search", "--confidence", "--block-size", "--format", "--temporary"
    };

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--test",
            arity = "1..*",
            required = true,
            paramLabel = "F",
            description = "Files to measure on, in one of the formats of train.")
    private List<Path> test;

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
            description = "Resamples behind the 95 %% intervals, 0 for no intervals. Default: 1000.")
    private int resamples = Bootstrap.DEFAULT.resamples();

    @Mixin
    private final RunOptions.Search search = new RunOptions.Search();

    @Mixin
    private final RunOptions.Work work = new RunOptions.Work();

    @Option(names = "--json", description = "Write the measures as one JSON object instead of tables.")
    private boolean json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        int workers = work.threads();
        EvaluateRun.Plan plan = new EvaluateRun.Plan(
                test, work.format(), new EvaluateRun.Ranking(cutoffs, search.config()), propensity, bootstrap());
        return Interruption.guard(console, () -> "nothing was written", () -> evaluate(plan, workers));
    }

    private Optional<Bootstrap> bootstrap() {
        if (resamples == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Bootstrap(resamples, Bootstrap.DEFAULT.level(), Bootstrap.DEFAULT.seed()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--bootstrap: " + e.getMessage() + ", or 0 for no intervals", e);
        }
    }

    private int evaluate(EvaluateRun.Plan plan, int workers) throws IOException {
        if (TaskOptions.isRate(model.path())) {
            TaskOptions.refuse(spec, "rate", TAG_OPTIONS);
            return new RateEvaluate(console, workers).run(model.path(), test, json);
        }
        Resources resources = Resources.start();
        LabelModelFolder.Stored stored = LivingModel.read(model.path());
        EvaluateRun.Outcome outcome;
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary())) {
            outcome = new EvaluateRun(console, workers, folder.path()).run(stored.model(), plan);
        }
        Resources.Cost cost = resources.cost();
        if (json) {
            ObjectNode object = Json.object();
            Json.put(outcome.metrics(), object);
            outcome.reliability().into(object);
            outcome.search().ifPresent(searched -> searched.into(object));
            object.put("unknownLabels", outcome.report().count(ExampleIssue.UNKNOWN_LABEL));
            cost.into(object);
            object.put("predictSeconds", outcome.times().predictSeconds());
            object.put("rankSeconds", outcome.times().rankSeconds());
            object.put("modelBytes", stored.bytes());
            console.out().println(Json.line(object));
        } else {
            print(outcome, console);
            console.out()
                    .println("Measured in " + cost + "; reading and ranking took "
                            + Texts.seconds(outcome.times().predictSeconds()) + ".");
        }
        console.flush();
        return Failures.DONE;
    }

    static void print(EvaluateRun.Outcome outcome, Console console) {
        new MetricTables(outcome.metrics()).print(console.out());
        outcome.reliability().print(console.out());
        outcome.search().ifPresent(searched -> searched.print(console.out()));
        long unknown = outcome.report().count(ExampleIssue.UNKNOWN_LABEL);
        if (unknown > 0) {
            console.out()
                    .println(Texts.count(unknown) + " label occurrences that the model does not know count as missed.");
        }
    }
}
