package dev.longtail.cli;

import dev.longtail.plan.Budget;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.JavaMachine;
import dev.longtail.plan.NothingFitsException;
import dev.longtail.train.RatingConfig;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that bound what a training may take; a mixin. */
final class BudgetOptions {

    /** A heap is rounded to whole regions. */
    private static final long ROUNDING = 4L << 20;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Memory that the process may take at most, for example 600m or 2g (decimal units). Settings"
                    + " that were not given are lowered until the run fits, and the Java heap is bounded, so that it"
                    + " holds.")
    private @Nullable ByteSize memory;

    @Option(
            names = "--max-model-size",
            paramLabel = "SIZE",
            description = "Size of the model's folder at most, for example 60m. Settings are lowered until it fits, by"
                    + " a prediction.")
    private @Nullable ByteSize model;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description = "Time that the run may take at most, for example 90s, 20m or 2h. Settings are lowered until"
                    + " it fits, by a prediction.")
    private @Nullable Duration time;

    /** Whether anything is bounded. */
    boolean any() {
        return memory != null || model != null || time != null;
    }

    /** Whether time is bounded. */
    boolean boundsTime() {
        return time != null;
    }

    Budget budget() {
        return new Budget(
                memory == null ? Budget.NONE.memoryBytes() : memory.bytes(),
                model == null ? Budget.NONE.modelBytes() : model.bytes(),
                time == null ? Budget.NONE.seconds() : time.toMillis() / 1e3);
    }

    /** Heap that a training within the bounds has. */
    long heapBytes() {
        long most = Runtime.getRuntime().maxMemory();
        return memory == null ? most : Math.max(1, Math.min(most, JavaMachine.heapFor(memory.bytes())));
    }

    /** Refuses what a budget cannot be kept with. */
    void check(TrainRun.Plan plan) {
        if (any() && plan.tune() != null) {
            throw new UsageException(
                    "--tune chooses settings, and so do --max-memory, --max-model-size and --max-time: give either");
        }
        if (any() && plan.encoder() != null) {
            throw new UsageException("with --encoder-from, the shape is that of another model: --max-memory,"
                    + " --max-model-size and --max-time cannot choose one");
        }
        checkHeap();
    }

    /** Refuses what a budget of a model that rates cannot be kept with. */
    void checkRatings(TableFiles users, TableFiles items, RatingConfig config) {
        if (any() && config.online().stream()) {
            throw new UsageException("--online reads a stream, whose size is not known before: --max-memory,"
                    + " --max-model-size and --max-time cannot bound it");
        }
        if (any() && !(users.isEmpty() && items.isEmpty())) {
            throw new UsageException("--max-memory, --max-model-size and --max-time do not count what tables of task"
                    + " rate are given: leave out --anchors-from, --vectors-from and --relations");
        }
        checkHeap();
    }

    /** Refuses a heap that could grow past the bound on memory; the launcher gives none that can. */
    private void checkHeap() {
        if (memory == null) {
            return;
        }
        long allowed = JavaMachine.heapFor(memory.bytes());
        long heap = Runtime.getRuntime().maxMemory();
        if (heap > allowed + ROUNDING) {
            String start = allowed < ROUNDING
                    ? "; give it more"
                    : "; start it with the script longtail and without an -Xmx in LONGTAIL_JAVA_OPTIONS, or with -Xmx"
                            + allowed / 1024 + "k";
            throw new UsageException("--max-memory " + Texts.bytes(memory.bytes()) + " leaves a heap of "
                    + Texts.bytes(Math.max(0, allowed)) + ", and that of this Java machine may take "
                    + Texts.bytes(heap) + start);
        }
    }

    /** Tells of limits that a run did not keep after all, which only predictions can miss. */
    void tell(long modelBytes, Resources.Cost cost, Console console) {
        if (model != null && modelBytes > model.bytes()) {
            console.message("--max-model-size was missed: the model has " + Texts.bytes(modelBytes)
                    + "; shrink makes it smaller, or train with a smaller --max-model-size");
        }
        if (time != null && cost.seconds() > time.toMillis() / 1e3) {
            console.message("--max-time was missed: the run took " + Texts.seconds(cost.seconds()));
        }
        Long peak = cost.peakRssBytes();
        if (memory != null && peak != null && peak > memory.bytes()) {
            console.message("--max-memory was missed: the process took " + Texts.bytes(peak));
        }
    }

    /** Tells what was given up for a budget. */
    static void describe(FittedPlan<?> fitted, Console console) {
        if (fitted.changes().isEmpty()) {
            console.message("the settings fit as they are");
            return;
        }
        fitted.changes()
                .forEach(change -> console.message(
                        "to fit: " + change.path() + " is " + change.now() + " in place of " + change.before()));
    }

    /**
     * Says which budget would do where none of the settings fit.
     *
     * @param held paths of settings that keep their values
     */
    static UsageException refusal(NothingFitsException failure, Set<String> held) {
        return new UsageException(
                "nothing fits, however much is given up: the settings that may be changed need at least "
                        + options(failure.smallest())
                        + (held.isEmpty() ? "" : "; those that were given by hand are held"),
                failure);
    }

    /** What would do, as options. */
    private static String options(Budget budget) {
        StringBuilder options = new StringBuilder();
        if (budget.memoryBytes() != Budget.NONE.memoryBytes()) {
            options.append(" --max-memory ").append(megabytes(budget.memoryBytes()));
        }
        if (budget.modelBytes() != Budget.NONE.modelBytes()) {
            options.append(" --max-model-size ").append(megabytes(budget.modelBytes()));
        }
        if (budget.seconds() != Budget.NONE.seconds()) {
            options.append(" --max-time ")
                    .append((long) Math.ceil(budget.seconds()))
                    .append('s');
        }
        return options.substring(1);
    }

    private static String megabytes(long bytes) {
        return bytes < 10_000_000 ? (bytes + 999) / 1000 + "k" : (bytes + 999_999) / 1_000_000 + "m";
    }
}
