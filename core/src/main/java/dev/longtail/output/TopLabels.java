package dev.longtail.output;

import dev.longtail.config.Require;
import java.util.Arrays;

/**
 * The k labels of highest score for each example of a batch, gathered while scores pass by: no array of all scores is
 * kept. Among equal scores the smaller label id comes first, so the result does not depend on the order of arrival.
 */
public final class TopLabels implements OutputLayer.ScoreSink {

    private final int k;
    private final int maxBatch;
    private final float[][] scores;
    private final int[][] labels;
    private int batch;

    /** @param k labels to keep, at least 1 */
    public TopLabels(int k, int maxBatch, int workers) {
        Require.that(k >= 1, "k", "at least 1", k);
        this.k = k;
        this.maxBatch = maxBatch;
        this.scores = new float[workers][k * maxBatch];
        this.labels = new int[workers][k * maxBatch];
    }

    /** Forgets all scores; to be called before each batch. */
    public void start(int examples) {
        Require.that(examples <= maxBatch, "examples", "at most " + maxBatch, examples);
        batch = examples;
        for (int worker = 0; worker < scores.length; worker++) {
            Arrays.fill(scores[worker], 0, k * examples, Float.NEGATIVE_INFINITY);
            Arrays.fill(labels[worker], 0, k * examples, Integer.MAX_VALUE);
        }
    }

    @Override
    public void accept(int worker, int label, float[] labelScores) {
        float[] best = scores[worker];
        for (int example = 0; example < batch; example++) {
            if (labelScores[example] >= best[example * k + k - 1]) {
                insert(worker, example, label, labelScores[example]);
            }
        }
    }

    /** Takes the score of one label for one example. */
    public void offer(int worker, int example, int label, float score) {
        if (score >= threshold(worker, example)) {
            insert(worker, example, label, score);
        }
    }

    /**
     * The k-th best score that a worker has brought for an example, negative infinity while there are fewer: a label
     * below it is not among the k best of all workers either.
     */
    public float threshold(int worker, int example) {
        return scores[worker][example * k + k - 1];
    }

    private void insert(int worker, int example, int label, float score) {
        float[] best = scores[worker];
        int[] ids = labels[worker];
        int first = example * k;
        int place = first + k - 1;
        if (!precedes(score, label, best[place], ids[place])) {
            return;
        }
        while (place > first && precedes(score, label, best[place - 1], ids[place - 1])) {
            best[place] = best[place - 1];
            ids[place] = ids[place - 1];
            place--;
        }
        best[place] = score;
        ids[place] = label;
    }

    private static boolean precedes(float score, int label, float otherScore, int otherLabel) {
        return score > otherScore || (score == otherScore && label < otherLabel);
    }

    /**
     * The result for one example, best first.
     *
     * @param intoLabels int[at least k], written
     * @param intoScores float[at least k], written
     * @return number of labels written: k, or all labels when there are fewer
     */
    public int result(int example, int[] intoLabels, float[] intoScores) {
        int[] next = new int[scores.length];
        for (int rank = 0; rank < k; rank++) {
            int from = best(example, next);
            if (from < 0) {
                return rank;
            }
            int place = example * k + next[from]++;
            intoLabels[rank] = labels[from][place];
            intoScores[rank] = scores[from][place];
        }
        return k;
    }

    /** The worker whose next entry comes first, -1 when none has any left. */
    private int best(int example, int[] next) {
        int found = -1;
        for (int worker = 0; worker < next.length; worker++) {
            int place = example * k + next[worker];
            if (next[worker] < k
                    && labels[worker][place] != Integer.MAX_VALUE
                    && (found < 0 || precedes(worker, found, example, next))) {
                found = worker;
            }
        }
        return found;
    }

    private boolean precedes(int worker, int other, int example, int[] next) {
        int place = example * k + next[worker];
        int otherPlace = example * k + next[other];
        return precedes(
                scores[worker][place], labels[worker][place], scores[other][otherPlace], labels[other][otherPlace]);
    }
}
