package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.data.Permutation;

/**
 * The batches of an epoch. A full permutation of 25 million ratings would read each of them from another cache line, so
 * the ratings are brought into random order once, in place, and an epoch permutes blocks of {@value #BLOCK} consecutive
 * ones by seed and epoch: a batch of 1,024 ratings holds sixteen blocks, which meet others in every epoch. Of ratings
 * that are grouped ({@link RatingGroups}) groups are permuted as well, and blocks within them.
 */
public final class RatingOrder {

    private static final int BLOCK = 64;

    private final RatingSet set;
    private final long seed;
    private final int epoch;
    private final int[] groups;
    private int group = -1;
    private int[] blocks = {};
    private int block;
    private int within;

    /** @param set in random order */
    public RatingOrder(RatingSet set, long seed, int epoch) {
        Require.that(set.isShuffled(), "the ratings", "in random order", "in that of their files");
        this.set = set;
        this.seed = seed;
        this.epoch = epoch;
        this.groups = groups(set, seed, epoch);
    }

    /**
     * Ranges of users in random order, and for each its groups in random order, but that the first one has the items of
     * the one before: from group to group only the rows of one side are fetched.
     */
    private static int[] groups(RatingSet set, long seed, int epoch) {
        int inRow = set.groupsInRow();
        int[] order = new int[set.groups()];
        int count = 0;
        int latest = -1;
        for (int row : Permutation.of(order.length / inRow, seed, epoch)) {
            int[] columns = Permutation.of(inRow, seed + order.length + row, epoch);
            for (int i = 0; i < inRow; i++) {
                if (columns[i] == latest) {
                    columns[i] = columns[0];
                    columns[0] = latest;
                }
            }
            for (int column : columns) {
                order[count++] = row * inRow + column;
            }
            latest = columns[inRow - 1];
        }
        return order;
    }

    /** Fills the batch with the next ratings; false, with an empty batch, when all have passed. */
    public boolean next(RatingBatch batch) {
        batch.clear();
        while (batch.size() < batch.capacity() && hasBlock()) {
            int start = set.groupStart(groups[group]);
            int from = start + blocks[block] * BLOCK;
            int length = Math.min(BLOCK, set.groupStart(groups[group] + 1) - from);
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

    /** Whether there is a block left, in this group or the next one that is not empty. */
    private boolean hasBlock() {
        while (block == blocks.length && group + 1 < groups.length) {
            int number = groups[++group];
            int size = set.groupStart(number + 1) - set.groupStart(number);
            blocks = Permutation.of((int) ((size + BLOCK - 1L) / BLOCK), seed + number, epoch);
            block = 0;
        }
        return block < blocks.length;
    }
}
