package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;

/**
 * Applies an update rule to rows of parameters. Rows without a gradient are not visited: with momentum, AdamW and
 * weight decay this is the lazy form (as SparseAdam has it), with SGD and AdaGrad it is exact.
 */
public final class Optimizer {

    private final OptimizerConfig config;

    Optimizer(OptimizerConfig config) {
        this.config = config;
    }

    public OptimizerConfig config() {
        return config;
    }

    /** Fresh state for {@code rows} rows of {@code width} parameters. */
    public OptimizerState newState(int rows, int width) {
        int parameters = Math.multiplyExact(rows, width);
        return switch (config.kind()) {
            case SGD -> new OptimizerState(new float[0], new float[0]);
            case MOMENTUM, ADAGRAD -> new OptimizerState(new float[parameters], new float[0]);
            case ROW_ADAGRAD -> new OptimizerState(new float[rows], new float[0]);
            case ADAMW -> new OptimizerState(new float[parameters], new float[parameters]);
        };
    }

    /**
     * Updates one row: weights[row * width .. (row + 1) * width).
     *
     * @param gradient float[at least width], the row's gradient; left as scratch
     */
    public void update(float[] weights, OptimizerState state, int row, int width, float[] gradient, StepSize step) {
        int offset = row * width;
        float rate = config.learningRate() * step.factor();
        float decay = config.weightDecay();
        switch (config.kind()) {
            case SGD -> Vectors.sgd(weights, offset, gradient, width, rate, decay);
            case MOMENTUM ->
                Vectors.momentum(weights, state.first(), offset, gradient, width, rate, config.momentum(), decay);
            case ADAGRAD ->
                Vectors.adagrad(weights, state.first(), offset, gradient, width, rate, config.epsilon(), decay);
            case ROW_ADAGRAD -> rowAdaGrad(weights, state.first(), row, width, gradient, rate);
            case ADAMW ->
                Vectors.adamW(
                        weights,
                        state.first(),
                        state.second(),
                        offset,
                        gradient,
                        width,
                        rate,
                        config.beta1(),
                        config.beta2(),
                        config.epsilon(),
                        decay,
                        correction(config.beta1(), step.step()),
                        correction(config.beta2(), step.step()));
        }
    }

    /** AdaGrad with one accumulator for the row: a += mean(g^2); w -= rate (g / (sqrt(a) + epsilon) + decay w). */
    private void rowAdaGrad(float[] weights, float[] squares, int row, int width, float[] gradient, float rate) {
        squares[row] += Vectors.dot(gradient, 0, gradient, 0, width) / width;
        float scale = (float) (1 / (Math.sqrt(squares[row]) + config.epsilon()));
        Vectors.scale(scale, gradient, 0, width);
        Vectors.sgd(weights, row * width, gradient, width, rate, config.weightDecay());
    }

    private static float correction(float beta, long step) {
        return (float) (1 - Math.pow(beta, step));
    }
}
