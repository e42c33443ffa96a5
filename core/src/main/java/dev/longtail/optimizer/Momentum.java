package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/** Gradient descent with momentum: v = momentum v + g + decay w; w -= rate v. */
record Momentum(OptimizerConfig config, int width, float[] velocity) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Vectors.momentum(
                weights,
                offset,
                velocity,
                row * width,
                gradient,
                width,
                config.rate(step),
                config.momentum(),
                config.weightDecay());
    }

    @Override
    public void reset(int row, int slot) {
        velocity[row * width + slot] = 0;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".velocity", velocity);
    }

    @Override
    public long bytes() {
        return (long) velocity.length * Float.BYTES;
    }
}
