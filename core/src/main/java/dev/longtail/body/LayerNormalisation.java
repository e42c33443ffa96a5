package dev.longtail.body;

import dev.longtail.kernel.Panel;

/**
 * Layer normalisation without parameters (Ba, Kiros and Hinton 2016): over the units of one example,
 * y = (x - mean) / sqrt(variance + epsilon). A wide ReLU layer needs it: without centring all examples look alike.
 */
final class LayerNormalisation {

    private static final float EPSILON = 1e-6f;

    private final int units;
    private final float[] mean;
    private final float[] inverse;

    LayerNormalisation(int units, int maxBatch) {
        this.units = units;
        this.mean = new float[maxBatch];
        this.inverse = new float[maxBatch];
    }

    /** sqrt(variance + epsilon) of the values of one example. */
    static double deviation(double[] x) {
        double sum = 0;
        double squares = 0;
        for (double value : x) {
            sum += value;
            squares += value * value;
        }
        double average = sum / x.length;
        return Math.sqrt(Math.max(0, squares / x.length - average * average) + EPSILON);
    }

    /** Replaces x, [units][batch], by y. */
    void forward(Panel panel, int batch) {
        float[] x = panel.values();
        for (int i = 0; i < batch; i++) {
            double sum = 0;
            double squares = 0;
            for (int u = 0; u < units; u++) {
                double value = x[panel.at(u * batch + i)];
                sum += value;
                squares += value * value;
            }
            double average = sum / units;
            mean[i] = (float) average;
            inverse[i] = (float) (1 / Math.sqrt(Math.max(0, squares / units - average * average) + EPSILON));
        }
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < batch; i++) {
                int at = panel.at(u * batch + i);
                x[at] = (x[at] - mean[i]) * inverse[i];
            }
        }
    }

    /**
     * dx = inverse (dy - mean(dy) - y mean(dy y)), means over the units of an example.
     *
     * @param outputs y, [units][batch], as written by the forward pass
     * @param gradient dy, [units][batch], replaced by dx
     */
    void backward(Panel outputs, int batch, Panel gradient) {
        float[] y = outputs.values();
        float[] dy = gradient.values();
        for (int i = 0; i < batch; i++) {
            double sum = 0;
            double product = 0;
            for (int u = 0; u < units; u++) {
                double value = dy[gradient.at(u * batch + i)];
                sum += value;
                product += value * y[outputs.at(u * batch + i)];
            }
            float meanGradient = (float) (sum / units);
            float meanProduct = (float) (product / units);
            for (int u = 0; u < units; u++) {
                int at = gradient.at(u * batch + i);
                float output = y[outputs.at(u * batch + i)];
                dy[at] = inverse[i] * (dy[at] - meanGradient - output * meanProduct);
            }
        }
    }
}
