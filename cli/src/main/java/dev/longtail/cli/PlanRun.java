package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.data.TrainingData;
import dev.longtail.parallel.Workers;
import dev.longtail.plan.Budget;
import dev.longtail.plan.Cost;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.JavaMachine;
import dev.longtail.plan.NothingFitsException;
import dev.longtail.plan.PlanData;
import dev.longtail.plan.Planner;
import dev.longtail.plan.RunPlan;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Looks at the files of a run and says what it will take. */
final class PlanRun {

    /** Examples may take a sixth of the heap, 8 bytes for each of their features. */
    private static final long SHARE = 6 * 8;

    private static final long MOST_ENTRIES = 1L << 25;

    private final Console console;
    private final int threads;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    PlanRun(Console console, int threads, Path temporary) {
        this.console = console;
        this.threads = threads;
        this.temporary = temporary;
    }

    /**
     * A run to plan.
     *
     * @param config settings to start from
     * @param held paths of settings that keep their values
     * @param heapBytes that the run may take
     * @param timed whether its time is asked for
     */
    record Asked(DataFiles files, LabelConfig config, Set<String> held, Budget budget, long heapBytes, boolean timed) {}

    FittedPlan<RunPlan> run(Asked asked) throws IOException {
        Cost.Clock clock = new Cost.Clock(Resources::cpuNanos);
        Cost.Watch reading = clock.start();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                TrainingData data = prepare(asked, progress);
                Workers workers = new Workers(threads)) {
            Cost read = reading.cost();
            progress.clear();
            console.message("trying small parts of the training ...");
            long most = Math.min(MOST_ENTRIES, Runtime.getRuntime().maxMemory() / SHARE);
            Planner planner = new Planner(
                    PlanData.of(data, most),
                    read,
                    new JavaMachine(asked.heapBytes()),
                    workers,
                    new Planner.Tools(clock, temporary, asked.timed()));
            return planner.fit(asked.config(), asked.held(), asked.budget());
        } catch (NothingFitsException e) {
            throw BudgetOptions.refusal(e, asked.held());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e); // settings and data that do not go together
        }
    }

    private TrainingData prepare(Asked asked, ProgressDisplay progress) throws IOException {
        return TrainingData.prepare(
                asked.files(),
                asked.config().dataSettings(),
                temporary,
                asked.config().train().seed(),
                progress);
    }
}
