package dev.longtail.train;

import dev.longtail.association.AssociationSearch;
import dev.longtail.config.Require;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectTraining;
import dev.longtail.direct.LabelDuals;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.SparseRows;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.function.IntConsumer;

/**
 * The training examples of a model, and what each counts in the scorers of its direct arm. The dual variables are not
 * kept in a model; they are found again by solving for a label as training did, which gives the same bits, and checked
 * against the scorer that the model has.
 */
public final class ExampleDuals {

    private final LabelModel model;
    private final TrainRows train;
    private final DirectTraining training;
    private final FewIds candidates;

    /**
     * Reads the examples into memory and finds their candidates.
     *
     * @param config with which the model was trained
     * @param examples that it was trained on, in the same order
     * @param progress hears for how many examples candidates are found
     * @throws IllegalArgumentException when the model has no direct arm, or none whose candidates can be found again:
     *     without an association arm they came from the last epoch
     */
    public ExampleDuals(
            LabelModel model, TrainConfig config, Examples examples, Workers workers, IntConsumer progress) {
        this.model = model;
        this.training = DirectStage.training(config, workers);
        Require.that(
                model.association().isPresent() && model.direct().isPresent(),
                "the model",
                "one with an association arm and a direct arm, whose numbers can be divided over examples",
                "one without");
        this.train = TrainRows.of(examples);
        int width = Math.min(config.direct().candidates(), model.labels().size());
        this.candidates = new AssociationSearch(model.association().orElseThrow(), workers)
                .candidates(train.features(), width, progress);
    }

    /** Features of each example. */
    public SparseRows features() {
        return train.features();
    }

    /**
     * What each example counts in the scorer of a label.
     *
     * @throws IllegalArgumentException when it comes to another scorer than the model has
     */
    public LabelDuals solve(int label) {
        LabelDuals duals = training.solve(source(), label);
        if (!model.direct().orElseThrow().hasScorerOf(duals.arm(), label)) {
            throw new IllegalArgumentException("these examples do not make the scorer that the model has of label "
                    + model.labels().id(label)
                    + ": it was trained on others, or made smaller or changed after training");
        }
        return duals;
    }

    private DirectTraining.Source source() {
        return new DirectTraining.Source(
                train.features(),
                model.features().size(),
                train.labels(),
                model.labels().size(),
                candidates);
    }
}
