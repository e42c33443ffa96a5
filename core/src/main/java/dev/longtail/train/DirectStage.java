package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectArm;
import dev.longtail.direct.DirectConfig;
import dev.longtail.direct.DirectTraining;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseRows;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The second stage of training: the embedding arm, which has learned, says for each training example which labels it
 * takes for likely; then the direct arm learns to tell the right ones among them (negatives from the matcher, as trees
 * of linear classifiers train their leaves: PECOS, JMLR 2022). Examples are held in memory, 8 bytes a feature and 4 a
 * candidate.
 */
final class DirectStage {

    /** Examples whose labels are scored at once: more share one reading of the weights. */
    private static final int BATCH = 128;

    private final LabelModel model;
    private final TrainConfig config;
    private final Workers workers;
    private final TrainListener listener;
    private final SparseRows features;
    private final IdLists labels;

    DirectStage(LabelModel model, Examples train, TrainConfig config, Workers workers, TrainListener listener) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.listener = listener;
        this.labels = new IdLists(train.size(), 2);
        Example example = new Example();
        // read twice: arrays that grow would take twice the memory while they are copied
        this.features = new SparseRows(train.size(), entries(train, example));
        for (int i = 0; i < train.size(); i++) {
            train.read(i, example);
            features.add(example.features, example.weights, example.featureCount);
            labels.add(example.labels, example.labelCount);
        }
    }

    private static int entries(Examples train, Example example) {
        long entries = 0;
        for (int i = 0; i < train.size(); i++) {
            train.read(i, example);
            entries += example.featureCount;
        }
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the training examples hold " + entries
                    + " features, a direct arm can be trained on 2^31 at most; set direct.candidates=0");
        }
        return (int) entries;
    }

    /**
     * Trains the direct arm of the model and gives it to the model.
     *
     * @param gathered candidates of each training example, where the last epoch has left them
     * @param validation to choose the share of the embedding arm on
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    void run(Optional<FewIds> gathered, Optional<Examples> validation) {
        DirectConfig direct = config.direct();
        DirectTraining.Source source = new DirectTraining.Source(
                features,
                model.features().size(),
                labels,
                model.labels().size(),
                gathered.orElseGet(() -> candidates(direct.candidates())));
        DirectTraining training = new DirectTraining(direct, RandomStream.key(config.seed(), 0, 6), workers);
        DirectArm arm = training.train(source, done -> report(DirectReport.Part.LABELS, done, source.labelCount()));
        arm.share(validation
                .map(heldOut -> new ShareSearch(model, arm, workers).best(heldOut))
                .orElse(direct.share()));
        model.direct(Optional.of(arm));
        listener.direct(arm);
    }

    private FewIds candidates(int wanted) {
        int count = Math.min(wanted, model.labels().size());
        FewIds candidates = new FewIds(features.rows(), count, model.labels().size());
        Workspace workspace = new Workspace(model, BATCH);
        TopLabels top = new TopLabels(count, BATCH, workers.threads());
        SparseBatch batch = new SparseBatch();
        int[] found = new int[count];
        float[] scores = new float[count];
        for (int from = 0; from < features.rows(); from += BATCH) {
            int size = Math.min(BATCH, features.rows() - from);
            batch.clear();
            for (int i = 0; i < size; i++) {
                features.copyTo(batch, from + i);
            }
            top.start(size);
            workspace.scores(batch, workers, top);
            for (int i = 0; i < size; i++) {
                candidates.set(from + i, found, top.result(i, found, scores));
            }
            report(DirectReport.Part.CANDIDATES, from + size, features.rows());
        }
        return candidates;
    }

    private void report(DirectReport.Part part, int done, int all) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted in the direct arm");
        }
        listener.direct(new DirectReport(part, done, all));
    }
}
