package dev.longtail.train;

import dev.longtail.data.Examples;
import dev.longtail.data.Permutation;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.metrics.Metrics;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of the embedding arm: shuffled steps, a look at the validation part after each epoch, the best parameters
 * kept, an early end when they get no better.
 */
final class EmbeddingStage implements Stateful {

    private final Surroundings run;
    private final TrainConfig config;
    private final Examples train;
    private final LabelStep step;
    private final long stepsAnEpoch;
    private final boolean gathers;
    private Optional<Supplier<Metrics>> validation = Optional.empty();
    private @Nullable Snapshot snapshot;
    private Optional<Candidates> candidates = Optional.empty();
    private final List<EpochReport> reports = new ArrayList<>();
    private double best = Double.NEGATIVE_INFINITY;
    private int bestEpoch;

    /** What a run of training goes on in. */
    record Surroundings(
            TrainConfig config,
            RewireConfig rewire,
            Workers workers,
            TrainListener listener,
            Checkpoints checkpoints) {}

    /** @param likely candidates of each training example, where the association arm has found some */
    EmbeddingStage(LabelModel model, Examples train, Surroundings run, Optional<FewIds> likely) {
        this.run = run;
        this.config = run.config();
        this.train = train;
        this.stepsAnEpoch = (train.size() + config.batch() - 1L) / config.batch();
        this.step = new LabelStep(model, config, run.rewire(), stepsAnEpoch * config.maxEpochs(), run.workers());
        if (config.negatives() > 0) {
            int group = model.config().output().group();
            likely.ifPresent(labels -> step.visit(new LikelyRows(labels, config.negatives(), model.output(), group)));
        }
        this.gathers = config.direct().isOn() && likely.isEmpty() && step.tellsScores();
    }

    /**
     * Looks at a validation part after each epoch.
     *
     * @param measure measures the model as it is
     * @param kept where the best parameters go
     */
    void measuring(Supplier<Metrics> measure, Snapshot kept) {
        validation = Optional.of(measure);
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
        for (int epoch = reports.size() + 1;
                epoch <= config.maxEpochs() && epoch - bestEpoch <= config.patience();
                epoch++) {
            Epoch done = epoch(epoch);
            Optional<Metrics> metrics = validation.map(Supplier::get);
            double quality = metrics.map(found -> found.at(1).precision()).orElse((double) epoch);
            if (quality > best) {
                best = quality;
                bestEpoch = epoch;
                keepBest();
            }
            reports.add(new EpochReport(
                    epoch,
                    done.loss,
                    done.moved,
                    done.auxiliaryWeight,
                    done.auxiliaryLoss,
                    metrics,
                    bestEpoch == epoch));
            if (run.checkpoints().isDue()) {
                run.checkpoints().keep(new Checkpoints.Moment(Checkpoints.Stage.EPOCHS, epoch), this);
            }
            run.listener().epoch(reports.get(reports.size() - 1));
        }
    }

    /** One report an epoch. */
    List<EpochReport> reports() {
        return reports;
    }

    private void keepBest() {
        if (snapshot != null) {
            snapshot.save();
        }
    }

    /** Labels of high score for each training example, where the last epoch has gathered them. */
    Optional<FewIds> gathered() {
        return candidates.map(Candidates::lists);
    }

    /** {@inheritDoc} To be called between epochs. */
    @Override
    public void carry(String name, StateCarrier state) {
        LabelTrainer.stage(Checkpoints.Stage.EPOCHS, state);
        List<EpochReport> carried = ReportNumbers.reports(state.resized(name + ".reports", ReportNumbers.of(reports)));
        reports.clear();
        reports.addAll(carried);
        best = state.number(name + ".best", best);
        bestEpoch = (int) state.number(name + ".bestEpoch", bestEpoch);
        step.carry(name, state);
        if (state.isRestoring()) {
            candidates = room(reports.size());
        }
        gathered().ifPresent(lists -> lists.carry(name + ".candidates", state));
        boolean latest = bestEpoch == reports.size();
        if (snapshot != null && !latest) {
            snapshot.carry(name + ".snapshot", state);
        } else if (state.isRestoring()) {
            keepBest();
        }
    }

    /** Room for candidates of the direct arm when this is the epoch that they are gathered in. */
    private Optional<Candidates> room(int epoch) {
        if (!gathers || epoch < config.maxEpochs()) {
            return Optional.empty();
        }
        int width = Math.min(config.direct().candidates(), step.labels());
        int threads = run.workers().threads();
        return Optional.of(new Candidates(train.size(), width, step.labels(), config.batch(), threads));
    }

    private record Epoch(double loss, long moved, double auxiliaryWeight, double auxiliaryLoss) {}

    private Epoch epoch(int epoch) {
        int[] order = Permutation.of(train.size(), config.seed(), epoch);
        candidates = room(epoch);
        step.gather(candidates);
        step.startEpoch(epoch);
        ScheduleConfig schedule = config.schedule();
        long number = (epoch - 1) * stepsAnEpoch;
        double loss = 0;
        long moved = 0;
        double auxiliaryWeight = 0;
        double auxiliaryLoss = 0;
        int auxiliarySteps = 0;
        for (int from = 0; from < train.size(); from += config.batch()) {
            int to = Math.min(train.size(), from + config.batch());
            number++;
            StepSize size = schedule.at(number, stepsAnEpoch * config.maxEpochs());
            StepRecord done = step.run(train, order, from, to, size);
            loss += (to - from) * done.loss();
            moved += done.moved();
            auxiliaryWeight = done.auxiliaryWeight();
            auxiliaryLoss += done.auxiliaryLoss();
            auxiliarySteps += done.auxiliaryLoss() > 0 ? 1 : 0;
            run.listener().step(done);
            check(epoch, number, loss);
            run.listener().progress(new StepReport(epoch, config.maxEpochs(), to, train.size(), loss / to));
        }
        step.endEpoch();
        return new Epoch(loss / train.size(), moved, auxiliaryWeight, auxiliaryLoss / Math.max(1, auxiliarySteps));
    }

    private void check(int epoch, long number, double loss) {
        if (!Double.isFinite(loss)) {
            throw new DivergedException(epoch, number, config);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted at step " + number + " (epoch " + epoch + ")");
        }
    }
}
