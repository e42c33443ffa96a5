package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.parallel.RandomStream;

/**
 * Inverted dropout (Srivastava et al. 2014): a value is zero with probability p, else divided by 1 - p, so that nothing
 * changes at prediction. Which values fall depends on (seed, step, position) only.
 */
final class Dropout {

    private final float rate;
    private final long seed;
    private final float[] mask;

    /** @param capacity most values in a step */
    Dropout(float rate, long seed, int capacity) {
        this.rate = rate;
        this.seed = seed;
        this.mask = new float[rate > 0 ? capacity : 0];
    }

    /** Draws the mask of a step and applies it to the first n values of x. */
    void forward(Panel x, int n, long step) {
        if (rate == 0) {
            return;
        }
        long border = (long) (rate * (1L << 32));
        float kept = 1 / (1 - rate);
        long key = RandomStream.key(seed, step, 0);
        for (int i = 0; i < n; i++) {
            mask[i] = RandomStream.mix(key + i) >>> 32 < border ? 0 : kept;
        }
        apply(x, n);
    }

    /** Applies the mask of the latest forward pass to a gradient. */
    void backward(Panel dx, int n) {
        if (rate > 0) {
            apply(dx, n);
        }
    }

    private void apply(Panel x, int n) {
        for (int i = 0; i < n; i++) {
            x.values()[x.at(i)] *= mask[i];
        }
    }
}
