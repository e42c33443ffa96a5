package dev.longtail.model;

import dev.longtail.association.AssociationArm;
import dev.longtail.direct.DirectArm;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchReport;
import dev.longtail.parallel.Workers;

/**
 * Ranks the labels of examples by all arms of a model: candidates are found and scored ({@link ArmScores}), and the
 * {@link Mixture} of their scores orders them. Prediction, evaluation and calibration rank through it. For one caller
 * at a time.
 */
public final class Ranker {

    private final LabelModel model;
    private final Workers workers;
    private final ArmScores arms;
    private final int top;
    private final float[][] scores;

    /**
     * A ranker with scratch of its own.
     *
     * @param top labels of an example to rank, at least 1; fewer when the model has fewer
     * @param maxBatch most examples in a batch
     */
    public Ranker(LabelModel model, int top, int maxBatch, Workers workers) {
        this.model = model;
        this.workers = workers;
        this.top = Math.min(top, model.labels().size());
        int found = Math.min(Math.max(top, candidates(model)), model.labels().size());
        this.arms = new ArmScores(model, found, maxBatch, workers);
        this.scores = new float[maxBatch][found];
    }

    /** Labels of an example that all arms score, whatever the number of suggestions: at least 1. */
    static int candidates(LabelModel model) {
        return model.association()
                .map(AssociationArm::candidates)
                .or(() -> model.direct().map(DirectArm::candidates))
                .orElse(1);
    }

    /** Labels of an example that are ranked. */
    public int top() {
        return top;
    }

    /** Most examples in a batch. */
    public int maxBatch() {
        return arms.maxBatch();
    }

    /** Hidden vectors of a batch, [hidden][batch]; valid until the next call. Empty where nothing reads them. */
    public Panel hidden(SparseBatch batch) {
        return arms.hidden(batch);
    }

    /**
     * Ranks the first {@code examples} examples of a batch.
     *
     * @param hidden of the batch
     * @param search by an index of the model, {@link LabelModel#index}
     * @return what the search looked at
     */
    public SearchReport rank(SparseBatch batch, Panel hidden, int examples, LabelSearch search) {
        SearchReport report = arms.score(batch, hidden, examples, search);
        workers.run(examples, (example, worker) -> order(example));
        return report;
    }

    /** Orders candidates by the mixed scores, of equal ones the smaller label first. */
    private void order(int example) {
        Mixture mixture = model.mixture();
        int[] labels = arms.labels(example);
        float[] mixed = scores[example];
        float[] association = arms.byAssociation(example);
        float[] embedding = arms.byEmbedding(example);
        float[] direct = arms.byDirect(example);
        for (int i = 0; i < arms.count(example); i++) {
            int label = labels[i];
            float score = mixture.score(association[i], embedding[i], direct[i]);
            int place = i;
            while (place > 0 && precedes(score, label, mixed[place - 1], labels[place - 1])) {
                mixed[place] = mixed[place - 1];
                labels[place] = labels[place - 1];
                place--;
            }
            mixed[place] = score;
            labels[place] = label;
        }
    }

    private static boolean precedes(float score, int label, float otherScore, int otherLabel) {
        return score > otherScore || (score == otherScore && label < otherLabel);
    }

    /** Number of labels ranked for an example of the last batch. */
    public int count(int example) {
        return Math.min(top, arms.count(example));
    }

    /** Labels of an example of the last batch, best first, in the first {@link #count} places; the live array. */
    public int[] labels(int example) {
        return arms.labels(example);
    }

    /** Scores parallel to {@link #labels}; the live array. */
    public float[] scores(int example) {
        return scores[example];
    }
}
