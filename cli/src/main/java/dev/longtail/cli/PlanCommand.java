package dev.longtail.cli;

import dev.longtail.parallel.Workers;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.RatingPlan;
import dev.longtail.plan.RunPlan;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Predicts memory, time, disk and model size of a training, and says where the memory goes.",
        footer = {
            "",
            "Takes the options of train that decide what a run takes. The files are read as train reads them; then",
            "small parts of the training are really done on this machine, and what they take is extrapolated.",
            "Nothing is written. With --max-memory, --max-model-size or --max-time the plan is of the settings that",
            "train would choose with the same options, and says what was given up; settings given by --set,",
            "--config, --max-epochs, --dimension or --seed are held.",
            "",
            "Examples:",
            "  longtail plan --train train.tsv.gz --labels labels.tsv.gz",
            "  longtail plan --train train.tsv.gz --labels labels.tsv.gz --preset large --json",
            "  longtail plan --task rate --train ratings.csv --dimension 32",
            "  longtail plan --task rate --train ratings.csv --max-memory 300m",
            "  longtail plan --train train.tsv.gz --labels labels.tsv.gz --max-memory 600m --max-model-size 40m",
        })
final class PlanCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final TrainFileOptions files = new TrainFileOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder that train would write to; says when its disk has no room for the model.")
    private @Nullable Path model;

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
    private final BudgetOptions budget = new BudgetOptions();

    @Mixin
    private final RunOptions.Work work = new RunOptions.Work();

    @Option(names = "--json", description = "Write one JSON object instead of tables.")
    private boolean json;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (files.train().isEmpty()) {
            throw new UsageException("missing --train F...");
        }
        if (task == Converters.Task.RATE) {
            return rate();
        }
        TaskOptions.refuse(spec, "tag", RateOptions.NAMES);
        int workers = work.threads();
        TableFiles given = tables.ofTags();
        LabelConfig config = settings.config(given.settings());
        tables.check(given, config);
        Set<String> held = new HashSet<>(settings.held(config));
        held.addAll(given.settings().keySet());
        PlanRun.Asked asked = new PlanRun.Asked(
                files.data(work.format(), console), config, held, budget.budget(), budget.heapBytes(), true);
        return Interruption.guard(console, () -> "nothing was written", () -> plan(asked, workers));
    }

    private int rate() throws Exception {
        TaskOptions.refuse(spec, "rate", RateOptions.TAG_NAMES);
        TableFiles users = tables.ofRatings("users");
        TableFiles items = tables.ofRatings("items");
        if (!users.isEmpty() || !items.isEmpty()) {
            throw new UsageException("plan does not read what tables of task rate are given: leave out --anchors-from,"
                    + " --vectors-from and --relations");
        }
        RatingConfig config = rate.config(settings, Map.of());
        if (config.online().stream()) {
            throw new UsageException("plan reads the files as a whole, and --online a chunk at a time: leave it out");
        }
        users.check(config);
        items.check(config);
        RatePlan.Asked asked = new RatePlan.Asked(
                new RatingFiles(files.train(), files.validate(), rate.items()),
                config,
                rate.held(settings, config),
                budget.budget(),
                budget.heapBytes(),
                true);
        int threads = work.threads();
        return Interruption.guard(console, () -> "nothing was written", () -> plan(asked, threads));
    }

    private int plan(RatePlan.Asked asked, int threads) throws Exception {
        FittedPlan<RatingPlan> fitted;
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary());
                ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            RatePlan.Read read = RatePlan.read(asked.files(), asked.config(), progress);
            fitted = new RatePlan(console, workers, folder.path()).of(asked, read);
        }
        return tell(fitted, new RatePlanTables(fitted));
    }

    private int plan(PlanRun.Asked asked, int workers) throws Exception {
        FittedPlan<RunPlan> fitted;
        try (TemporaryFolder folder = TemporaryFolder.in(work.temporary())) {
            fitted = new PlanRun(console, workers, folder.path()).run(asked);
        }
        return tell(fitted, new TagPlanTables(fitted));
    }

    private int tell(FittedPlan<?> fitted, PlanTables tablesOfPlan) throws IOException {
        if (budget.any()) {
            BudgetOptions.describe(fitted, console);
        }
        checkRoom(fitted.plan().modelBytes());
        if (json) {
            console.out().println(Json.line(tablesOfPlan.json()));
        } else {
            tablesOfPlan.print(console.out());
        }
        console.flush();
        return Failures.DONE;
    }

    private void checkRoom(long bytes) throws IOException {
        Path place = model == null ? null : model.toAbsolutePath().normalize();
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        if (place != null) {
            long room = Files.getFileStore(place).getUsableSpace();
            if (room < bytes) {
                console.message("the disk of " + model + " has room for " + Texts.bytes(room) + " only");
            }
        }
    }
}
