package dev.longtail.cli;

import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.output.SearchConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.report.ModelCard;
import dev.longtail.train.RatingEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "card",
        description = "Writes a model card from what a model folder records: intended use, limits, measures, data with"
                + " sums, settings, size, how to load it.",
        footer = {
            "",
            "The card is Markdown behind a head of YAML with a model-index, as model hubs read it. The same folder,",
            "options and test files give the same text. It is a beginning: what the data does not tell, such as",
            "where texts come from and who may use them, is for you to add.",
            "",
            "Examples:",
            "  longtail card --model my-model",
            "  longtail card --model my-model --test test.tsv.gz --to README.md --license cc-by-4.0",
        })
final class CardCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--test",
            arity = "1..*",
            paramLabel = "F",
            description =
                    "Files to measure on, for measures with 95 %% intervals. Default: those of the validation part"
                            + " alone, as the folder records them.")
    private List<Path> test = List.of();

    @Option(
            names = "--to",
            paramLabel = "F",
            description = "File to write; must not exist, see --overwrite. Default: standard output.")
    private @Nullable Path to;

    @Option(names = "--overwrite", description = "Replace the file in --to.")
    private boolean overwrite;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model. Default: that of its folder.")
    private @Nullable String name;

    @Option(
            names = "--license",
            paramLabel = "ID",
            description = "License of the model, as an identifier such as cc-by-4.0. Default: not told.")
    private @Nullable String license;

    @Option(
            names = "--language",
            split = ",",
            paramLabel = "LANG",
            description = "Languages of the texts, codes between commas as in en,sv. Default: not told.")
    private List<String> languages = List.of();

    @Mixin
    private final RunOptions.Format format = new RunOptions.Format();

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    CardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        int workers = threads.count();
        if (to != null) {
            OutputFile.check("--to", to, overwrite);
        } else if (overwrite) {
            throw new UsageException("--overwrite has no effect without --to");
        }
        if (test.isEmpty() && format.orNull() != null) {
            throw new UsageException("--format has no effect without --test");
        }
        return Interruption.guard(console, () -> "nothing was written", () -> write(workers));
    }

    private int write(int workers) throws IOException {
        String card = TaskOptions.isRate(model.path()) ? rating(workers) : label(workers);
        if (to == null) {
            console.out().print(card);
        } else {
            OutputFile.write(to, out -> out.write(card));
            console.out().println("The card is in " + to + ".");
        }
        console.flush();
        return Failures.DONE;
    }

    private ModelCard.Heading heading() {
        Path folder = model.path().toAbsolutePath().normalize();
        Path last = folder.getFileName();
        String ofFolder = last == null ? "model" : last.toString();
        return new ModelCard.Heading(name == null ? ofFolder : name, languages, Optional.ofNullable(license));
    }

    private String label(int workers) throws IOException {
        LabelModelFolder.Stored stored = LabelModelFolder.read(model.path());
        if (test.isEmpty()) {
            return ModelCard.of(heading(), stored, Optional.empty());
        }
        EvaluateRun.Plan plan = new EvaluateRun.Plan(
                test,
                format.orNull(),
                new EvaluateRun.Ranking(Converters.Cutoffs.DEFAULT, SearchConfig.EXACT),
                Propensity.DEFAULT,
                Optional.of(Bootstrap.DEFAULT));
        try (TemporaryFolder folder = TemporaryFolder.in(null)) {
            EvaluateRun.Outcome outcome = new EvaluateRun(console, workers, folder.path()).run(stored.model(), plan);
            return ModelCard.of(
                    heading(), stored, Optional.of(measured(outcome.metrics().toMap())));
        }
    }

    private String rating(int workers) throws IOException {
        if (format.orNull() != null) {
            throw new UsageException("--format has no effect on a model of task rate; leave it out");
        }
        RatingModelFolder.Stored stored = RatingModelFolder.read(model.path());
        if (test.isEmpty()) {
            return ModelCard.of(heading(), stored, Optional.empty());
        }
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers count = new Workers(workers)) {
            RatingMetrics metrics = new RatingEvaluation(stored.model(), count)
                    .measure(RatingData.read(
                            test, stored.model().users(), stored.model().items().ids(), progress));
            return ModelCard.of(heading(), stored, Optional.of(measured(metrics.toMap())));
        }
    }

    private ModelCard.Measured measured(Map<String, Number> values) {
        Map<String, Double> doubles = new LinkedHashMap<>();
        values.forEach((measure, value) -> doubles.put(measure, value.doubleValue()));
        String files = test.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", ", "test set ", ""));
        return new ModelCard.Measured(files, doubles);
    }
}
