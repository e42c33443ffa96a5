package dev.longtail.table;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.penalty.Proximal;

/**
 * Regularised dual averaging with an l1 penalty (Xiao, "Dual Averaging Methods for Regularized Stochastic Learning and
 * Online Optimization", JMLR 2010, eq. 10 with gamma = 1 / rate): with g the mean of the t gradients of a row,
 *
 * <pre>
 *   w = argmin g w + l1 |w| + w^2 / (2 rate sqrt(t)) = -rate sqrt(t) soft(g, l1)
 * </pre>
 *
 * Steps are counted by rows, as a row has a gradient only where it is read. One number a parameter and one a row.
 *
 * @param l1 at least 0
 * @param means [rows][width]
 * @param counts steps of each row
 */
record DualAveraging(OptimizerConfig config, float l1, int width, float[] means, int[] counts)
        implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        int t = ++counts[row];
        int from = row * width;
        for (int i = 0; i < width; i++) {
            means[from + i] += (gradient[i] - means[from + i]) / t;
        }
        System.arraycopy(means, from, weights, offset, width);
        Proximal.soft(weights, offset, width, l1);
        float scale = (float) (-config.learningRate() * step.factor() * Math.sqrt(t));
        for (int i = offset; i < offset + width; i++) {
            weights[i] = weights[i] == 0 ? 0 : scale * weights[i]; // without a sign
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".means", means);
        state.ints(name + ".counts", counts);
    }

    @Override
    public long bytes() {
        return (long) means.length * Float.BYTES + (long) counts.length * Integer.BYTES;
    }
}
