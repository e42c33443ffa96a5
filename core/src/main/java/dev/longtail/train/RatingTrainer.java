package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.AnchorSetup;
import dev.longtail.train.RatingStage.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

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
    private Checkpoints checkpoints = Checkpoints.NONE;
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

    /** Keeps the state of the run from time to time, and goes on from a state that was kept. */
    public RatingTrainer keeping(Checkpoints states) {
        this.checkpoints = states;
        return this;
    }

    /**
     * Draws the first values of the model and trains it; at the end it holds the parameters of the epoch with the
     * lowest objective, which is the validation MSE unless numbers of anchors are learned, or of the last epoch when
     * there is no validation part.
     *
     * <p>A run that goes on from a state that was kept ends with the same bits as one that was never interrupted.
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
            return epochs(model, ordered, stage -> {});
        }
        try (Snapshot best = new Snapshot(model, temporary)) {
            List<RatingEpochReport> reports =
                    epochs(model, ordered, stage -> stage.measuring(validation.orElseThrow(), best));
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

    private List<RatingEpochReport> epochs(RatingModel model, RatingSet train, Consumer<RatingStage> measuring) {
        try (RatingLearner learner = learner(model, train)) {
            RatingStage stage = new RatingStage(
                    model, learner, new Surroundings(config, workers, listener, adaptation, checkpoints));
            measuring.accept(stage);
            checkpoints.resume().ifPresent(stage::restore);
            stage.run();
            return stage.reports();
        }
    }

    private RatingLearner learner(RatingModel model, RatingSet train) {
        return switch (config.solver()) {
            case STEPS -> new StepLearner(model, train, config, workers, listener);
            case VARIATIONAL -> new SweepLearner(model, train, config, workers, listener);
        };
    }
}
