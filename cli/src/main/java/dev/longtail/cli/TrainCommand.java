package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.RunPlan;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.tune.Dimension;
import dev.longtail.tune.TuneResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "train",
        description = "Learns a model from labelled examples or from ratings and writes it to a folder.",
        footer = {
            "",
            "Files are UTF-8, plain or gzip, one example a line, in one of these formats:",
            "  annif     text, tab, <uri> <uri> ...",
            "  fasttext  words with __label__x among them",
            "  jsonl     {\"text\": \"...\", \"labels\": [\"...\"]}",
            "  xc        first line 'examples features labels', then label,label feature:value ...",
            "",
            "With --task rate, files hold ratings: user, item, rating and, where it is known, time, in MovieLens'",
            "u.data (tabs), ratings.dat (::) or ratings.csv, or any columns that the first line names. A rating that",
            "stands twice counts twice. Ratings to choose the best epoch by are held out as data.split says.",
            "",
            "Examples:",
            "  longtail train --train train.tsv.gz --labels labels.tsv.gz --model my-model",
            "  longtail train --train train.tsv --labels yso.ttl.gz --label-language en,sv,fi --model my-model",
            "  longtail train --train a.jsonl b.jsonl --model my-model --preset large --max-epochs 10",
            "  longtail train --train train.txt --validate validate.txt --model my-model --set fanIn=128",
            "  longtail train --train train.txt --model my-model --config examples/settings/wiki10-31k.properties",
            "  longtail train --train train.txt --model my-model --max-memory 600m --max-model-size 40m",
            "  longtail train --train train.txt --model my-model --resume",
            "  longtail train --train train.txt --model my-model --tune 20m --tune-for nDCG@5",
            "  longtail train --train train.txt --model my-model --tune 2h --tune-settings fanIn=32,64,128",
            "  longtail train --task rate --train ratings.csv --items movies.csv --model my-model",
            "  longtail train --task rate --train ratings.dat --model my-model --set data.split=time",
            "  longtail train --task rate --train ratings.csv --model my-model --max-memory 300m",
            "  longtail train --task rate --train ratings.csv --model my-model --online --chunk 100000"
                    + " --set users.kind=anchors --set items.kind=anchors --set nonparametric.learned=true",
            "  longtail train --train train.tsv --model my-model --set table.kind=anchors --set anchors.count=100"
                    + " --set start.strategy=frequency --relations wordnet pairs.tsv",
            "  longtail train --train train.tsv --model my-model --set table.kind=anchors"
                    + " --set start.strategy=clustering --vectors-from glove.txt",
            "  longtail train --task rate --train ratings.csv --model my-model --set items.kind=anchors"
                    + " --set items.anchors.start.strategy=frequency --relations items=similar.tsv",
            "  longtail train --settings",
        })
