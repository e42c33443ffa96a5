package dev.longtail.cli;

import dev.longtail.anchor.RatedObjects;
import dev.longtail.data.SourceFile;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.RatingProvenance;
import dev.longtail.kernel.Vectors;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.RatingPlan;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.rating.SeenItems;
import dev.longtail.table.AnchorSetup;
import dev.longtail.table.InputTable;
import dev.longtail.train.Checkpoints;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import dev.longtail.train.StepReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What train does for task rate: from files of ratings to a model folder. */
final class RateTrain {

    private final Console console;
    private final int threads;

    RateTrain(Console console, int threads) {
        this.console = console;
        this.threads = threads;
    }

    /**
     * What to do.
     *
     * @param users what their table is given beside its settings
     * @param items what their table is given
     * @param temporary folder to make temporary files in, null for the system's
     * @param json whether results go to programs
     * @param checkpoints where the state of the run is kept, null for nowhere
     * @param limits what the run is to stay within, null for none
     */
    record Plan(
            RatingFiles files,
            RatingConfig config,
            ModelTarget target,
            TableFiles users,
            TableFiles items,
            @Nullable Path temporary,
            boolean json,
            @Nullable RunCheckpoints checkpoints,
            @Nullable Limits limits) {

        /** With checkpoints. */
        Plan keeping(@Nullable RunCheckpoints states) {
            return new Plan(files, config, target, users, items, temporary, json, states, limits);
        }

        /** With limits. */
        Plan within(Limits some) {
            return new Plan(files, config, target, users, items, temporary, json, checkpoints, some);
        }

        /** With other settings. */
        Plan withSettings(RatingConfig settings) {
            return new Plan(files, settings, target, users, items, temporary, json, checkpoints, limits);
        }
    }

    /**
     * What a run is to stay within.
     *
     * @param held paths of settings that keep their values
     */
    record Limits(BudgetOptions budget, Set<String> held) {}

    /** What came out. */
    record Outcome(RatingModel model, List<RatingEpochReport> epochs, long ratings, long modelBytes) {

        RatingEpochReport best() {
            return RatingEpochReport.bestOf(epochs);
        }

        double medianSeconds() {
            double[] seconds = epochs.stream()
                    .mapToDouble(RatingEpochReport::seconds)
                    .sorted()
                    .toArray();
            return seconds[seconds.length / 2];
        }
    }

    int run(Plan plan) throws IOException {
        Resources resources = Resources.start();
        Outcome outcome = learn(plan);
        Resources.Cost cost = resources.cost();
        if (plan.limits() != null) {
            plan.limits().budget().tell(outcome.modelBytes(), cost, console);
        }
        if (plan.json()) {
            console.out().println(Json.line(json(outcome, cost)));
        } else {
            print(plan, outcome, cost);
        }
        console.flush();
        return Failures.DONE;
    }

    /** Trains and writes the model, and prints no result. */
    Outcome learn(Plan plan) throws IOException {
        return plan.config().online().stream() ? new RateStream(console, threads).train(plan) : train(plan);
    }

