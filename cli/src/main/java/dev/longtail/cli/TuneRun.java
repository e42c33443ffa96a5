package dev.longtail.cli;

import dev.longtail.data.TrainingData;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorSetup;
import dev.longtail.tune.HalvingSearch;
import dev.longtail.tune.TrainObjective;
import dev.longtail.tune.TuneResult;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A search for settings, told on standard error. */
final class TuneRun {

    private final Console console;
    private final ProgressDisplay display;
    private final Workers workers;
    private final Path temporary;
    private AnchorSetup setup = AnchorSetup.NONE;

    /** @param temporary folder for temporary files */
    TuneRun(Console console, ProgressDisplay display, Workers workers, Path temporary) {
        this.console = console;
        this.display = display;
        this.workers = workers;
        this.temporary = temporary;
    }

    /** Lets tables of all candidates start in this way. */
    TuneRun preparing(AnchorSetup table) {
        this.setup = table;
        return this;
    }

    /**
     * Searches on prepared data.
     *
     * @param encoder model whose features, table and body are taken over, null for none
     */
    TuneResult run(
            TuneOptions.Plan plan, TrainingData data, Propensity propensity, long seed, @Nullable LabelModel encoder)
            throws IOException {
        TuneProgress progress = new TuneProgress(plan.config().metric(), console, display);
        progress.start(plan);
        TrainObjective.Measure measure =
                new TrainObjective.Measure(plan.config().metric(), propensity);
        try {
            TrainObjective objective = new TrainObjective(data, measure, workers, temporary).telling(display);
            objective.preparing(setup);
            if (encoder != null) {
                objective.startingFrom(encoder);
            }
            TuneResult result =
                    new HalvingSearch(plan.config(), objective, System::nanoTime, progress).run(plan.space(), seed);
            progress.end(result);
            return result;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e); // settings and data that do not go together
        }
    }
}
