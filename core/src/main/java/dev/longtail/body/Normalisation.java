package dev.longtail.body;

/**
 * Layer normalisation without parameters (Ba, Kiros and Hinton 2016): over the units of one example,
 * y = (x - mean) / sqrt(variance + epsilon). A wide ReLU layer needs it: without centring all examples look alike.
 */
final class Normalisation {

    private static final float EPSILON = 1e-6f;

    private final int units;
    private final float[] mean;
    private final float[] inverse;

    Normalisation(int units, int maxBatch) {
        this.units = units;
        this.mean = new float[maxBatch];
        this.inverse = new float[maxBatch];
    }

    /** @param x float[units][batch] @param y float[units][batch], written; may be x */
    void forward(float[] x, int batch, float[] y) {
        for (int i = 0; i < batch; i++) {
            double sum = 0;
            double squares = 0;
            for (int u = 0; u < units; u++) {
                sum += x[u * batch + i];
                squares += (double) x[u * batch + i] * x[u * batch + i];
            }
            double average = sum / units;
            mean[i] = (float) average;
            inverse[i] = (float) (1 / Math.sqrt(Math.max(0, squares / units - average * average) + EPSILON));
        }
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < batch; i++) {
                y[u * batch + i] = (x[u * batch + i] - mean[i]) * inverse[i];
            }
        }
    }

    /**
     * dx = inverse (dy - mean(dy) - y mean(dy y)), means over the units of an example.
     *
     * @param y float[units][batch] as written by the forward pass
     * @param dy float[units][batch], replaced by dx
     */
    void backward(float[] y, int batch, float[] dy) {
        for (int i = 0; i < batch; i++) {
            double sum = 0;
            double product = 0;
            for (int u = 0; u < units; u++) {
                sum += dy[u * batch + i];
                product += (double) dy[u * batch + i] * y[u * batch + i];
            }
            float meanGradient = (float) (sum / units);
            float meanProduct = (float) (product / units);
            for (int u = 0; u < units; u++) {
                int at = u * batch + i;
                dy[at] = inverse[i] * (dy[at] - meanGradient - y[at] * meanProduct);
            }
        }
    }
}
