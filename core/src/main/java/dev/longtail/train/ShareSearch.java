package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectArm;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;

/**
 * Chooses the share of the embedding arm in a score: of the shares 0, 0.05, ..., 1 the one with the best nDCG@5 on
 * held-out examples, which weighs the first places most without forgetting the others.
 */
final class ShareSearch {

    private static final int STEPS = 20;
    private static final int CUTOFF = 5;
    private static final int BATCH = 128;

    private final LabelModel model;
    private final DirectArm arm;
    private final Workers workers;
    private final int candidates;
    private final TopLabels top;
    private final int[] labels;
    private final float[] embedding;
    private final float[] direct;
    private final int[] best = new int[CUTOFF];
    private final float[] sums = new float[CUTOFF];

    ShareSearch(LabelModel model, DirectArm arm, Workers workers) {
        this.model = model;
        this.arm = arm;
        this.workers = workers;
        this.candidates = Math.min(arm.candidates(), model.labels().size());
        this.top = new TopLabels(candidates, BATCH, workers.threads());
        this.labels = new int[candidates];
        this.embedding = new float[candidates];
        this.direct = new float[candidates];
    }

    float best(Examples heldOut) {
        RankingEvaluation[] evaluations = new RankingEvaluation[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            evaluations[step] = new RankingEvaluation(
                    model.labels().frequencies(), model.trainExamples(), Propensity.DEFAULT, CUTOFF);
        }
        Workspace workspace = new Workspace(model, BATCH);
        SparseBatch batch = new SparseBatch();
        Example example = new Example();
        for (int from = 0; from < heldOut.size(); from += BATCH) {
            int size = Math.min(BATCH, heldOut.size() - from);
            batch.clear();
            for (int i = 0; i < size; i++) {
                heldOut.read(from + i, example);
                batch.add(example.features, example.weights, example.featureCount);
            }
            top.start(size);
            workspace.scores(batch, workers, top);
            for (int i = 0; i < size; i++) {
                heldOut.read(from + i, example);
                add(batch, i, example, evaluations);
            }
        }
        return share(bestStep(evaluations));
    }

    private static float share(int step) {
        return step / (float) STEPS;
    }

    private void add(SparseBatch batch, int row, Example truth, RankingEvaluation[] evaluations) {
        int count = top.result(row, labels, embedding);
        for (int i = 0; i < count; i++) {
            direct[i] = arm.score(labels[i], batch.columns(), batch.values(), batch.start(row), batch.start(row + 1));
        }
        for (int step = 0; step <= STEPS; step++) {
            int ranked = rank(count, share(step));
            evaluations[step].add(best, ranked, truth.labels, truth.labelCount, truth.unknownLabels);
        }
    }

    /** Fills {@link #best} with the labels of highest sum. */
    private int rank(int count, float share) {
        int ranked = 0;
        for (int i = 0; i < count; i++) {
            float sum = share * embedding[i] + (1 - share) * direct[i];
            int place = ranked;
            while (place > 0 && sum > sums[place - 1]) {
                place--;
            }
            if (place < CUTOFF) {
                int last = Math.min(ranked, CUTOFF - 1);
                System.arraycopy(best, place, best, place + 1, last - place);
                System.arraycopy(sums, place, sums, place + 1, last - place);
                best[place] = labels[i];
                sums[place] = sum;
                ranked = last + 1;
            }
        }
        return ranked;
    }

    private static int bestStep(RankingEvaluation[] evaluations) {
        int best = 0;
        double quality = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < evaluations.length; step++) {
            double found = evaluations[step].metrics().at(CUTOFF).ndcg();
            if (found > quality) {
                quality = found;
                best = step;
            }
        }
        return best;
    }
}
