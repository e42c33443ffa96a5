package dev.longtail.train;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.cluster.ClusterBuilder;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.Permutation;
import dev.longtail.matrix.FewIds;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorSetup;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a {@link LabelModel}: shuffled epochs of steps, a look at the validation part after each, the best parameters
 * kept, an early end when they get no better, and in the end its probabilities calibrated on the validation part. The
 * result depends on configuration, seed and data, not on the number of threads.
 */
public final class LabelTrainer {

    /** Most examples that tell epochs apart where all are measured in the end; their P@1 differ by some tenths. */
    private static final int EPOCH_EXAMPLES = 10_000;

    /** Most examples that the mixture of the arms is chosen on: 13 bytes each for every candidate. */
    private static final int MIXED_EXAMPLES = 20_000;

    private final TrainConfig config;
    private final RewireConfig rewire;
    private final Workers workers;
    private final TrainListener listener;
    private final Path temporary;
    private @Nullable LabelModel encoder;
    private AnchorSetup setup = AnchorSetup.NONE;
    private Optional<Candidates> candidates = Optional.empty();
    private Optional<FewIds> likely = Optional.empty();
    private Optional<TrainRows> rows = Optional.empty();

    /** @param temporary folder for the best parameters while training goes on */
    public LabelTrainer(
            TrainConfig config, RewireConfig rewire, Workers workers, TrainListener listener, Path temporary) {
        this.config = config;
        this.rewire = rewire;
        this.workers = workers;
        this.listener = listener;
        this.temporary = temporary;
    }

    /** Lets models start from the encoder of another, see {@link LabelModel#takeEncoder}. */
    public LabelTrainer startingFrom(LabelModel other) {
        this.encoder = other;
        return this;
    }

    /** Lets the input table start from chosen anchors and know of relations, in place of what it draws by itself. */
    public LabelTrainer preparing(AnchorSetup table) {
        this.setup = table;
        return this;
    }

    /**
     * Draws the first values of the model and trains it; at the end it holds the parameters of the epoch with the best
     * validation P@1, or of the last epoch when there is no validation part. Without one it is not calibrated either:
     * on the examples it has learned from, a model looks far more certain than it can be.
     *
     * <p>A model that is stored in 8 bits is in 8 bits at the end, and cannot be trained again.
     *
     * @return one report an epoch, or one in their place where there is no embedding arm; the best epoch's measures are
     *     those of the model as it is at the end
     * @throws IllegalArgumentException when there is no training example, or no validation example has a label, or
     *     anchors or relations that the settings ask for were not found before, see {@link #preparing}
     * @throws DivergedException when the loss is no longer finite
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     * @throws IOException when the temporary file cannot be made
     */
    public List<EpochReport> train(LabelModel model, Examples train, Optional<Examples> validation) throws IOException {
        if (train.size() == 0) {
            throw new IllegalArgumentException("there is no training example");
        }
        config.check(model.config().output());
        model.calibrate(Optional.empty());
        model.direct(Optional.empty());
        model.association(Optional.empty());
        model.mixture(Mixture.EMBEDDING);
        model.initialise(clusters(model, train), config.seed());
        if (encoder != null) {
            model.takeEncoder(encoder);
        } else if (model.config().embedding()) {
            setup.applyTo(model.table());
        }
        associate(model, train);
        if (validation.isEmpty() || validation.get().size() == 0) {
            List<EpochReport> reports = epochs(model, train, Optional.empty(), () -> {});
            finish(model, train, Optional.empty());
            return reports;
        }
        requireLabels(validation.get());
        int batch = Math.max(64, config.batch());
        Evaluation evaluation = new Evaluation(model, batch, workers, 1, 3, 5);
        // where the model becomes another one in the end, it is measured on all examples then
        Examples looked = changes(model) ? spread(validation.get(), EPOCH_EXAMPLES) : validation.get();
        Supplier<Metrics> measure =
                () -> evaluation.rank(looked, Propensity.DEFAULT).metrics();
        List<EpochReport> reports;
        try (Snapshot best = new Snapshot(model, temporary)) {
            reports = epochs(model, train, Optional.of(measure), best::save);
            best.restore();
            model.check();
        } // what holds the parameters in the form in which they were trained ends before the direct arm needs memory
        boolean changed = finish(model, train, validation);
        model.calibrate(calibration(model, validation.get(), batch));
        return changed ? measuredAgain(reports, model, validation.get(), batch) : reports;
    }

    /** Counts associations, where there is to be an arm of them. */
    private void associate(LabelModel model, Examples train) {
        likely = Optional.empty();
        rows = Optional.empty();
        if (config.association().isOn()) {
            rows = Optional.of(TrainRows.of(train));
            likely = rows.map(held -> new AssociationStage(model, config, workers, listener).run(held));
            model.mixture(model.config().embedding() ? Mixture.EMBEDDING : Mixture.ASSOCIATION);
        }
    }

    /**
     * What comes after the epochs. The direct arm is trained on and calibration and figures are of the model as it is
     * kept, so it is brought into that form first.
     *
     * @return whether the model has become another one
     */
    private boolean finish(LabelModel model, Examples train, Optional<Examples> validation) {
        if (model.config().isStoredInBytes()) {
            model.toBytes();
        }
        if (config.direct().isOn()) {
            Optional<FewIds> gathered = likely.or(() -> candidates.map(Candidates::lists));
            candidates = Optional.empty();
            likely = Optional.empty();
            TrainRows held = rows.orElseGet(() -> TrainRows.of(train));
            rows = Optional.empty();
            new DirectStage(model, held, config, workers, listener).run(gathered);
            mix(model, validation);
        }
        return changes(model);
    }

