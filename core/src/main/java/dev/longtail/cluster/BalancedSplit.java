package dev.longtail.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * 2-means on the cosine with two halves of equal size (Prabhu et al., Parabel, WWW 2018; SPARTEX 2.5): two labels
 * drawn at random are the first centres; labels are sorted by (similarity to the right centre - similarity to the left
 * one) and cut in the middle; centres become the normalised sums of their halves; and so on until the mean similarity
 * of labels to the centre of their half grows by less than 1e-4. Scratch of one worker: two vectors over all features.
 */
final class BalancedSplit {

    private static final int MOST_ROUNDS = 10;
    private static final double LEAST_GAIN = 1e-4;

    private final LabelVectors vectors;
    private final double[] left;
    private final double[] right;
    private double leftLength;
    private double rightLength;

    BalancedSplit(LabelVectors vectors, int features) {
        this.vectors = vectors;
        this.left = new double[features];
        this.right = new double[features];
    }

    /** The rows of a node: {@code [from, middle)} becomes the left half, {@code [middle, to)} the right one. */
    record Node(int from, int middle, int to) {}

    /**
     * Orders the labels of a node, at least two, so that the halves are the two clusters.
     *
     * @param order label at each row
     * @param keys scratch, as long as {@code order}; nodes use different parts of it
     */
    void split(int[] order, long[] keys, Node node, SplittableRandom random) {
        int size = node.to - node.from;
        int first = random.nextInt(size);
        int second = (first + 1 + random.nextInt(size - 1)) % size;
        vectors.addTo(left, order[node.from + first]);
        vectors.addTo(right, order[node.from + second]);
        leftLength = Math.sqrt(vectors.dot(left, order[node.from + first]));
        rightLength = Math.sqrt(vectors.dot(right, order[node.from + second]));
        double similarity = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            assign(order, keys, node);
            clear(order, node);
            double next = (centres(order, node)) / size;
            if (next - similarity < LEAST_GAIN) {
                break;
            }
            similarity = next;
        }
        clear(order, node);
    }

    private void assign(int[] order, long[] keys, Node node) {
        for (int row = node.from; row < node.to; row++) {
            double toLeft = leftLength == 0 ? 0 : vectors.dot(left, order[row]) / leftLength;
            double toRight = rightLength == 0 ? 0 : vectors.dot(right, order[row]) / rightLength;
            keys[row] = key(toRight - toLeft, order[row]);
        }
        Arrays.sort(keys, node.from, node.to);
        for (int row = node.from; row < node.to; row++) {
            order[row] = (int) keys[row];
        }
    }

    /** A number that ascends with the difference, rounded to 32 bits, then with the label. */
    private static long key(double difference, int label) {
        int bits = Float.floatToIntBits((float) difference + 0f); // + 0 turns -0 into 0
        int ascending = bits ^ bits >> 31 & Integer.MAX_VALUE;
        return (long) ascending << 32 | label;
    }

    /**
     * Makes the sums of the halves the centres. A sum s of vectors v of length 1 has sum of v . s / |s| = |s|, so the
     * lengths of the sums are the similarities within the halves.
     *
     * @return the similarities of all labels to the centres of their halves, added up
     */
    private double centres(int[] order, Node node) {
        for (int row = node.from; row < node.to; row++) {
            vectors.addTo(row < node.middle ? left : right, order[row]);
        }
        double leftSquares = 0;
        double rightSquares = 0;
        for (int row = node.from; row < node.middle; row++) {
            leftSquares += vectors.dot(left, order[row]);
        }
        for (int row = node.middle; row < node.to; row++) {
            rightSquares += vectors.dot(right, order[row]);
        }
        leftLength = Math.sqrt(Math.max(0, leftSquares));
        rightLength = Math.sqrt(Math.max(0, rightSquares));
        return leftLength + rightLength;
    }

    private void clear(int[] order, Node node) {
        for (int row = node.from; row < node.to; row++) {
            vectors.clear(left, order[row]);
            vectors.clear(right, order[row]);
        }
    }
}
