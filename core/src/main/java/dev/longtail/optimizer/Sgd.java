package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;

/** Plain gradient descent: w -= rate (g + decay w). */
record Sgd(OptimizerConfig config, int width) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Vectors.sgd(weights, offset, gradient, width, config.rate(step), config.weightDecay());
    }

    @Override
    public long bytes() {
        return 0;
    }
}