final class TrainCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final TrainFileOptions files = new TrainFileOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder to write the model to; must not exist, see --overwrite.")
    private @Nullable Path model;

    @Option(
            names = "--encoder-from",
            paramLabel = "DIR",
            description = "Model whose features, input table and intermediate layer the new model starts from; with"
                    + " --set frozen=encoder they are kept as they are.")
    private @Nullable Path encoderFrom;

    @Option(
            names = "--overwrite",
            description = "Replace the model in --model, and the file in --log; any other folder is left alone.")
    private boolean overwrite;

    @Option(names = "--task", paramLabel = "NAME", description = "What the model is for: tag or rate. Default: tag.")
    private Converters.Task task = Converters.Task.TAG;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final RateOptions rate = new RateOptions();

    @Mixin
    private final TrainSettingOptions settings = new TrainSettingOptions();

    @Mixin
    private final TableOptions tables = new TableOptions();

    @Mixin
    private final TuneOptions tuning = new TuneOptions();

    @Mixin
    private final BudgetOptions budget = new BudgetOptions();

    @Mixin
    private final CheckpointOptions checkpoints = new CheckpointOptions();

    @Option(names = "--settings", description = "List all settings with their values and meanings, and end.")
    private boolean listSettings;

    @Option(
            names = "--log",
            paramLabel = "F",
            description =
                    "File for the course of the run, a JSON object a line: loss, gradients and moved connections of"
                            + " the steps, loss, times and measures of the epochs.")
    private @Nullable Path log;

    @Option(
            names = "--propensity",
            paramLabel = "A,B",
            description = "Constants of propensity-scored precision. Default: 0.55,1.5.")
    private Propensity propensity = Propensity.DEFAULT;

    @Mixin
    private final RunOptions.Work work = new RunOptions.Work();

    @Option(names = "--json", description = "Write the measures as one JSON object instead of tables.")
    private boolean json;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (task == Converters.Task.RATE) {
            return rate();
        }
        TaskOptions.refuse(spec, "tag", RateOptions.NAMES);
        if (listSettings) {
            settings.list(console);
            return Failures.DONE;
        }
        requireFiles();
        int workers = work.threads();
        DataFiles data = files.data(work.format(), console);
        ModelTarget target = new ModelTarget(folder(), overwrite);
        checkLog();
        TrainRun.Plan plan = plan(data, target);
        budget.check(plan);
        warn();
        return guard(target, plan.checkpoints(), () -> train(plan, workers));
    }

    private int guard(ModelTarget target, @Nullable RunCheckpoints states, Callable<Integer> work) throws Exception {
        Supplier<String> left = () -> target.leftBehind() + (states == null ? "" : states.leftBehind());
        return Interruption.guard(console, left, RunCheckpoints.telling(states, work));
    }

    private int rate() throws Exception {
        TaskOptions.refuse(spec, "rate", RateOptions.TAG_NAMES);
        TableFiles users = tables.ofRatings("users");
        TableFiles items = tables.ofRatings("items");
        Map<String, String> implied = new TreeMap<>(users.settings());
        implied.putAll(items.settings());
        RatingConfig config = rate.config(settings, implied);
        if (listSettings) {
            settings.list(config, "of task rate", console);
            return Failures.DONE;
        }
        requireFiles();
        users.check(config);
        items.check(config);
        if (config.online().stream() && !files.validate().isEmpty()) {
            throw new UsageException("--validate has no effect with --online, which holds out a part of each chunk");
        }
        RateTrain run = new RateTrain(console, work.threads());
        ModelTarget target = new ModelTarget(folder(), overwrite);
        RatingFiles ratings = new RatingFiles(files.train(), files.validate(), rate.items());
        budget.checkRatings(users, items, config);
        RateTrain.Plan asked =
                new RateTrain.Plan(ratings, config, target, users, items, work.temporary(), json, null, null);
        RateTrain.Plan kept = asked.keeping(checkpoints.of(asked, console));
        RateTrain.Plan plan =
                budget.any() ? kept.within(new RateTrain.Limits(budget, rate.held(settings, config))) : kept;
        return guard(target, plan.checkpoints(), () -> run.run(plan));
    }

    private Path folder() {
        return Objects.requireNonNull(model);
    }

    private void requireFiles() {
        if (files.train().isEmpty() || model == null) {
            throw new UsageException("missing " + (files.train().isEmpty() ? "--train F... " : "")
                    + (model == null ? "--model DIR" : ""));
        }
    }

    private TrainRun.Plan plan(DataFiles data, ModelTarget target) throws IOException {
        TableFiles given = tables.ofTags();
        if (encoderFrom == null) {
            LabelConfig config = settings.config(given.settings());
            tables.check(given, config);
            return plan(data, config, target, null, given);
        }
        LabelModelFolder.Stored encoder = LabelModelFolder.read(encoderFrom);
        LabelConfig config = settings.config(LabelConfig.encoderSettings(encoder.config(), encoder.model()));
        tables.checkWithEncoder(given, config);
        if (!config.text().equals(encoder.config().text())
                || config.data().l2NormaliseFeatures()
                        != encoder.config().data().l2NormaliseFeatures()) {
            throw new UsageException(
                    "with --encoder-from, features are those of that model: text and l2NormaliseFeatures cannot be"
                            + " set");
        }
        return plan(data, config, target, encoder.model(), given);
    }

    private TrainRun.Plan plan(
            DataFiles data, LabelConfig config, ModelTarget target, @Nullable LabelModel encoder, TableFiles given)
            throws IOException {
        TuneOptions.Plan search = search(config, data);
        TrainRun.Plan plan = new TrainRun.Plan(
                data, config, propensity, target, encoder, log, search, given, tables.cache(), encoderFrom, null);
        return plan.keeping(checkpoints.of(plan, console));
    }

    /** What was set is kept, and so is the shape of an encoder that is taken over. */
    private TuneOptions.@Nullable Plan search(LabelConfig config, DataFiles data) {
        Set<String> held = settings.given(config);
        if (encoderFrom == null) {
            TuneOptions.Plan search = tuning.plan(config, held, data);
            if (search != null) {
                tables.check(search, config);
            }
            return search;
        }
        Set<String> shape = Settings.leaves(config).stream()
                .map(Settings.Leaf::path)
                .filter(path -> path.startsWith("model.table.") || path.startsWith("model.body."))
                .collect(Collectors.toSet());
        held.addAll(shape);
        TuneOptions.Plan search = tuning.plan(config, held, data);
        if (search != null) {
            search.space().dimensions().stream()
                    .map(Dimension::path)
                    .filter(shape::contains)
                    .findFirst()
                    .ifPresent(path -> {
                        throw new UsageException("--tune-settings: " + path + " cannot be searched with --encoder-from,"
                                + " whose shape is that of the other model");
                    });
        }
        return search;
    }

    private int train(TrainRun.Plan plan, int workers) throws IOException {
        Resources resources = Resources.start();
        TrainRun.Outcome outcome;
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary())) {
            outcome = new TrainRun(console, workers, folder.path()).run(fitted(plan, workers, folder.path()));
        }
        Resources.Cost cost = resources.cost();
        budget.tell(outcome.modelBytes(), cost, console);
        report(plan, outcome, cost);
        return Failures.DONE;
    }

    /** The run with settings that fit the budget, those of the run that it goes on with where there is one. */
    private TrainRun.Plan fitted(TrainRun.Plan plan, int workers, Path folder) throws IOException {
        RunCheckpoints states = plan.checkpoints();
        if (states != null && states.isResumed()) {
            return plan.withSettings(states.settings(LabelConfig.class).orElseThrow());
        }
        if (!budget.any()) {
            return plan;
        }
        Set<String> held = settings.held(plan.config());
        held.addAll(plan.given().settings().keySet());
        PlanRun.Asked asked = new PlanRun.Asked(
                plan.files(), plan.config(), held, budget.budget(), budget.heapBytes(), budget.boundsTime());
        FittedPlan<RunPlan> fitted = new PlanRun(console, workers, folder).run(asked);
        BudgetOptions.describe(fitted, console);
        return plan.withSettings(fitted.plan().config());
    }

    private void checkLog() {
        if (log != null && Files.exists(log) && !overwrite && !checkpoints.resume()) {
            throw new UsageException("--log " + log + " exists; add --overwrite to replace it");
        }
    }

    private void warn() throws IOException {
        if (files.labels().file() == null && settings.mentions("labelNamesAsDocuments")) {
            console.message("labelNamesAsDocuments has no effect without the names, see --labels");
        }
        if (!files.validate().isEmpty()
                && (settings.mentions("validationFraction") || settings.mentions("validationExamples"))) {
            console.message("validationFraction and validationExamples have no effect with --validate");
        }
    }

    private void report(TrainRun.Plan plan, TrainRun.Outcome outcome, Resources.Cost cost) throws IOException {
        if (json) {
            ObjectNode object = Json.object();
            outcome.validation().ifPresentOrElse(metrics -> Json.put(metrics, object), () -> object.put("examples", 0));
            cost.into(object);
            outcome.into(object);
            console.out().println(Json.line(object));
        } else {
            print(outcome, cost);
            next(plan, outcome);
        }
        console.flush();
    }

    private void print(TrainRun.Outcome outcome, Resources.Cost cost) {
        PrintWriter out = console.out();
        outcome.tune().ifPresent(search -> {
            new TuneTable(search).print(out);
            out.println();
        });
        outcome.validation().ifPresent(metrics -> {
            String epoch = ", epoch " + outcome.best().epoch() + " of " + outcome.epochCount();
            out.println("Validation" + (outcome.epochCount() == 0 ? "" : epoch) + ":");
            new MetricTables(metrics).print(out);
            out.println();
        });
        out.println("Trained in " + cost + "; the model has " + Texts.bytes(outcome.modelBytes()) + ".");
    }

    private void next(TrainRun.Plan plan, TrainRun.Outcome outcome) {
        PrintWriter out = console.out();
        String command = Texts.command();
        String folder = Texts.argument(plan.target().folder());
        out.println("The model is in " + plan.target().folder() + ". Next:");
        out.println("  " + command + " evaluate --model " + folder + " --test FILE");
        if (outcome.model().features() instanceof TextFeatureSpace) {
            out.println("  echo 'a text' | " + command + " predict --model " + folder);
        } else {
            out.println("  " + command + " predict --model " + folder + " --input FILE");
        }
        out.println("  " + command + " inspect --model " + folder);
        outcome.tune()
                .map(TuneResult::winner)
                .filter(winner -> !winner.isStart())
                .ifPresent(winner -> {
                    out.println("The same model without a search: the same command with, in the place of --tune,");
                    out.println("  " + TuneTable.options(winner));
                });
        Optional<Metrics> validation = outcome.validation();
        int epochs = outcome.epochCount();
        if (validation.isPresent()
                && outcome.best().epoch() == outcome.config().train().maxEpochs()) {
            out.println("The last epoch was the best: --max-epochs " + 2 * epochs + " may be better still.");
        }
        if (plan.files().labelNames() == null) {
            out.println("With --labels, answers have names, and the names are learned from as well.");
        }
    }
}
