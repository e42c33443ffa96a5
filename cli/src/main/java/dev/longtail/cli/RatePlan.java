package dev.longtail.cli;

import dev.longtail.parallel.Workers;
import dev.longtail.plan.Budget;
import dev.longtail.plan.Cost;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.JavaMachine;
import dev.longtail.plan.NothingFitsException;
import dev.longtail.plan.Planner;
import dev.longtail.plan.RatingPlan;
import dev.longtail.plan.RatingPlanner;
import dev.longtail.plan.RatingShape;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Says what a run of task rate will take, and finds settings that fit its limits. */
final class RatePlan {

    private static final Cost.Clock CLOCK = new Cost.Clock(Resources::cpuNanos);

    private final Console console;
    private final Workers workers;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    RatePlan(Console console, Workers workers, Path temporary) {
        this.console = console;
        this.workers = workers;
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
    record Asked(
            RatingFiles files, RatingConfig config, Set<String> held, Budget budget, long heapBytes, boolean timed) {}

    /** Ratings, and what reading them took. */
    record Read(RatingData data, Cost cost) {}

    /** Reads the files of a run. */
    static Read read(RatingFiles files, RatingConfig config, ProgressDisplay progress) throws IOException {
        Cost.Watch reading = CLOCK.start();
        RatingData data = RatingData.read(files, config.data(), config.train().seed(), progress);
        progress.clear();
        return new Read(data, reading.cost());
    }

    /** The plan of a run whose files were read. */
    FittedPlan<RatingPlan> of(Asked asked, Read read) throws IOException {
        RatingPlanner planner = new RatingPlanner(
                read.cost(),
                new JavaMachine(asked.heapBytes()),
                workers,
                new Planner.Tools(CLOCK, temporary, asked.timed()));
        boolean separate = !asked.files().validation().isEmpty();
        try {
            RatingShape shape = RatingShape.of(read.data(), asked.config().data(), separate);
            if (asked.timed()) {
                console.message("trying small parts of the training ...");
            }
            return planner.fit(asked.config(), asked.held(), asked.budget(), read.data(), shape);
        } catch (NothingFitsException e) {
            throw BudgetOptions.refusal(e, asked.held());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e); // settings and data that do not go together
        }
    }
}
