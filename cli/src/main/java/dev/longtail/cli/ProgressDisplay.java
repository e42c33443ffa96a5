package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.ReadListener;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import dev.longtail.train.DirectReport;
import dev.longtail.train.EpochReport;
import dev.longtail.train.StepReport;
import dev.longtail.train.TrainListener;

/** Shows on standard error how far a run is. */
interface ProgressDisplay extends TrainListener, ReadListener, AutoCloseable {

    /** A bar where a person watches on a terminal that can erase a line, otherwise a line now and then. */
    static ProgressDisplay on(Console console) {
        return console.errTerminal() && !"dumb".equals(System.getenv("TERM"))
                ? new TerminalProgress(console, Console.columns())
                : new PlainProgress(console, System::nanoTime);
    }

    /** Training starts: rates and times count from here. */
    void startTraining();

    @Override
    void progress(StepReport step);

    @Override
    void epoch(EpochReport report);

    @Override
    void direct(DirectReport report);

    @Override
    void association(AssociationArm arm);

    @Override
    void direct(DirectArm arm);

    @Override
    void mixture(Mixture mixture);

    @Override
    void progress(ReadListener.Progress pass);

    /** Examples have been ranked for measures. */
    void measured(long done, long all);

    /** Takes away what does not stay; more may follow. */
    void clear();

    @Override
    default void close() {
        clear();
    }
}
