package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.parallel.Workers;

/** What the intermediate layer does with the value of a unit. */
public enum Activation {
    /** y = max(0, z). */
    RELU,
    /** y = z: what the published implementation of SPARTEX does, though its configuration names a ReLU. */
    LINEAR;

    private static final int SLICES = 16;

    /** Replaces the first n numbers z by y. */
    void forward(Panel z, int n, Workers workers) {
        if (this == RELU) {
            slices(n, workers, (from, end) -> rectify(z.values(), z.at(from), z.at(end)));
        }
    }

    /** Replaces the first n numbers dy by dz, given y. */
    void backward(Panel y, Panel dy, int n, Workers workers) {
        if (this == RELU) {
            slices(n, workers, (from, end) -> mask(y.values(), y.at(from), dy.values(), dy.at(from), end - from));
        }
    }

    private interface Slice {
        void run(int from, int end);
    }

    private static void slices(int n, Workers workers, Slice slice) {
        workers.run(
                SLICES,
                (task, worker) -> slice.run((int) (n * (long) task / SLICES), (int) (n * (long) (task + 1) / SLICES)));
    }

    private static void rectify(float[] values, int from, int end) {
        for (int i = from; i < end; i++) {
            values[i] = Math.max(0, values[i]);
        }
    }

    private static void mask(float[] y, int yFrom, float[] dy, int dyFrom, int n) {
        for (int i = 0; i < n; i++) {
            dy[dyFrom + i] = y[yFrom + i] > 0 ? dy[dyFrom + i] : 0;
        }
    }
}
