package dev.longtail.train;

import dev.longtail.association.AssociationSearch;
import dev.longtail.config.Require;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectTraining;
import dev.longtail.direct.LabelDuals;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.Optional;
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
    private final Optional<FewIds> candidates;

    /**
     * Reads the examples into memory and finds their candidates.
     *
     * @param config with which the model was trained
     * @param examples that it was trained on, in the same order
     * @param progress hears for how many examples candidates are found
     * @throws IllegalArgumentException when the model has a direct arm without an association arm: its candidates came
     *     from the last epoch, and cannot be found again
     */
    public ExampleDuals(
            LabelModel model, TrainConfig config, Examples examples, Workers workers, IntConsumer progress) {
        this.model = model;
        this.training = DirectStage.training(config, workers);
        this.train = TrainRows.of(examples);
        Require.that(
                model.direct().isEmpty() || model.association().isPresent(),
                "a model with a direct arm",
                "one with an association arm, which finds the examples of each label again",
                "none");
        this.candidates = model.direct().isEmpty()
                ? Optional.empty()
                : model.association()
                        .map(arm -> new AssociationSearch(arm, workers)
                                .candidates(
                                        train.features(),
                                        Math.min(
                                                config.direct().candidates(),
                                                model.labels().size()),
                                        progress));
    }

    /** Features of each example. */
    public SparseRows features() {
        return train.features();
    }

    /** Examples that carry a label, ascending. */
    public int[] carrying(int label) {
        IdLists lists = train.labels().inverse(label, label + 1);
        return Arrays.copyOf(lists.ids(), lists.start(1));
    }

    /**
     * What each example counts in the scorer of a label; empty without a direct arm.
     *
     * @throws IllegalArgumentException when it comes to another scorer than the model has
     */
    public Optional<LabelDuals> solve(int label) {
        return candidates.map(found -> checked(training.solve(source(found), label), label));
    }

    private DirectTraining.Source source(FewIds found) {
        return new DirectTraining.Source(
                train.features(),
                model.features().size(),
                train.labels(),
                model.labels().size(),
                found);
    }

    private LabelDuals checked(LabelDuals duals, int label) {
        boolean same = model.direct().stream().anyMatch(arm -> arm.hasScorerOf(duals.arm(), label));
        if (!same) {
            throw new IllegalArgumentException("these examples do not make the scorer that the model has of label "
                    + model.labels().id(label)
                    + ": it was trained on others, or made smaller or changed after training");
        }
        return duals;
    }
}
