package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/** AdaGrad (Duchi et al. 2011): a += g^2; w -= rate (g / (sqrt(a) + epsilon) + decay w). */
record AdaGrad(OptimizerConfig config, int width, float[] squares) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Vectors.adagrad(
                weights,
                offset,
                squares,
                row * width,
                gradient,
                width,
                config.rate(step),
                config.epsilon(),
                config.weightDecay());
    }

    @Override
    public void reset(int row, int slot) {
        squares[row * width + slot] = 0;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".squares", squares);
    }

    @Override
    public long bytes() {
        return (long) squares.length * Float.BYTES;
    }
}
