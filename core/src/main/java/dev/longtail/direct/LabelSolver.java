package dev.longtail.direct;

import dev.longtail.matrix.SparseRows;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The linear scorer of one label, by coordinate descent on the dual (Hsieh et al., <i>A Dual Coordinate Descent Method
 * for Large-scale Linear SVM</i>, ICML 2008, algorithm 3 without its moving bounds). With y = 1 for the examples that
 * carry the label and -1 for the others, score s(x) = w.x + v - 1, it lowers
 *
 * <pre>
 *   1/2 |w|^2 + 1/2 v^2 + sum over examples C max(0, 1 - y s(x))^2
 * </pre>
 *
 * by one dual variable a at a time: w is the sum of a y x, and the gradient with respect to a is
 * y s(x) - 1 + a / (2 C). Variables at 0 whose gradient is above the tolerance rest until the others are done. The bias
 * v - 1 is drawn towards -1, the score of a label that nothing speaks for.
 *
 * <p>Examples of a label are copied side by side first and their features numbered anew, so that the sweeps stay within
 * the processor's second cache. Not for several threads at once.
 */
final class LabelSolver {

    /** Score of a label that nothing speaks for. */
    static final double START = -1;

    private final SparseRows rows;
    private final DirectConfig config;
    private final int[] number;
    private int[] features = new int[256];
    private double[] weights = new double[256];
    private int known;
    private int[] starts = new int[257];
    private int[] columns = new int[4096];
    private float[] values = new float[4096];
    private double[] dual = new double[256];
    private double[] diagonal = new double[256];
    private int[] order = new int[256];
    private int examples;
    private int positives;
    private double bias;
    private int sweeps;

    /** @param featureCount columns of {@code rows} */
    LabelSolver(SparseRows rows, int featureCount, DirectConfig config) {
        this.rows = rows;
        this.config = config;
        this.number = new int[featureCount];
        Arrays.fill(number, -1);
    }

    /**
     * Solves for a label.
     *
     * @param chosen rows to learn from, those that carry the label first
     * @param count of them
     * @param carrying how many of them carry the label
     */
    void solve(int[] chosen, int count, int carrying, SplittableRandom random) {
        load(chosen, count, carrying);
        bias = START;
        int active = examples;
        for (sweeps = 0; sweeps < config.sweeps(); sweeps++) {
            shuffle(active, random);
            double worst = 0;
            for (int place = 0; place < active; place++) {
                int example = order[place];
                double gradient = gradient(example);
                if (dual[example] == 0 && gradient >= 0) {
                    if (gradient > config.tolerance()) {
                        rest(place--, --active);
                    }
                    continue;
                }
                worst = Math.max(worst, Math.abs(gradient));
                move(example, Math.max(dual[example] - gradient / diagonal[example], 0));
            }
            if (worst < config.tolerance()) {
                if (active == examples) {
                    break;
                }
                active = examples; // what rested may have come into the margin
            }
        }
    }

    private void load(int[] chosen, int count, int carrying) {
        examples = count;
        positives = carrying;
        known = 0;
        reserveExamples(count);
        int entries = 0;
        for (int example = 0; example < count; example++) {
            int from = rows.start(chosen[example]);
            int end = rows.start(chosen[example] + 1);
            reserveEntries(entries + end - from);
            double squares = 1;
            for (int at = from; at < end; at++) {
                float value = rows.values()[at];
                columns[entries] = numbered(rows.columns()[at]);
                values[entries++] = value;
                squares += value * value;
            }
            starts[example + 1] = entries;
            dual[example] = 0;
            order[example] = example;
            diagonal[example] = squares + 0.5 / cost(example);
        }
        Arrays.fill(weights, 0, known, 0);
        for (int feature = 0; feature < known; feature++) {
            number[features[feature]] = -1;
        }
    }

    private int numbered(int feature) {
        int found = number[feature];
        if (found < 0) {
            if (known == features.length) {
                features = Arrays.copyOf(features, 2 * known);
                weights = Arrays.copyOf(weights, 2 * known);
            }
            features[known] = feature;
            found = known++;
            number[feature] = found;
        }
        return found;
    }

    private void reserveExamples(int count) {
        if (dual.length < count) {
            int length = Math.max(count, 2 * dual.length);
            dual = new double[length];
            diagonal = new double[length];
            order = new int[length];
            starts = new int[length + 1];
        }
    }

    private void reserveEntries(int entries) {
        if (columns.length < entries) {
            int length = Math.max(entries, 2 * columns.length);
            columns = Arrays.copyOf(columns, length);
            values = Arrays.copyOf(values, length);
        }
    }

    private double cost(int example) {
        return example < positives ? config.positiveCost() : config.negativeCost();
    }

    private void shuffle(int active, SplittableRandom random) {
        for (int place = active - 1; place > 0; place--) {
            int other = random.nextInt(place + 1);
            int example = order[place];
            order[place] = order[other];
            order[other] = example;
        }
    }

    private void rest(int place, int last) {
        int example = order[place];
        order[place] = order[last];
        order[last] = example;
    }

    private double gradient(int example) {
        double score = score(example);
        double slope = example < positives ? score - 1 : -score - 1;
        return slope + dual[example] * 0.5 / cost(example);
    }

    private double score(int example) {
        double score = bias;
        for (int at = starts[example]; at < starts[example + 1]; at++) {
            score += weights[columns[at]] * values[at];
        }
        return score;
    }

    private void move(int example, double to) {
        double change = example < positives ? to - dual[example] : dual[example] - to;
        dual[example] = to;
        for (int at = starts[example]; at < starts[example + 1]; at++) {
            weights[columns[at]] += change * values[at];
        }
        bias += change;
    }

    /** Weights of the features by their places, the live array. */
    double[] weights() {
        return weights;
    }

    /** Features at the places of {@link #weights}, the live array, in the order in which they were met. */
    int[] features() {
        return features;
    }

    /** Number of features of the examples. */
    int known() {
        return known;
    }

    /** The bias v - 1. */
    double bias() {
        return bias;
    }

    /** Passes that were made. */
    int sweeps() {
        return sweeps;
    }

    /** The dual variable of an example by its place in what was given to {@link #solve}. */
    double dual(int example) {
        return dual[example];
    }
}
