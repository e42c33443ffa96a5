package dev.longtail.train;

import dev.longtail.matrix.IdLists;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.TopLabels;

/**
 * The labels of highest score for each training example, gathered from the scores that training computes anyway: those
 * of the last epoch, each before the model learned from the example again.
 */
final class Candidates {

    private final IdLists lists;
    private final TopLabels top;
    private final int[] labels;
    private final float[] scores;

    /**
     * Room for examples without candidates.
     *
     * @param width candidates of an example
     * @param batch most examples in a step
     */
    Candidates(int examples, int width, int batch, int workers) {
        this.lists = IdLists.ofWidth(examples, width);
        this.top = new TopLabels(width, batch, workers);
        this.labels = new int[width];
        this.scores = new float[width];
    }

    /** What is to be told the scores of the next batch. */
    OutputLayer.ScoreSink sink(int batch) {
        top.start(batch);
        return top;
    }

    /** Keeps the candidates of the batch, which are the examples {@code order[from .. to)}. */
    void keep(int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            lists.set(order[i], labels, top.result(i - from, labels, scores));
        }
    }

    /** Candidates of each example, best first. */
    IdLists lists() {
        return lists;
    }
}
