package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of a rating model: a look at the validation part after each, the best parameters kept, an early end when
 * they get no better, and what changes the model between epochs.
 */
final class RatingStage implements Stateful {

    private final RatingModel model;
    private final RatingLearner learner;
    private final Surroundings run;
    private final RatingEvaluation evaluation;
    private Optional<RatingSet> validation = Optional.empty();
    private @Nullable Snapshot snapshot;
    private final List<RatingEpochReport> reports = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private int bestEpoch;

    /** What a run of training goes on in. */
    record Surroundings(
            RatingTrainConfig config,
            Workers workers,
            RatingListener listener,
            RatingAdaptation adaptation,
            Checkpoints checkpoints) {}

    RatingStage(RatingModel model, RatingLearner learner, Surroundings run) {
        this.model = model;
        this.learner = learner;
        this.run = run;
        this.evaluation = new RatingEvaluation(model, run.workers());
    }

    /**
     * Looks at a validation part after each epoch.
     *
     * @param held at least one rating
     * @param kept where the best parameters go
     */
    void measuring(RatingSet held, Snapshot kept) {
        validation = Optional.of(held);
        snapshot = kept;
    }

    /** Brings the stage to where it was when its state was kept. */
    void restore(StateCarrier state) {
        carry(Checkpoints.RUN, state);
        run.checkpoints().resumed();
        run.listener().resumed(List.copyOf(reports));
    }

    /** Runs the epochs that are left. */
    void run() {
        RatingTrainConfig config = run.config();
        for (int epoch = reports.size() + 1;
                epoch <= config.maxEpochs() && epoch - bestEpoch <= config.patience();
                epoch++) {
            long start = System.nanoTime();
            double loss = learner.epoch(epoch);
            double seconds = (System.nanoTime() - start) / 1e9;
            learner.end(); // what is read from now on is up to date
            RatingEpochReport report = measured(epoch, loss, seconds);
            reports.add(report);
            run.listener().epoch(report);
            run.adaptation().after(report, model);
            if (run.checkpoints().isDue()) {
                run.checkpoints().keep(new Checkpoints.Moment(Checkpoints.Stage.EPOCHS, epoch), this);
            }
        }
    }

    private RatingEpochReport measured(int epoch, double loss, double seconds) {
        Optional<RatingMetrics> metrics = validation.map(evaluation::measure);
        TableFacts users = TableFacts.of(model.userTable());
        TableFacts items = TableFacts.of(model.itemTable());
        OptionalDouble objective = metrics.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(run.adaptation().objective(metrics.get(), users, items));
        if (objective.orElse(-epoch) < best) {
            best = objective.orElse(-epoch);
            bestEpoch = epoch;
            if (snapshot != null) {
                snapshot.save();
            }
        }
        return new RatingEpochReport(epoch, loss, metrics, objective, users, items, seconds, bestEpoch == epoch);
    }

    /** One report an epoch. */
    List<RatingEpochReport> reports() {
        return reports;
    }

    /** {@inheritDoc} To be called between epochs. */
    @Override
    public void carry(String name, StateCarrier state) {
        List<RatingEpochReport> carried =
                RatingReportNumbers.reports(state.resized(name + ".reports", RatingReportNumbers.of(reports)));
        reports.clear();
        reports.addAll(carried);
        best = state.number(name + ".best", best);
        bestEpoch = (int) state.number(name + ".bestEpoch", bestEpoch);
        run.adaptation().carry(name + ".adaptation", state);
        learner.carry(name, state);
        if (snapshot != null) {
            snapshot.carry(name + ".snapshot", state); // the model may have been changed since the best epoch
        }
    }
}
