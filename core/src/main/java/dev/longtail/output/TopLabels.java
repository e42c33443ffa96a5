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
    /** For each worker and example a heap of k entries, the one that comes last in the order at its root. */
    private final float[][] scores;

    private final int[][] labels;
    /** The scores at the roots, side by side: most scores are compared with them and no more. */
    private final float[][] thresholds;

    private final boolean[] sorted;
    private int batch;

    /** @param k labels to keep, at least 1 */
    public TopLabels(int k, int maxBatch, int workers) {
        Require.that(k >= 1, "k", "at least 1", k);
        this.k = k;
        this.maxBatch = maxBatch;
        this.scores = new float[workers][k * maxBatch];
        this.labels = new int[workers][k * maxBatch];
        this.thresholds = new float[workers][maxBatch];
        this.sorted = new boolean[maxBatch];
    }

    /** Forgets all scores; to be called before each batch. */
    public void start(int examples) {
        start(examples, Float.NEGATIVE_INFINITY);
    }

    /**
     * Forgets all scores and asks for labels of at least a score only, which saves time; an example then may have fewer
     * than k.
     */
    public void start(int examples, float least) {
        Require.that(examples <= maxBatch, "examples", "at most " + maxBatch, examples);
        batch = examples;
        Arrays.fill(sorted, 0, examples, false);
        for (int worker = 0; worker < scores.length; worker++) {
            Arrays.fill(scores[worker], 0, k * examples, Float.NEGATIVE_INFINITY);
            Arrays.fill(labels[worker], 0, k * examples, Integer.MAX_VALUE);
            Arrays.fill(thresholds[worker], 0, examples, least);
        }
    }

    @Override
    public void accept(int worker, int label, float[] labelScores) {
        float[] least = thresholds[worker];
        for (int example = 0; example < batch; example++) {
            if (labelScores[example] >= least[example]) {
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
        return thresholds[worker][example];
    }

    private void insert(int worker, int example, int label, float score) {
        float[] best = scores[worker];
        int[] ids = labels[worker];
        int root = example * k;
        if (precedes(score, label, best[root], ids[root])) {
            sink(best, ids, root, k, score, label);
            thresholds[worker][example] = Math.max(thresholds[worker][example], best[root]);
        }
    }

    /** Puts an entry in place of the root of a heap of {@code size} entries and lets it sink to where it belongs. */
    private static void sink(float[] best, int[] ids, int root, int size, float score, int label) {
        int place = 0;
        for (int child = 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size
                    && precedes(best[root + child], ids[root + child], best[root + child + 1], ids[root + child + 1])) {
                child++;
            }
            if (!precedes(score, label, best[root + child], ids[root + child])) {
                break;
            }
            best[root + place] = best[root + child];
            ids[root + place] = ids[root + child];
            place = child;
        }
        best[root + place] = score;
        ids[root + place] = label;
    }

    private static boolean precedes(float score, int label, float otherScore, int otherLabel) {
        return score > otherScore || (score == otherScore && label < otherLabel);
    }

    /** Makes sequences of the heaps of an example, best first. */
    private void sort(int example) {
        for (int worker = 0; worker < scores.length; worker++) {
            float[] best = scores[worker];
            int[] ids = labels[worker];
            int root = example * k;
            for (int last = k - 1; last > 0; last--) {
                float score = best[root + last];
                int label = ids[root + last];
                best[root + last] = best[root];
                ids[root + last] = ids[root];
                sink(best, ids, root, last, score, label);
            }
        }
        sorted[example] = true;
    }

    /**
     * The result for one example, best first. No more scores may come before the next {@link #start}. Several threads
     * may ask for different examples at once.
     *
     * @param intoLabels int[at least k], written
     * @param intoScores float[at least k], written
     * @return number of labels written: k, or all labels when there are fewer
     */
    public int result(int example, int[] intoLabels, float[] intoScores) {
        if (!sorted[example]) {
            sort(example);
        }
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