    /** Chooses what each arm counts, where there is a validation part; else it is as the settings say. */
    private void mix(LabelModel model, Optional<Examples> validation) {
        float association = config.association().isOn() ? config.association().share() : 0;
        float embedding =
                model.config().embedding() ? (1 - association) * config.direct().share() : 0;
        Mixture start = new Mixture(association, embedding, 1 - association - embedding);
        Mixture mixture = validation
                .map(heldOut -> new MixtureSearch(model, workers).best(spread(heldOut, MIXED_EXAMPLES), start))
                .orElse(start);
        model.mixture(mixture);
        listener.mixture(mixture);
    }

    /** Whether what comes after the epochs makes another model. */
    private boolean changes(LabelModel model) {
        return model.config().isStoredInBytes() || config.direct().isOn();
    }

    /** At most so many of the examples, evenly spread. */
    private static Examples spread(Examples all, int most) {
        int size = Math.min(most, all.size());
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                all.read((int) ((long) example * all.size() / size), into);
            }
        };
    }

    private List<EpochReport> measuredAgain(
            List<EpochReport> reports, LabelModel model, Examples validation, int batch) {
        Metrics metrics = new Evaluation(model, batch, workers, 1, 3, 5)
                .rank(validation, Propensity.DEFAULT)
                .metrics();
        int best = EpochReport.bestOf(reports).epoch();
        return reports.stream()
                .map(report -> report.epoch() == best ? report.withValidation(metrics) : report)
                .toList();
    }

    private Optional<Calibration> calibration(LabelModel model, Examples validation, int batch) {
        return config.calibration().kind() == CalibrationConfig.Kind.NONE
                ? Optional.empty()
                : new CalibrationPass(model, config.calibration(), batch, workers).fit(validation);
    }

    private Optional<LabelClusters> clusters(LabelModel model, Examples train) {
        if (!model.config().embedding()) {
            return Optional.empty();
        }
        OutputConfig output = model.config().output();
        long seed = RandomStream.key(config.seed(), 0, 5);
        ClusterBuilder builder =
                new ClusterBuilder(model.labels().size(), model.features().size(), output.clusterSize(), seed);
        return switch (output.order()) {
            case NUMBERS -> Optional.empty();
            case CLUSTERS -> Optional.of(builder.similar(train, workers));
            case RANDOM_CLUSTERS -> Optional.of(builder.random());
        };
    }

    /** An evaluation of examples without any label measures nothing; that is known before the first epoch. */
    private static void requireLabels(Examples validation) {
        Example example = new Example();
        for (int i = 0; i < validation.size(); i++) {
            validation.read(i, example);
            if (example.labelCount + example.unknownLabels > 0) {
                return;
            }
        }
        throw new IllegalArgumentException("none of the " + validation.size()
                + " validation examples has a label, so no epoch can be told from another; give labelled ones");
    }

    private List<EpochReport> epochs(
            LabelModel model, Examples train, Optional<Supplier<Metrics>> validation, Runnable keep) {
        if (!model.config().embedding()) {
            keep.run();
            return List.of(EpochReport.none(validation.map(Supplier::get)));
        }
        long stepsAnEpoch = (train.size() + config.batch() - 1L) / config.batch();
        LabelStep step = new LabelStep(model, config, rewire, stepsAnEpoch * config.maxEpochs(), workers);
        if (config.negatives() > 0) {
            int group = model.config().output().group();
            likely.ifPresent(labels -> step.visit(new LikelyRows(labels, config.negatives(), model.output(), group)));
        }
        List<EpochReport> reports = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= config.maxEpochs() && epoch - bestEpoch <= config.patience(); epoch++) {
            Epoch done = epoch(epoch, step, train, stepsAnEpoch);
            Optional<Metrics> metrics = validation.map(Supplier::get);
            double quality = metrics.map(found -> found.at(1).precision()).orElse((double) epoch);
            if (quality > best) {
                best = quality;
                bestEpoch = epoch;
                keep.run();
            }
            reports.add(new EpochReport(
                    epoch,
                    done.loss,
                    done.moved,
                    done.auxiliaryWeight,
                    done.auxiliaryLoss,
                    metrics,
                    bestEpoch == epoch));
            listener.epoch(reports.get(reports.size() - 1));
        }
        return reports;
    }

    /** Room for candidates of the direct arm when this is the epoch that they are gathered in. */
    private Optional<Candidates> candidates(LabelStep step, Examples train, int epoch) {
        if (!config.direct().isOn() || likely.isPresent() || !step.tellsScores() || epoch < config.maxEpochs()) {
            return Optional.empty();
        }
        int width = Math.min(config.direct().candidates(), step.labels());
        return Optional.of(new Candidates(train.size(), width, step.labels(), config.batch(), workers.threads()));
    }

    private record Epoch(double loss, long moved, double auxiliaryWeight, double auxiliaryLoss) {}

    private Epoch epoch(int epoch, LabelStep step, Examples train, long stepsAnEpoch) {
        int[] order = Permutation.of(train.size(), config.seed(), epoch);
        candidates = candidates(step, train, epoch);
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
            listener.step(done);
            check(epoch, number, loss);
            listener.progress(new StepReport(epoch, config.maxEpochs(), to, train.size(), loss / to));
        }
        step.endEpoch();
        return new Epoch(loss / train.size(), moved, auxiliaryWeight, auxiliaryLoss / Math.max(1, auxiliarySteps));
    }

    private void check(int epoch, long step, double loss) {
        if (!Double.isFinite(loss)) {
            throw new DivergedException(epoch, step, config);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted at step " + step + " (epoch " + epoch + ")");
        }
    }
}
