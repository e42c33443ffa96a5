package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;

/** Measures a model on the validation part between epochs. */
final class Validation {

    private static final int TOP = 5;

    private final Examples examples;
    private final Workspace workspace;
    private final Workers workers;
    private final TopLabels top;
    private final int[] frequencies;
    private final int trainExamples;

    Validation(LabelModel model, Examples examples, int trainExamples, int batch, Workers workers) {
        this.examples = examples;
        this.workspace = new Workspace(model, batch);
        this.workers = workers;
        this.top = new TopLabels(TOP, batch, workers.threads());
        this.frequencies = model.labels().frequencies();
        this.trainExamples = trainExamples;
    }

    Metrics measure() {
        RankingEvaluation evaluation =
                new RankingEvaluation(frequencies, trainExamples, Propensity.DEFAULT, 1, 3, TOP);
        for (int from = 0; from < examples.size(); from += workspace.maxBatch()) {
            measure(from, Math.min(examples.size(), from + workspace.maxBatch()), evaluation);
        }
        return evaluation.metrics();
    }

    private void measure(int from, int to, RankingEvaluation evaluation) {
        Example example = new Example();
        SparseBatch batch = new SparseBatch();
        for (int i = from; i < to; i++) {
            examples.read(i, example);
            batch.add(example.features, example.weights, example.featureCount);
        }
        top.start(batch.rows());
        workspace.scores(batch, workers, top);
        int[] labels = new int[TOP];
        float[] scores = new float[TOP];
        for (int i = from; i < to; i++) {
            int count = top.result(i - from, labels, scores);
            examples.read(i, example);
            evaluation.add(labels, count, example.labels, example.labelCount, example.unknownLabels);
        }
    }
}
