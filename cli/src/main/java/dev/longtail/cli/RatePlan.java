package dev.longtail.cli;

import dev.longtail.parallel.Workers;
import dev.longtail.plan.Cost;
import dev.longtail.plan.JavaMachine;
import dev.longtail.plan.Planner;
import dev.longtail.plan.RatingPlan;
import dev.longtail.plan.RatingPlanner;
import dev.longtail.plan.RatingShape;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.nio.file.Path;

/** What plan does for task rate: looks at the files of a run and says what it will take. */
final class RatePlan {

    private final Console console;
    private final int threads;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    RatePlan(Console console, int threads, Path temporary) {
        this.console = console;
        this.threads = threads;
        this.temporary = temporary;
    }

    RatingPlan run(RatingFiles files, RatingConfig config) throws IOException {
        Cost.Clock clock = new Cost.Clock(Resources::cpuNanos);
        Cost.Watch reading = clock.start();
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                Workers workers = new Workers(threads)) {
            RatingData data =
                    RatingData.read(files, config.data(), config.train().seed(), progress);
            Cost read = reading.cost();
            progress.clear();
            console.message("trying small parts of the training ...");
            RatingPlanner planner = new RatingPlanner(
                    read,
                    new JavaMachine(Runtime.getRuntime().maxMemory()),
                    workers,
                    new Planner.Tools(clock, temporary, true));
            RatingShape shape =
                    RatingShape.of(data, config.data(), !files.validation().isEmpty());
            return planner.plan(config, data, shape);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e); // settings and data that do not go together
        }
    }
}
