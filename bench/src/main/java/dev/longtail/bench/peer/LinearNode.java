package dev.longtail.bench.peer;

import dev.longtail.data.Example;
import java.util.Arrays;

/**
 * The linear classifiers of a node's children, feature by feature: an example's feature is looked up once for all
 * children (Etter et al., Accelerating Inference for Sparse Extreme Multi-Label Ranking Trees, WWW 2022).
 */
final class LinearNode {

    private final int[] features;
    private final int[] starts;
    private final int[] children;
    private final float[] weights;
    private final float[] biases;

    /**
     * Keeps the weights whose magnitude is at least {@code least} and not 0.
     *
     * @param features ascending
     * @param dense    for each child a weight for each feature, and its bias
     */
    LinearNode(int[] features, double[][] dense, double least) {
        biases = new float[dense.length];
        for (int child = 0; child < dense.length; child++) {
            double bias = dense[child][features.length];
            biases[child] = kept(bias, least) ? (float) bias : 0;
        }
        int[] counts = new int[features.length];
        for (double[] child : dense) {
            for (int i = 0; i < features.length; i++) {
                counts[i] += kept(child[i], least) ? 1 : 0;
            }
        }
        int size = Arrays.stream(counts).reduce(0, Math::addExact);
        children = new int[size];
        weights = new float[size];
        this.features =
                new int[(int) Arrays.stream(counts).filter(count -> count > 0).count()];
        starts = new int[this.features.length + 1];
        int row = 0;
        int next = 0;
        for (int i = 0; i < features.length; i++) {
            if (counts[i] > 0) {
                this.features[row] = features[i];
                for (int child = 0; child < dense.length; child++) {
                    if (kept(dense[child][i], least)) {
                        children[next] = child;
                        weights[next++] = (float) dense[child][i];
                    }
                }
                starts[++row] = next;
            }
        }
    }

    private static boolean kept(double weight, double least) {
        return weight != 0 && Math.abs(weight) >= least;
    }

    /** Number of children. */
    int size() {
        return biases.length;
    }

    /** Bytes of all arrays. */
    long bytes() {
        return 4L * (features.length + starts.length + children.length + weights.length + biases.length);
    }

    /** Writes the score of each child. */
    void scores(Example example, double[] into) {
        for (int child = 0; child < biases.length; child++) {
            into[child] = biases[child];
        }
        int from = 0;
        for (int i = 0; i < example.featureCount && from < features.length; i++) {
            int row = Arrays.binarySearch(features, from, features.length, example.features[i]);
            from = row < 0 ? -row - 1 : row + 1; // features of an example ascend too
            if (row >= 0) {
                float value = example.weights[i];
                for (int w = starts[row]; w < starts[row + 1]; w++) {
                    into[children[w]] += value * weights[w];
                }
            }
        }
    }
}