    private Outcome train(Plan asked) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.in(asked.temporary());
                ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            RatePlan.Read read = RatePlan.read(asked.files(), asked.config(), progress);
            RatingData data = read.data();
            Plan plan = fitted(asked, read, new RatePlan(console, workers, folder.path()));
            RatingConfig config = plan.config();
            RatingModel model = config.newModel(data);
            describe(data, model);
            TableSetup tables = new TableSetup(console, progress, workers);
            long seed = config.train().seed();
            RatedObjects allUsers = new RatedObjects(data.users(), "users");
            AnchorSetup users = prepare(tables, model.userTable(), allUsers, plan.users(), seed);
            RatedObjects allItems = new RatedObjects(data.items().ids(), "items");
            AnchorSetup items = prepare(tables, model.itemTable(), allItems, plan.items(), seed);
            progress.startTraining();
            RatingTrainer trainer = new RatingTrainer(
                            config.train(), workers, listener(config, progress), folder.path())
                    .preparing(users, items)
                    .keeping(checkpoints(plan, data, tables, progress));
            List<RatingEpochReport> epochs = trainer.train(model, data.train(), data.validation());
            progress.clear();
            if (config.data().keepSeen()) {
                model.seen(Optional.of(SeenItems.of(data.train(), data.users().size())));
            }
            Path target = plan.target().folder();
            RatingModelFolder.write(
                    target,
                    model,
                    config,
                    RatingProvenance.of(data, epochs).withFiles(tables.read()).withOptions(RunOrigin.of(plan)),
                    plan.target().replaceable());
            if (plan.checkpoints() != null) {
                plan.checkpoints().done();
            }
            return new Outcome(model, epochs, data.train().size(), ModelTarget.bytes(target));
        }
    }

    /** The run with settings that fit its limits, those of the run that it goes on with where there is one. */
    private Plan fitted(Plan plan, RatePlan.Read read, RatePlan planner) throws IOException {
        RunCheckpoints states = plan.checkpoints();
        if (states != null && states.isResumed()) {
            return plan.withSettings(states.settings(RatingConfig.class).orElseThrow());
        }
        Limits limits = plan.limits();
        if (limits == null) {
            return plan;
        }
        BudgetOptions budget = limits.budget();
        RatePlan.Asked asked = new RatePlan.Asked(
                plan.files(), plan.config(), limits.held(), budget.budget(), budget.heapBytes(), budget.boundsTime());
        FittedPlan<RatingPlan> fitted = planner.of(asked, read);
        BudgetOptions.describe(fitted, console);
        return plan.withSettings(fitted.plan().config());
    }

    private static Checkpoints checkpoints(Plan plan, RatingData data, TableSetup tables, ProgressDisplay progress)
            throws IOException {
        if (plan.checkpoints() == null) {
            return Checkpoints.NONE;
        }
        List<SourceFile> files = new ArrayList<>(data.files());
        files.addAll(tables.read());
        return plan.checkpoints().open(plan.config(), files, progress::clear);
    }

    private static AnchorSetup prepare(
            TableSetup tables, InputTable table, RatedObjects objects, TableFiles files, long seed) throws IOException {
        long own = RandomStream.key(seed, 0, objects.kind().equals("users") ? 1 : 2);
        return tables.find(table, new TableSetup.Objects(objects, objects.ids()::id), files, own);
    }

    private void describe(RatingData data, RatingModel model) {
        console.message(Texts.count(data.train().size()) + " ratings to learn from, "
                + Texts.count(data.validation().map(set -> set.size()).orElse(0)) + " to validate on, "
                + Texts.count(data.users().size()) + " users, "
                + Texts.count(data.items().size()) + " items");
        console.message("training with " + RateFacts.tables(model) + ", " + threads
                + (threads == 1 ? " thread" : " threads") + ", kernels " + Vectors.name());
    }

    private RatingListener listener(RatingConfig config, ProgressDisplay progress) {
        int maxEpochs = config.train().maxEpochs();
        return new RatingListener() {
            @Override
            public void progress(StepReport report) {
                progress.progress(report);
            }

            @Override
            public void epoch(RatingEpochReport report) {
                progress.clear();
                console.message(line(report, maxEpochs));
            }
        };
    }

    /** One line about an epoch. */
    static String line(RatingEpochReport report, int maxEpochs) {
        String measures = report.validation()
                .map(metrics -> String.format(
                        Locale.ROOT,
                        ", validation MSE %.4f, MAE %.4f%s%s",
                        metrics.mse(),
                        metrics.mae(),
                        objective(report, metrics),
                        report.best() ? " (best so far)" : ""))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "epoch %d of at most %d: loss %.4f%s%s%s, %s",
                report.epoch(),
                maxEpochs,
                report.loss(),
                measures,
                anchors("users", report.users()),
                anchors("items", report.items()),
                Texts.seconds(report.seconds()));
    }

    private static String objective(RatingEpochReport report, RatingMetrics metrics) {
        double objective = report.objective().orElse(metrics.mse());
        return objective == metrics.mse() ? "" : String.format(Locale.ROOT, ", objective %.4f", objective);
    }

    static String anchors(String side, TableFacts facts) {
        return facts.anchors() == 0
                ? ""
                : ", " + side + " " + Texts.count(facts.anchors()) + " anchors, " + Texts.count(facts.nonZeros())
                        + " links";
    }

    private static ObjectNode json(Outcome outcome, Resources.Cost cost) {
        ObjectNode object = Json.object();
        outcome.best().validation().ifPresent(metrics -> RateFacts.put(metrics, object));
        object.put("parameters", outcome.model().parameters());
        object.put("tableParameters", outcome.model().tableParameters());
        RateFacts.putTables(outcome.model(), object);
        cost.into(object);
        object.put("modelBytes", outcome.modelBytes());
        object.put("epochs", outcome.epochs().size());
        object.put("bestEpoch", outcome.best().epoch());
        object.put("secondsPerEpoch", outcome.medianSeconds());
        object.put("loss", outcome.best().loss());
        object.put("users", outcome.model().users().size());
        object.put("items", outcome.model().items().size());
        object.put("trainRatings", outcome.ratings());
        return object;
    }

    private void print(Plan plan, Outcome outcome, Resources.Cost cost) {
        PrintWriter out = console.out();
        Optional<RatingMetrics> validation = outcome.best().validation();
        validation.ifPresent(metrics -> {
            boolean stream = plan.config().online().stream();
            out.println((stream ? "Held out, chunk " : "Validation, epoch ")
                    + outcome.best().epoch() + " of " + outcome.epochs().size() + ":");
            RateFacts.print(metrics, outcome.model(), out);
            out.println();
        });
        out.println("Trained in " + cost + "; the model has " + Texts.bytes(outcome.modelBytes()) + ", "
                + Texts.count(outcome.model().parameters()) + " parameters.");
        String command = Texts.command();
        String folder = Texts.argument(plan.target().folder());
        String user = Texts.argument(Texts.printable(outcome.model().users().id(0)));
        out.println("The model is in " + plan.target().folder() + ". Next:");
        out.println("  " + command + " evaluate --model " + folder + " --test FILE");
        out.println("  " + command + " recommend --model " + folder + " --user " + user);
        out.println("  " + command + " inspect --model " + folder);
        int maxEpochs = plan.config().train().maxEpochs();
        boolean last = outcome.best().epoch() == maxEpochs && !plan.config().online().stream();
        if (validation.isPresent() && last) {
            out.println("The last epoch was the best: --max-epochs " + 2 * maxEpochs + " may be better still.");
        }
        if (plan.files().items() == null) {
            out.println("With --items, recommendations have names.");
        }
    }
}
