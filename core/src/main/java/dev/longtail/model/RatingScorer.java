package dev.longtail.model;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;

/** The scratch of scoring pairs of users and items, and of reading vectors; one caller at a time. */
public final class RatingScorer {

    private final RatingModel model;
    private final int capacity;
    private final int dimension;
    private final int[] ids;
    private final SparseBatch batch = new SparseBatch();
    private final Panel users;
    private final Panel items;

    /** @param capacity pairs scored at once */
    public RatingScorer(RatingModel model, int capacity) {
        this.model = model;
        this.capacity = capacity;
        this.dimension = model.config().dimension();
        this.ids = new int[capacity];
        this.users = Panel.of(Math.multiplyExact(capacity, dimension));
        this.items = Panel.of(Math.multiplyExact(capacity, dimension));
    }

    /** Pairs scored at once. */
    public int capacity() {
        return capacity;
    }

    /**
     * Scores of pairs.
     *
     * @param userIds numbers, or {@link Ids#UNKNOWN}
     * @param itemIds numbers, or {@link Ids#UNKNOWN}
     * @param count pairs, at most the capacity
     * @param out gets a score for each
     */
    public void scores(int[] userIds, int[] itemIds, int count, float[] out, Workers workers) {
        model.userTable().bags(singles(userIds, count), users, workers);
        model.itemTable().bags(singles(itemIds, count), items, workers);
        for (int i = 0; i < count; i++) {
            float score = model.base(userIds[i]) + model.bias(itemIds[i]);
            if (userIds[i] >= 0 && itemIds[i] >= 0) {
                int at = i * dimension;
                score += Vectors.dot(users.values(), users.at(at), items.values(), items.at(at), dimension);
            }
            out[i] = score;
        }
    }

    /**
     * Vectors of items.
     *
     * @param itemIds numbers of known items
     * @param count items, at most the capacity
     * @return [count][dimension], valid until the next call
     */
    public Panel itemVectors(int[] itemIds, int count, Workers workers) {
        model.itemTable().bags(singles(itemIds, count), items, workers);
        return items;
    }

    /** The vector of a known user, [dimension]; valid until the next call. */
    public Panel userVector(int user, Workers workers) {
        ids[0] = user;
        model.userTable().bags(singles(ids, 1), users, workers);
        return users;
    }

    /** Rows of one entry; an unknown one reads the first vector, which then does not count. */
    private SparseBatch singles(int[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            ids[i] = Math.max(0, numbers[i]);
        }
        batch.setSingles(ids, count);
        return batch;
    }
}
