package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.AnchorSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/**
 * Trains a {@link RatingModel}: epochs of steps in an order that seed and epoch draw, a look at the validation part
 * after each, the best parameters kept, an early end when they get no better. The result depends on configuration, seed
 * and data, not on the number of threads.
 */
public final class RatingTrainer {

    private final RatingTrainConfig config;
    private final Workers workers;
    private final RatingListener listener;
    private final Path temporary;
    private RatingAdaptation adaptation;
    private AnchorSetup users = AnchorSetup.NONE;
    private AnchorSetup items = AnchorSetup.NONE;

    /** @param temporary folder for the best parameters while training goes on */
    public RatingTrainer(RatingTrainConfig config, Workers workers, RatingListener listener, Path temporary) {
        this.config = config;
        this.workers = workers;
        this.listener = listener;
        this.temporary = temporary;
        this.adaptation =
                config.nonparametric().learned() ? new RatingBudget(config.nonparametric()) : RatingAdaptation.NONE;
    }

    /** From now on changes the model between epochs in this way, in place of what the settings say. */
    public RatingTrainer adapting(RatingAdaptation between) {
        this.adaptation = between;
        return this;
    }

    /** Lets the tables start from chosen anchors and know of relations, in place of what they draw by themselves. */
    public RatingTrainer preparing(AnchorSetup ofUsers, AnchorSetup ofItems) {
        this.users = ofUsers;
        this.items = ofItems;
        return this;
    }

    /**
     * Draws the first values of the model and trains it; at the end it holds the parameters of the epoch with the
     * lowest objective, which is the validation MSE unless numbers of anchors are learned, or of the last epoch when
     * there is no validation part.
     *
     * @param train ratings of known users and items; copied unless they are in random order
     * @return one report an epoch
     * @throws IllegalArgumentException when there is no training rating, or one of an unknown user or item, or numbers
     *     of anchors are to be learned without a validation part or tables of anchors, or anchors or relations that the
     *     settings ask for were not found before, see {@link #preparing}
     * @throws DivergedException when the loss is no longer finite
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     * @throws IOException when the temporary file cannot be made
     */
    public List<RatingEpochReport> train(RatingModel model, RatingSet train, Optional<RatingSet> validation)
            throws IOException {
        checkKnown(model, train);
        boolean measured = validation.isPresent() && validation.get().size() > 0;
        Require.that(
                measured || !(adaptation instanceof RatingBudget),
                "the validation part, by which numbers of anchors are learned,",
                "at least one rating",
                "none; set validationFraction above 0 or give a file");
        adaptation.begin(model);
        RatingSet ordered = train.isShuffled() ? train : train.shuffled(config.seed());
        model.initialise(ordered, config.seed());
        users.applyTo(model.userTable());
        items.applyTo(model.itemTable());
        if (!measured) {
            return epochs(model, ordered, Optional.empty(), () -> {});
        }
        try (Snapshot best = new Snapshot(model, temporary)) {
            List<RatingEpochReport> reports = epochs(model, ordered, validation, best::save);
            best.restore();
            return reports;
        }
    }

    private static void checkKnown(RatingModel model, RatingSet train) {
        Require.that(train.size() > 0, "training ratings", "at least 1", 0);
        for (int i = 0; i < train.size(); i++) {
            boolean known = train.user(i) >= 0
                    && train.user(i) < model.users().size()
                    && train.item(i) >= 0
                    && train.item(i) < model.items().size();
            Require.that(known, "user and item of a training rating", "known to the model", i);
        }
    }

    private List<RatingEpochReport> epochs(
            RatingModel model, RatingSet train, Optional<RatingSet> validation, Runnable keep) {
        List<RatingEpochReport> reports = new ArrayList<>();
        RatingEvaluation evaluation = new RatingEvaluation(model, workers);
        double best = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        try (RatingLearner learner = learner(model, train)) {
            for (int epoch = 1; epoch <= config.maxEpochs() && epoch - bestEpoch <= config.patience(); epoch++) {
                long start = System.nanoTime();
                double loss = learner.epoch(epoch);
                double seconds = (System.nanoTime() - start) / 1e9;
                learner.end(); // what is read from now on is up to date
                Optional<RatingMetrics> metrics = validation.map(evaluation::measure);
                TableFacts users = TableFacts.of(model.userTable());
                TableFacts items = TableFacts.of(model.itemTable());
                OptionalDouble objective = metrics.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(adaptation.objective(metrics.get(), users, items));
                if (objective.orElse(-epoch) < best) {
                    best = objective.orElse(-epoch);
                    bestEpoch = epoch;
                    keep.run();
                }
                RatingEpochReport report = new RatingEpochReport(
                        epoch, loss, metrics, objective, users, items, seconds, bestEpoch == epoch);
                reports.add(report);
                listener.epoch(report);
                adaptation.after(report, model);
            }
        }
        return reports;
    }

    private RatingLearner learner(RatingModel model, RatingSet train) {
        return switch (config.solver()) {
            case STEPS -> new StepLearner(model, train, config, workers, listener);
            case VARIATIONAL -> new SweepLearner(model, train, config, workers, listener);
        };
    }
}
