package dev.longtail.optimizer;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;
import java.util.Arrays;

/**
 * Yogi (Zaheer et al., NeurIPS 2018), two numbers a parameter. The second moment starts at {@value #START}, as in
 * implementations in use; their first moment does too, which moves no weight that could be told from one that started
 * at 0.
 */
record Yogi(OptimizerConfig config, int width, float[] first, float[] second, Corrections corrections)
        implements OptimizerState {

    static final float START = Kernels.YOGI_START;

    Yogi(OptimizerConfig config, int width, int parameters) {
        this(config, width, new float[parameters], new float[parameters], new Corrections(config));
        Arrays.fill(second, START);
    }

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        Corrections.Pair correction = corrections.at(step);
        Vectors.yogi(
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

    @Override
    public void reset(int row, int slot) {
        first[row * width + slot] = 0;
        second[row * width + slot] = START;
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
