package dev.longtail.metrics;

import dev.longtail.config.Require;

/**
 * How likely it is that a true label was recorded, by the model of Jain, Prabhu and Varma (KDD 2016). With n the
 * label's frequency and N the number of examples, both in the training data:
 *
 * <pre>
 *   1 / p = 1 + C (n + B)^(-A),   C = max(0, ln N - 1) (B + 1)^A
 * </pre>
 *
 * The maximum only matters below N = 3, where the formula would make rare labels worth less than frequent ones.
 * Published programs disagree on A and B for the same data, so a propensity-scored number means nothing without them.
 *
 * @param a exponent, above 0
 * @param b offset of the frequency, above 0
 */
public record Propensity(double a, double b) {

    /** EURLex-4K, AmazonCat-13K, Wiki10-31K, Delicious-200K and data of no other family. */
    public static final Propensity DEFAULT = new Propensity(0.55, 1.5);

    /** Amazon-670K, Amazon-3M and the LF-Amazon sets. */
    public static final Propensity AMAZON = new Propensity(0.6, 2.6);

    /** Wikipedia-500K, WikiLSHTC-325K and the LF-Wiki sets. */
    public static final Propensity WIKIPEDIA = new Propensity(0.5, 0.4);

    public Propensity {
        Require.that(a > 0 && Double.isFinite(a), "a", "finite and above 0", a);
        Require.that(b > 0 && Double.isFinite(b), "b", "finite and above 0", b);
    }

    /**
     * Returns 1 / p of every label.
     *
     * @param trainFrequencies training examples that carry each label
     * @param trainExamples    number of training examples, at least 1
     */
    public float[] inverse(int[] trainFrequencies, int trainExamples) {
        Require.that(trainExamples >= 1, "trainExamples", "at least 1", trainExamples);
        double c = Math.max(0, Math.log(trainExamples) - 1) * Math.pow(b + 1, a);
        float[] inverse = new float[trainFrequencies.length];
        for (int label = 0; label < inverse.length; label++) {
            inverse[label] = (float) (1 + c * Math.pow(trainFrequencies[label] + b, -a));
        }
        return inverse;
    }
}
