package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;

/** AdamW (Loshchilov and Hutter 2019), two numbers a parameter. */
record AdamW(OptimizerConfig config, int width, float[] first, float[] second) implements OptimizerState {

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Vectors.adamW(
                weights,
                offset,
                first,
                second,
                row * width,
                gradient,
                width,
                config.rate(step),
                config.beta1(),
                config.beta2(),
                config.epsilon(),
                config.weightDecay(),
                correction(config.beta1(), step.step()),
                correction(config.beta2(), step.step()));
    }

    /** 1 - beta^step, what the moving average of a one that began at zero has reached. */
    static float correction(float beta, long step) {
        return (float) (1 - Math.pow(beta, step));
    }

    @Override
    public void reset(int row, int slot) {
        first[row * width + slot] = 0;
        second[row * width + slot] = 0;
    }

    @Override
    public long bytes() {
        return (long) (first.length + second.length) * Float.BYTES;
    }
}
