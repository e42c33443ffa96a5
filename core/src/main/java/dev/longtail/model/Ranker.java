package dev.longtail.model;

import dev.longtail.direct.DirectArm;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchReport;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;

/**
 * Ranks the labels of examples by all arms of a model: a search finds the labels of highest score by the embedding arm;
 * where there is a direct arm, these are its candidates, and the sum of both scores orders them. Prediction, evaluation
 * and calibration rank through it. For one caller at a time.
 */
public final class Ranker {

    private final LabelModel model;
    private final Workers workers;
    private final Workspace workspace;
    private final int top;
    private final int found;
    private final TopLabels best;
    private final int[][] labels;
    private final float[][] scores;
    private final int[] counts;

    /**
     * A ranker with scratch of its own.
     *
     * @param top labels of an example to rank, at least 1; fewer when the model has fewer
     * @param maxBatch most examples in a batch
     */
    public Ranker(LabelModel model, int top, int maxBatch, Workers workers) {
        this.model = model;
        this.workers = workers;
        this.workspace = new Workspace(model, maxBatch);
        this.top = Math.min(top, model.labels().size());
        int candidates = model.direct().map(DirectArm::candidates).orElse(0);
        this.found = Math.min(Math.max(top, candidates), model.labels().size());
        this.best = new TopLabels(found, maxBatch, workers.threads());
        this.labels = new int[maxBatch][found];
        this.scores = new float[maxBatch][found];
        this.counts = new int[maxBatch];
    }

    /** Labels of an example that are ranked. */
    public int top() {
        return top;
    }

    /** Most examples in a batch. */
    public int maxBatch() {
        return workspace.maxBatch();
    }

    /** Hidden vectors of a batch, [hidden][batch]; valid until the next call. */
    public Panel hidden(SparseBatch batch) {
        return workspace.hidden(batch, workers);
    }

    /**
     * Ranks the first {@code examples} examples of a batch.
     *
     * @param hidden of the batch
     * @return what the search looked at
     */
    public SearchReport rank(SparseBatch batch, Panel hidden, int examples, LabelSearch search) {
        SearchReport report = search.search(hidden, batch.rows(), examples, best);
        workers.run(examples, (example, worker) -> {
            counts[example] = best.result(example, labels[example], scores[example]);
            model.direct().ifPresent(arm -> reorder(arm, batch, example));
        });
        return report;
    }

    /** Adds the arm's scores and orders candidates by the sums, of equal ones the smaller label first. */
    private void reorder(DirectArm arm, SparseBatch batch, int example) {
        int[] candidates = labels[example];
        float[] sums = scores[example];
        int from = batch.start(example);
        int end = batch.start(example + 1);
        for (int i = 0; i < counts[example]; i++) {
            int label = candidates[i];
            float sum = arm.sum(sums[i], arm.score(label, batch.columns(), batch.values(), from, end));
            int place = i;
            while (place > 0 && precedes(sum, label, sums[place - 1], candidates[place - 1])) {
                sums[place] = sums[place - 1];
                candidates[place] = candidates[place - 1];
                place--;
            }
            sums[place] = sum;
            candidates[place] = label;
        }
    }

    private static boolean precedes(float score, int label, float otherScore, int otherLabel) {
        return score > otherScore || (score == otherScore && label < otherLabel);
    }

    /** Number of labels ranked for an example of the last batch. */
    public int count(int example) {
        return Math.min(top, counts[example]);
    }

    /** Labels of an example of the last batch, best first, in the first {@link #count} places; the live array. */
    public int[] labels(int example) {
        return labels[example];
    }

    /** Scores parallel to {@link #labels}; the live array. */
    public float[] scores(int example) {
        return scores[example];
    }
}
