package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/** AdaGrad with one accumulator for the row: a += mean(g^2); w -= rate (g / (sqrt(a) + epsilon) + decay w). */
record RowAdaGrad(OptimizerConfig config, int width, float[] squares) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        squares[row] += Vectors.dot(gradient, 0, gradient, 0, width) / width;
        float scale = (float) (1 / (Math.sqrt(squares[row]) + config.epsilon()));
        Vectors.scale(scale, gradient, 0, width);
        Vectors.sgd(weights, offset, gradient, width, config.rate(step), config.weightDecay());
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
