package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.TrainingData;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import dev.longtail.train.DirectReport;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.StepRecord;
import dev.longtail.train.StepReport;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that listen to a training run: the display, the clock of the epochs, and the log where one is wanted. */
final class RunWatch implements TrainListener, AutoCloseable {

    private final ProgressDisplay display;
    private final EpochTimes times = new EpochTimes(System::nanoTime, Resources::cpuNanos);
    private final @Nullable RunLog log;

    /**
     * @param display closed by whoever opened it
     * @param log     file to write the log to, null for none
     * @param goesOn  whether the log goes on behind what an interrupted run has written
     */
    RunWatch(ProgressDisplay display, @Nullable Path log, boolean goesOn) throws IOException {
        this.display = display;
        this.log = log == null ? null : new RunLog(log, times, goesOn);
    }

    /** Training starts. */
    void start(TrainingData data, LabelConfig config) {
        if (log != null) {
            log.start(data, config);
        }
        display.startTraining();
        times.start();
    }

    /** Time of an epoch, the median of the run. */
    EpochTimes.Time epochTime() {
        return times.median();
    }

    @Override
    public void resumed(List<EpochReport> done) {
        if (log != null) {
            log.resumed(done);
        }
        display.resumed(done);
    }

    @Override
    public void progress(StepReport report) {
        display.progress(report);
    }

    @Override
    public void step(StepRecord step) {
        times.step(step);
        if (log != null) {
            log.step(step);
        }
    }

    @Override
    public void epoch(EpochReport report) {
        times.epoch(report);
        if (log != null) {
            log.epoch(report);
        }
        display.epoch(report);
    }

    @Override
    public void direct(DirectReport report) {
        display.direct(report);
    }

    @Override
    public void association(AssociationArm arm) {
        display.association(arm);
        if (log != null) {
            log.association(arm);
        }
    }

    @Override
    public void mixture(Mixture mixture) {
        display.mixture(mixture);
        if (log != null) {
            log.mixture(mixture);
        }
    }

    @Override
    public void direct(DirectArm arm) {
        display.direct(arm);
        if (log != null) {
            log.direct(arm);
        }
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
