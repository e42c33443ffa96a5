package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/** Plain gradient descent: w -= rate (g + decay w). */
record Sgd(OptimizerConfig config, int width) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Vectors.sgd(weights, offset, gradient, width, config.rate(step), config.weightDecay());
    }

    @Override
    public void carry(String name, StateCarrier state) {
        // it remembers nothing
    }

    @Override
    public long bytes() {
        return 0;
    }
}
