package dev.longtail.calibration;

/**
 * Suggestions of neighbouring scores, block after block from the lowest score on, and the pooling of blocks whose
 * values do not rise.
 */
final class Blocks {

    private final double[] counts; // weight of the suggestions in a block
    private final double[] scoreSums;
    private final double[] weights;
    private final double[] sums; // weight times value
    private int size;

    /** @param most blocks at most */
    Blocks(int most) {
        this.counts = new double[most];
        this.scoreSums = new double[most];
        this.weights = new double[most];
        this.sums = new double[most];
    }

    /**
     * A block for each score that occurs among suggestions in the order of their scores, its value the weighted share
     * of right suggestions.
     */
    static Blocks of(HeldOut heldOut, int[] order) {
        Blocks blocks = new Blocks(order.length);
        float before = Float.NaN;
        for (int suggestion : order) {
            float score = heldOut.score(suggestion);
            if (score != before) {
                blocks.add(score, 0, 0);
                before = score;
            }
            int last = blocks.size - 1;
            double weight = heldOut.weight(suggestion);
            blocks.counts[last] += weight;
            blocks.scoreSums[last] += weight * score;
            blocks.weights[last] += weight;
            blocks.sums[last] += heldOut.isRight(suggestion) ? weight : 0;
        }
        return blocks;
    }

    /** Adds a block of one score behind the others. */
    void add(double score, double weight, double value) {
        counts[size] = weight;
        scoreSums[size] = weight * score;
        weights[size] = weight;
        sums[size] = weight * value;
        size++;
    }

    /**
     * Pools neighbours until values rise from block to block. What comes out minimises the sum of weight times squared
     * distance from the values before, among all values that do not fall (pool adjacent violators; Ayer, Brunk, Ewing,
     * Reid and Silverman 1955).
     */
    void pool() {
        int kept = 0;
        for (int block = 0; block < size; block++) {
            move(block, kept);
            while (kept > 0 && sums[kept - 1] * weights[kept] >= sums[kept] * weights[kept - 1]) {
                counts[kept - 1] += counts[kept];
                scoreSums[kept - 1] += scoreSums[kept];
                weights[kept - 1] += weights[kept];
                sums[kept - 1] += sums[kept];
                kept--;
            }
            kept++;
        }
        size = kept;
    }

    private void move(int from, int to) {
        counts[to] = counts[from];
        scoreSums[to] = scoreSums[from];
        weights[to] = weights[from];
        sums[to] = sums[from];
    }

    /** Adds to every block so much weight of one value. */
    void shrink(double value, double weight) {
        for (int block = 0; block < size; block++) {
            weights[block] += weight;
            sums[block] += weight * value;
        }
    }

    /** Number of blocks. */
    int size() {
        return size;
    }

    double value(int block) {
        return sums[block] / weights[block];
    }

    double weight(int block) {
        return weights[block];
    }

    /** Mean score of the suggestions in a block. */
    double score(int block) {
        return scoreSums[block] / counts[block];
    }
}
