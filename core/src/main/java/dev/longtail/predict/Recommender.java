package dev.longtail.predict;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingScorer;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The items of highest score for a user, out of all that a model knows. Not for several threads at once. */
public final class Recommender {

    private static final int BLOCK = 4096;

    private final RatingModel model;
    private final int top;
    private final Workers workers;
    private final RatingScorer scorer;
    private final int[] block = new int[BLOCK];

    /** @param top items recommended at most, at least 1 */
    public Recommender(RatingModel model, int top, Workers workers) {
        Require.that(top >= 1, "top", "at least 1", top);
        this.model = model;
        this.top = Math.min(top, model.items().size());
        this.workers = workers;
        this.scorer = new RatingScorer(model, BLOCK);
    }

    /**
     * Items for a user of the training data, best first; of items with the same score the one with more training
     * ratings.
     *
     * @param user number
     * @param without items that are left out, in any order
     */
    public List<Recommendation> forUser(int user, int[] without) {
        Panel vector = scorer.userVector(user, workers);
        float[] copy = Arrays.copyOfRange(
                vector.values(),
                vector.offset(),
                vector.offset() + model.config().dimension());
        float bias = model.config().biases() ? model.userBias()[user] : 0;
        return forVector(new FoldedUser(copy, bias), without);
    }

    /** Items for a user whose vector is given, best first. */
    public List<Recommendation> forVector(FoldedUser user, int[] without) {
        int[] leftOut = without.clone();
        Arrays.sort(leftOut);
        float[] vector = user.vector();
        float base = model.mean() + user.bias();
        Best best = new Best(top);
        int dimension = vector.length;
        for (int from = 0; from < model.items().size(); from += BLOCK) {
            int count = Math.min(BLOCK, model.items().size() - from);
            for (int i = 0; i < count; i++) {
                block[i] = from + i;
            }
            Panel items = scorer.itemVectors(block, count, workers);
            for (int i = 0; i < count; i++) {
                float score = base + Vectors.dot(vector, 0, items.values(), items.at(i * dimension), dimension);
                score += model.config().biases() ? model.itemBias()[from + i] : 0;
                if (best.takes(score) && Arrays.binarySearch(leftOut, from + i) < 0) {
                    best.add(from + i, score);
                }
            }
        }
        return recommendations(best);
    }

    private List<Recommendation> recommendations(Best best) {
        List<Recommendation> recommendations = new ArrayList<>(best.size);
        for (int rank = 0; rank < best.size; rank++) {
            int item = best.items[rank];
            float score = best.scores[rank];
            recommendations.add(
                    new Recommendation(model.items().id(item), model.items().name(item), score, model.rating(score)));
        }
        return recommendations;
    }

    /** The best items so far in order; items come by falling number of training ratings, and the first one stays. */
    private static final class Best {

        private final int[] items;
        private final float[] scores;
        private int size;

        Best(int top) {
            items = new int[top];
            scores = new float[top];
        }

        boolean takes(float score) {
            return size < items.length || score > scores[size - 1];
        }

        void add(int item, float score) {
            int at = Math.min(size, items.length - 1);
            while (at > 0 && scores[at - 1] < score) {
                scores[at] = scores[at - 1];
                items[at] = items[at - 1];
                at--;
            }
            scores[at] = score;
            items[at] = item;
            size = Math.min(size + 1, items.length);
        }
    }
}
