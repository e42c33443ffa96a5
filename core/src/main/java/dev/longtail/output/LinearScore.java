package dev.longtail.output;

/**
 * The score of one label as a sum over hidden units: bias + sum over i of weights[i] * hidden[inputs[i]].
 *
 * @param bias what the score is without any hidden unit
 * @param inputs the units, distinct
 * @param weights parallel to {@code inputs}
 */
public record LinearScore(double bias, int[] inputs, double[] weights) {

    /** The weights at their places, double[width of the hidden vector]. */
    public double[] dense(int width) {
        double[] dense = new double[width];
        for (int i = 0; i < inputs.length; i++) {
            dense[inputs[i]] = weights[i];
        }
        return dense;
    }
}
