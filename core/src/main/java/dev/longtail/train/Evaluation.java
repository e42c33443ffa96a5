package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;

/** Ranks the labels of a model for examples with known labels, and collects what the ranking is worth. */
public final class Evaluation {

    private final Workspace workspace;
    private final Workers workers;
    private final int[] cutoffs;
    private final TopLabels top;
    private final int[] frequencies;
    private final int trainExamples;

    /**
     * @param batch examples scored at once
     * @param cutoffs the k of P@k and its like, ascending
     */
    public Evaluation(LabelModel model, int batch, Workers workers, int... cutoffs) {
        this.workspace = new Workspace(model, batch);
        this.workers = workers;
        this.cutoffs = cutoffs.clone();
        this.top = new TopLabels(cutoffs[cutoffs.length - 1], batch, workers.threads());
        this.frequencies = model.labels().frequencies();
        this.trainExamples = model.trainExamples();
    }

    /** Ranks all examples. */
    public RankingEvaluation rank(Examples examples, Propensity propensity) {
        RankingEvaluation evaluation = new RankingEvaluation(frequencies, trainExamples, propensity, cutoffs);
        for (int from = 0; from < examples.size(); from += workspace.maxBatch()) {
            rank(examples, from, Math.min(examples.size(), from + workspace.maxBatch()), evaluation);
        }
        return evaluation;
    }

    private void rank(Examples examples, int from, int to, RankingEvaluation evaluation) {
        Example example = new Example();
        SparseBatch batch = new SparseBatch();
        for (int i = from; i < to; i++) {
            examples.read(i, example);
            batch.add(example.features, example.weights, example.featureCount);
        }
        top.start(batch.rows());
        workspace.scores(batch, workers, top);
        int[] labels = new int[cutoffs[cutoffs.length - 1]];
        float[] scores = new float[labels.length];
        for (int i = from; i < to; i++) {
            int count = top.result(i - from, labels, scores);
            examples.read(i, example);
            evaluation.add(labels, count, example.labels, example.labelCount, example.unknownLabels);
        }
    }
}
