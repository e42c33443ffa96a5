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
    private final int shortlist;
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
        boolean oneArm = model.association().isEmpty() && model.direct().isEmpty();
        this.shortlist = oneArm ? found : Math.min(candidates(model), found);
        this.arms = new ArmScores(model, found, maxBatch, workers);
        this.scores = new float[maxBatch][found];
    }

    /**
     * Labels of an example that all arms score, whatever the number of suggestions: at least 1. A model of the
     * embedding arm alone, all of whose labels are scored, has 1.
     */
    public static int candidates(LabelModel model) {
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

    /**
     * Orders the candidates of an example by their mixed scores, of equal ones the smaller label first. Labels found
     * beyond them follow as they were found: the direct arm never learned to tell those apart.
     */
    private void order(int example) {
        int candidates = Math.min(shortlist, arms.count(example));
        for (int i = 0; i < candidates; i++) {
            insert(example, i);
        }
        if (candidates > 0) {
            follow(example, candidates);
        }
    }

    /** Puts candidate i where its mixed score belongs among those before it. */
    private void insert(int example, int i) {
        int[] labels = arms.labels(example);
        float[] mixed = scores[example];
        int label = labels[i];
        float score = model.mixture()
                .score(arms.byAssociation(example)[i], arms.byEmbedding(example)[i], arms.byDirect(example)[i]);
        int place = i;
        while (place > 0 && precedes(score, label, mixed[place - 1], labels[place - 1])) {
            mixed[place] = mixed[place - 1];
            labels[place] = labels[place - 1];
            place--;
        }
        mixed[place] = score;
        labels[place] = label;
    }

    /** Scores of labels beyond the candidates: below the last candidate by what the arm that found them tells. */
    private void follow(int example, int candidates) {
        boolean byAssociation = model.association().isPresent();
        float[] found = byAssociation ? arms.byAssociation(example) : arms.byEmbedding(example);
        float weight =
                byAssociation ? model.mixture().association() : model.mixture().embedding();
        float[] mixed = scores[example];
        for (int i = candidates; i < arms.count(example); i++) {
            mixed[i] = mixed[candidates - 1] - weight * (found[candidates - 1] - found[i]);
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
