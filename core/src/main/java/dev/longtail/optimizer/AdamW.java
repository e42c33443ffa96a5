package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/** AdamW (Loshchilov and Hutter 2019), two numbers a parameter. */
record AdamW(OptimizerConfig config, int width, float[] first, float[] second, Corrections corrections)
        implements OptimizerState {

    AdamW(OptimizerConfig config, int width, int parameters) {
        this(config, width, new float[parameters], new float[parameters], new Corrections(config));
    }

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Corrections.Pair correction = corrections.at(step);
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
                correction.first(),
                correction.second());
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
    public float touch(int row) {
        int from = row * width;
        int to = from + width - 1;
        return first[from] + first[to] + second[from] + second[to];
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".first", first);
        state.floats(name + ".second", second);
    }

    @Override
    public long bytes() {
        return (long) (first.length + second.length) * Float.BYTES;
    }
}
