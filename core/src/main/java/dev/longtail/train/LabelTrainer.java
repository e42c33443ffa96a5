package dev.longtail.train;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.cluster.ClusterBuilder;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorSetup;
import dev.longtail.topology.RewireConfig;
import dev.longtail.train.Checkpoints.Stage;
import dev.longtail.train.EmbeddingStage.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
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
    private Checkpoints checkpoints = Checkpoints.NONE;
    private Optional<FewIds> gathered = Optional.empty();
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

    /** Keeps the state of the run from time to time, and goes on from a state that was kept. */
    public LabelTrainer keeping(Checkpoints states) {
        this.checkpoints = states;
        return this;
    }

    /**
     * Draws the first values of the model and trains it; at the end it holds the parameters of the epoch with the best
     * validation P@1, or of the last epoch when there is no validation part. Without one it is not calibrated either:
     * on the examples it has learned from, a model looks far more certain than it can be.
     *
     * <p>A run that goes on from a state that was kept ends with the same bits as one that was never interrupted.
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
        Optional<Examples> heldOut = validation.filter(examples -> examples.size() > 0);
        heldOut.ifPresent(LabelTrainer::requireLabels);
        start(model, train);
        associate(model, train);
        List<EpochReport> reports = arms(model, train, heldOut, checkpoints.resume());
        if (heldOut.isEmpty()) {
            return reports;
        }
        int batch = Math.max(64, config.batch());
        model.calibrate(calibration(model, heldOut.get(), batch));
        return changes(model) ? measuredAgain(reports, model, heldOut.get(), batch) : reports;
    }

    /** Draws first values, or takes them over. */
    private void start(LabelModel model, Examples train) {
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
    }

    /** Trains the arms that learn, as far as they were not trained yet when the kept state was written. */
    private List<EpochReport> arms(
            LabelModel model, Examples train, Optional<Examples> heldOut, Optional<StateCarrier> kept)
            throws IOException {
        boolean learned = kept.isPresent() && stage(Stage.EPOCHS, kept.get()) == Stage.DIRECT;
        List<EpochReport> reports = learned ? List.of() : epochs(model, train, heldOut, kept);
        // what holds the parameters in the form in which they were trained has ended, as the direct arm needs memory
        if (model.config().isStoredInBytes()) {
            model.toBytes();
        }
        Optional<FewIds> held = likely.isPresent() ? Optional.empty() : gathered;
        DirectRun direct = new DirectRun(model, checkpoints, learned ? kept : Optional.empty(), held, reports);
        if (config.direct().isOn()) {
            int width = Math.min(config.direct().candidates(), model.labels().size());
            direct.restore(() -> new FewIds(train.size(), width, model.labels().size()));
            if (learned) {
                listener.resumed(direct.reports());
            }
            direct(model, train, direct);
            mix(model, heldOut);
        }
        return direct.reports();
    }

    /** Tells or is told in which stage a run is. */
    static Stage stage(Stage now, StateCarrier state) {
        return Stage.values()[(int) state.number("stage", now.ordinal())];
    }

    private List<EpochReport> epochs(
            LabelModel model, Examples train, Optional<Examples> heldOut, Optional<StateCarrier> kept)
            throws IOException {
        Optional<Supplier<Metrics>> measure = heldOut.map(examples -> measure(model, examples));
        if (!model.config().embedding()) {
            return List.of(EpochReport.none(measure.map(Supplier::get)));
        }
        Surroundings surroundings = new Surroundings(config, rewire, workers, listener, checkpoints);
        EmbeddingStage stage = new EmbeddingStage(model, train, surroundings, likely);
        if (measure.isEmpty()) {
            kept.ifPresent(stage::restore);
            stage.run();
        } else {
            try (Snapshot best = new Snapshot(model, temporary)) {
                stage.measuring(measure.get(), best);
                kept.ifPresent(stage::restore);
                stage.run();
                best.restore();
                model.check();
            }
        }
        gathered = stage.gathered();
        return stage.reports();
    }

    /** What epochs are told apart by. */
    private Supplier<Metrics> measure(LabelModel model, Examples heldOut) {
        Evaluation evaluation = new Evaluation(model, Math.max(64, config.batch()), workers, 1, 3, 5);
        // where the model becomes another one in the end, it is measured on all examples then
        Examples looked = changes(model) ? spread(heldOut, EPOCH_EXAMPLES) : heldOut;
        return () -> evaluation.rank(looked, Propensity.DEFAULT).metrics();
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

    private void direct(LabelModel model, Examples train, DirectRun direct) {
        Optional<FewIds> candidates = likely.or(direct::gathered);
        gathered = Optional.empty();
        likely = Optional.empty();
        TrainRows held = rows.orElseGet(() -> TrainRows.of(train));
        rows = Optional.empty();
        new DirectStage(model, held, config, workers, listener).run(candidates, direct);
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
}
