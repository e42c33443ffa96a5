package dev.longtail.explain;

import dev.longtail.data.Example;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Ranker;
import dev.longtail.model.Workspace;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.parallel.Workers;

/** The labels of one example as the model ranks them, with the bits of exact prediction of a list. */
final class Ranking {

    private final LabelModel model;
    private final int top;
    private final Workers workers;
    private final Ranker ranker;
    private final LabelSearch search;
    private final SparseBatch batch = new SparseBatch();
    /** Scores of all labels where one arm scores them all, of no label until they are asked for. */
    private float[] all = {};

    /** @param top labels that are suggested */
    Ranking(LabelModel model, int top, Workers workers) {
        this.model = model;
        this.top = top;
        this.workers = workers;
        this.ranker = new Ranker(model, Math.max(top, Ranker.candidates(model)), Vectors.lanes(), workers);
        this.search = model.index(SearchConfig.EXACT, workers).newSearch(workers);
    }

    /** Ranks the labels of an example. */
    void rank(Example example) {
        all = new float[0];
        batch.clear();
        batch.add(example.features, example.weights, example.featureCount);
        while (batch.rows() % Vectors.lanes() != 0) { // as Predictor has them
            batch.add(example.features, example.weights, 0);
        }
        ranker.rank(batch, ranker.hidden(batch), 1, search);
    }

    /** Whether every label is a candidate: the embedding arm scores them all, and no other arm does. */
    boolean allAreCandidates() {
        return model.association().isEmpty() && model.direct().isEmpty();
    }

    /** Number of labels that all arms have scored. */
    int candidates() {
        return allAreCandidates() ? model.labels().size() : Math.min(Ranker.candidates(model), ranker.count(0));
    }

    /** Number of suggested labels. */
    int suggested() {
        return Math.min(top, ranker.count(0));
    }

    /** The label at a place, from 0. */
    int label(int place) {
        return ranker.labels(0)[place];
    }

    /** Score of the label at a place. */
    float score(int place) {
        return ranker.scores(0)[place];
    }

    /** Place of a label among those that are ranked, from 0; -1 when it is not. */
    int place(int label) {
        for (int place = 0; place < ranker.count(0); place++) {
            if (label(place) == label) {
                return place;
            }
        }
        return -1;
    }

    /** Score of any label where all are candidates. */
    float scoreOfAny(int label) {
        scoreAll();
        return all[label];
    }

    /** Place of any label where all are candidates, from 0. */
    int placeOfAny(int label) {
        scoreAll();
        int before = 0;
        for (int other = 0; other < all.length; other++) {
            before += all[other] > all[label] || (all[other] == all[label] && other < label) ? 1 : 0;
        }
        return before;
    }

    private void scoreAll() {
        if (all.length == 0) {
            float[] scores = new float[model.labels().size()];
            new Workspace(model, batch.rows())
                    .scores(batch, workers, (worker, label, ofBatch) -> scores[label] = weighted(ofBatch[0]));
            all = scores;
        }
    }

    private float weighted(float byEmbedding) {
        return model.mixture().score(0, byEmbedding, 0);
    }
}
