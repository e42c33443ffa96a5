package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.data.Permutation;

/**
 * The batches of an epoch. A full permutation of 25 million ratings would read each of them from another cache line, so
 * the ratings are brought into random order once, in place, and an epoch permutes blocks of {@value #BLOCK} consecutive
 * ones by seed and epoch: a batch of 1,024 ratings holds sixteen blocks, which meet others in every epoch.
 */
public final class RatingOrder {

    private static final int BLOCK = 64;

    private final RatingSet set;
    private final int[] blocks;
    private int block;
    private int within;

    /** @param set in random order */
    public RatingOrder(RatingSet set, long seed, int epoch) {
        Require.that(set.isShuffled(), "the ratings", "in random order", "in that of their files");
        this.set = set;
        this.blocks = Permutation.of((int) ((set.size() + BLOCK - 1L) / BLOCK), seed, epoch);
    }

    /** Fills the batch with the next ratings; false, with an empty batch, when all have passed. */
    public boolean next(RatingBatch batch) {
        batch.clear();
        while (batch.size() < batch.capacity() && block < blocks.length) {
            int from = blocks[block] * BLOCK;
            int length = Math.min(BLOCK, set.size() - from);
            int count = Math.min(length - within, batch.capacity() - batch.size());
            batch.add(set, from + within, count);
            within += count;
            if (within == length) {
                within = 0;
                block++;
            }
        }
        return batch.size() > 0;
    }
}
