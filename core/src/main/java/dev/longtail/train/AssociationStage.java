package dev.longtail.train;

import dev.longtail.association.AssociationArm;
import dev.longtail.association.AssociationCounts;
import dev.longtail.association.AssociationSearch;
import dev.longtail.matrix.FewIds;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The first stage of training: associations are counted, and tell for each training example which labels are likely.
 * The epochs of the embedding arm and the direct arm learn to tell the right ones among them.
 */
final class AssociationStage {

    private final LabelModel model;
    private final TrainConfig config;
    private final Workers workers;
    private final TrainListener listener;

    AssociationStage(LabelModel model, TrainConfig config, Workers workers, TrainListener listener) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * Gives the model its association arm.
     *
     * @return candidates of each training example, best first
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    FewIds run(TrainRows train) {
        int labels = model.labels().size();
        int candidates = Math.min(config.direct().candidates(), labels);
        AssociationArm arm = new AssociationCounts(config.association(), candidates, workers)
                .count(train.features(), model.features().size(), train.labels(), labels);
        model.association(Optional.of(arm));
        listener.association(arm);
        int rows = train.features().rows();
        return new AssociationSearch(arm, workers).candidates(train.features(), candidates, done -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted in the association arm");
            }
            listener.direct(new DirectReport(DirectReport.Part.CANDIDATES, done, rows));
        });
    }
}
