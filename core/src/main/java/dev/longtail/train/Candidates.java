package dev.longtail.train;

import dev.longtail.matrix.FewIds;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.TopLabels;
import java.util.Arrays;

/**
 * The labels of highest score for each training example, gathered from the scores that training computes anyway: those
 * of the last epoch, each before the model learned from the example again.
 */
final class Candidates {

    private static final int LOW = 3;

    /** Lets the bound fall again where it was too high for many. */
    private static final float ROOM = 0.01f;

    private final FewIds lists;
    private final TopLabels top;
    private final int[] labels;
    private final float[] scores;
    private final float[] lasts;
    private float least = Float.NEGATIVE_INFINITY;

    /**
     * Room for examples without candidates.
     *
     * @param width candidates of an example
     * @param labelCount number of labels
     * @param batch most examples in a step
     */
    Candidates(int examples, int width, int labelCount, int batch, int workers) {
        this.lists = new FewIds(examples, width, labelCount);
        this.top = new TopLabels(width, batch, workers);
        this.labels = new int[width];
        this.scores = new float[width];
        this.lasts = new float[batch];
    }

    /** What is to be told the scores of the next batch. */
    OutputLayer.ScoreSink sink(int batch) {
        top.start(batch, least);
        return top;
    }

    /** Keeps the candidates of the batch, which are the examples {@code order[from .. to)}. */
    void keep(int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            int count = top.result(i - from, labels, scores);
            lists.set(order[i], labels, count);
            lasts[i - from] = count < labels.length ? least : scores[count - 1];
        }
        // The next batch is not asked for labels that would be the last for a few of its examples only: most labels
        // then cost a comparison.
        Arrays.sort(lasts, 0, to - from);
        least = lasts[(to - from) / LOW] - ROOM;
    }

    /** Candidates of each example, best first. */
    FewIds lists() {
        return lists;
    }
}
