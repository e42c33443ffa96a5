package dev.longtail.train;

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
 * The second stage of training: an arm that is there, the association arm or the embedding arm, says for each training
 * example which labels it takes for likely; then the direct arm learns to tell the right ones among them (negatives
 * from the matcher, as trees of linear classifiers train their leaves: PECOS, JMLR 2022). Candidates take 2 or 4 bytes
 * each.
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

    DirectStage(LabelModel model, TrainRows train, TrainConfig config, Workers workers, TrainListener listener) {
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.listener = listener;
        this.features = train.features();
        this.labels = train.labels();
    }

    /**
     * Trains the direct arm of the model and gives it to the model.
     *
     * @param gathered candidates of each training example, where the association arm or the last epoch has left them
     * @param state hears how far it is
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    void run(Optional<FewIds> gathered, Progress state) {
        DirectConfig direct = config.direct();
        DirectTraining.Source source = new DirectTraining.Source(
                features,
                model.features().size(),
                labels,
                model.labels().size(),
                gathered.orElseGet(() -> candidates(direct.candidates())));
        DirectTraining.Run run = training(config, workers).start(source);
        state.begin(run);
        while (!run.isDone()) {
            run.trainSome();
            report(DirectReport.Part.LABELS, run.done(), source.labelCount());
            state.labels();
        }
        DirectArm arm = run.arm();
        model.direct(Optional.of(arm));
        listener.direct(arm);
    }

    /** Keeps what has been learned, or gives it back. */
    interface Progress {

        /** The training is about to start with its first label, or with the one that it is brought to. */
        void begin(DirectTraining.Run run);

        /** Some labels are done. */
        void labels();
    }

    /** What trains the arm. */
    static DirectTraining training(TrainConfig config, Workers workers) {
        return new DirectTraining(config.direct(), RandomStream.key(config.seed(), 0, 6), workers);
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
