package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.ReadListener;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import dev.longtail.train.DirectReport;
import dev.longtail.train.EpochReport;
import dev.longtail.train.StepReport;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Lines for a log: one an epoch, and at most one every ten seconds in between. */
final class PlainProgress implements ProgressDisplay {

    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Console console;
    private final LongSupplier nanos;
    private TrainProgress training;
    private long lastLine;

    /** @param nanos a clock */
    PlainProgress(Console console, LongSupplier nanos) {
        this.console = console;
        this.nanos = nanos;
        this.training = new TrainProgress(nanos);
        this.lastLine = nanos.getAsLong();
    }

    @Override
    public void startTraining() {
        training = new TrainProgress(nanos);
    }

    @Override
    public void progress(StepReport step) {
        training.step(step);
        if (due()) {
            console.message(String.format(
                    Locale.ROOT,
                    "epoch %d of at most %d, %.0f %%: %s",
                    step.epoch(),
                    step.maxEpochs(),
                    100 * training.shareOfEpoch(),
                    training.figures()));
        }
    }

    @Override
    public void epoch(EpochReport report) {
        lastLine = nanos.getAsLong();
        console.message(training.epoch(report));
    }

    @Override
    public void direct(DirectReport report) {
        if (due()) {
            console.message(TrainProgress.title(report) + ", " + Math.round(100.0 * report.done() / report.all())
                    + " %: " + TrainProgress.figures(report));
        }
    }

    @Override
    public void association(AssociationArm arm) {
        stays(TrainProgress.association(arm));
    }

    @Override
    public void direct(DirectArm arm) {
        stays(TrainProgress.direct(arm));
    }

    @Override
    public void mixture(Mixture mixture) {
        stays(TrainProgress.mixture(mixture));
    }

    private void stays(String line) {
        lastLine = nanos.getAsLong();
        console.message(line);
    }

    @Override
    public void progress(ReadListener.Progress pass) {
        if (due()) {
            console.message(String.format(
                    Locale.ROOT,
                    "reading %s (%s), %.0f %%: %,d lines",
                    pass.file(),
                    pass.pass(),
                    100.0 * pass.bytesDone() / Math.max(1, pass.bytesTotal()),
                    pass.lines()));
        }
    }

    @Override
    public void measured(long done, long all) {
        if (due()) {
            console.message(String.format(Locale.ROOT, "ranking, %.0f %%: %,d examples", 100.0 * done / all, done));
        }
    }

    private boolean due() {
        long now = nanos.getAsLong();
        if (now - lastLine < INTERVAL_NANOS) {
            return false;
        }
        lastLine = now;
        return true;
    }

    @Override
    public void clear() {}
}
