package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Rankings;
import dev.longtail.model.ArmScores;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses the {@link Mixture} of the arms with the best nDCG@5 on held-out examples, which weighs the first places most
 * without forgetting the others. The arms score once; then the weight of one arm after the other is moved along a
 * geometric grid while the others stay, as long as that helps. The direct arm's weight stays, since only ratios count.
 */
final class MixtureSearch {

    private static final int CUTOFF = 5;
    private static final int BATCH = 128;
    private static final int ROUNDS = 4;

    /** Factors from 2^-6 to 2^6 in steps of 2^(1/4). */
    private static final int GRID = 24;

    private static final double STEP = 0.25;

    private final LabelModel model;
    private final Workers workers;
    private final List<Scored> examples = new ArrayList<>();
    private final boolean[] ranked = new boolean[CUTOFF];
    private final float[] sums = new float[CUTOFF];

    MixtureSearch(LabelModel model, Workers workers) {
        this.model = model;
        this.workers = workers;
    }

    /** Candidates of an example: whether each is right, its score by each arm; and the number of true labels. */
    private record Scored(boolean[] right, float[] association, float[] embedding, float[] direct, int truths) {}

    /** @param start to begin with; an arm of weight 0 is left out */
    Mixture best(Examples heldOut, Mixture start) {
        model.mixture(start);
        score(heldOut);
        Mixture best = start;
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < ROUNDS && quality(best) > before; round++) {
            before = quality(best);
            Mixture line =
                    best.normalised(); // so that no weight leaves its bounds, however far an arm is from its start
            best = bestOf(best, factor -> new Mixture(factor * line.association(), line.embedding(), line.direct()));
            Mixture other = best.normalised();
            best = bestOf(best, factor -> new Mixture(other.association(), factor * other.embedding(), other.direct()));
        }
        return noWorseThanOne(best, start).normalised();
    }

    /** A mixture, or one of the arms alone if that is better: moving along lines does not promise the best of all. */
    private Mixture noWorseThanOne(Mixture found, Mixture start) {
        Mixture best = found;
        for (Mixture alone : List.of(Mixture.ASSOCIATION, Mixture.EMBEDDING, Mixture.DIRECT)) {
            boolean there = alone.score(start.association(), start.embedding(), start.direct()) > 0;
            best = there && quality(alone) > quality(best) ? alone : best;
        }
        return best;
    }

    /** The best of a mixture and the others on a line through it, of equal ones the first. */
    private Mixture bestOf(Mixture start, Function<Float, Mixture> line) {
        Mixture best = start;
        double quality = quality(best);
        for (int step = -GRID; step <= GRID; step++) {
            Mixture tried = line.apply((float) StrictMath.pow(2, STEP * step));
            double found = quality(tried);
            if (found > quality) {
                quality = found;
                best = tried;
            }
        }
        return best;
    }

    private void score(Examples heldOut) {
        ArmScores arms = ArmScores.of(model, BATCH, workers);
        LabelSearch search = model.index(SearchConfig.EXACT, workers).newSearch(workers);
        SparseBatch batch = new SparseBatch();
        Example example = new Example();
        for (int from = 0; from < heldOut.size(); from += BATCH) {
            int size = Math.min(BATCH, heldOut.size() - from);
            batch.clear();
            for (int i = 0; i < size; i++) {
                heldOut.read(from + i, example);
                batch.add(example.features, example.weights, example.featureCount);
            }
            arms.score(batch, arms.hidden(batch), size, search);
            for (int i = 0; i < size; i++) {
                heldOut.read(from + i, example);
                if (example.labelCount > 0) {
                    examples.add(scored(arms, i, example));
                }
            }
        }
    }

    private static Scored scored(ArmScores arms, int row, Example truth) {
        int count = arms.count(row);
        boolean[] right = new boolean[count];
        Rankings.relevance(arms.labels(row), count, truth.labels, truth.labelCount, right);
        return new Scored(
                right,
                Arrays.copyOf(arms.byAssociation(row), count),
                Arrays.copyOf(arms.byEmbedding(row), count),
                Arrays.copyOf(arms.byDirect(row), count),
                truth.labelCount + truth.unknownLabels);
    }

    private double quality(Mixture mixture) {
        double sum = 0;
        for (Scored example : examples) {
            rank(example, mixture);
            sum += Rankings.ndcg(ranked, example.truths, CUTOFF);
        }
        return sum;
    }

    /** Fills {@link #ranked}: whether the labels of highest score are right. */
    private void rank(Scored example, Mixture mixture) {
        int found = 0;
        Arrays.fill(ranked, false);
        for (int i = 0; i < example.right.length; i++) {
            float score = mixture.score(example.association[i], example.embedding[i], example.direct[i]);
            int place = found;
            while (place > 0 && score > sums[place - 1]) {
                place--;
            }
            if (place < CUTOFF) {
                int last = Math.min(found, CUTOFF - 1);
                System.arraycopy(ranked, place, ranked, place + 1, last - place);
                System.arraycopy(sums, place, sums, place + 1, last - place);
                ranked[place] = example.right[i];
                sums[place] = score;
                found = last + 1;
            }
        }
    }
}
