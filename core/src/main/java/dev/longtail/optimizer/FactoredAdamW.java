package dev.longtail.optimizer;

import dev.longtail.matrix.StateCarrier;

/**
 * AdamW with its two moments factored (after SMMF, Park and Lee, arXiv 2412.08894): the second moment, and the
 * magnitude of the first, are rank-1 matrices ({@link RankOne}), the signs of the first take two bits a parameter. For
 * a row i with gradient g, k the column of slot j, t the step, all columns as they were at the end of the step before:
 *
 * <pre>
 *   m[j] = beta1 s[i][j] p[i] q[k] + (1 - beta1) g[j]        first moment, rebuilt and moved on
 *   v[j] = beta2 r[i] c[k] + (1 - beta2) g[j]^2              second moment, likewise
 *   w[j] -= rate (m[j] / (1 - beta1^t) / (sqrt(v[j] / (1 - beta2^t)) + epsilon) + decay w[j])
 *   s[i][j] = sign m[j];  p, q from |m|;  r, c from v        factored again, columns with decay beta2
 * </pre>
 *
 * A row takes 8 bytes and a quarter of a byte a parameter: 40 bytes at fan-in 128, where AdamW takes 1,024. Where the
 * squares of gradients are rank-1 and their signs constant, updates are those of AdamW. Other than in SMMF, columns are
 * the layer's inputs and not those of a matrix made square, decays are constant as in Adam, and a sign may be 0: a
 * gradient that is exactly zero gets no share of the row's momentum, and a connection that moved starts without any.
 * What a moved connection has for a second moment is that of its row and its new input.
 *
 * <p>With beta1 = 0 there is no first moment and a row takes 4 bytes. On titles with 11,944 subjects that was better,
 * one seed and the same rate: validation P@1 23.9 % with beta1 = 0, 21.4 % with 0.9
 * (bench/results/optimizer-states.md).
 */
final class FactoredAdamW implements OptimizerState {

    private final OptimizerConfig config;
    private final int width;
    private final Columns columns;
    private final RankOne squares;
    private final RankOne magnitudes;
    private final Signs signs;
    private final int[] columnOf;
    private final float[] second;

    FactoredAdamW(OptimizerConfig config, int rows, int width, Columns columns) {
        this.config = config;
        this.width = width;
        this.columns = columns;
        this.squares = new RankOne(rows, columns.count(), config.beta2());
        boolean momentum = config.beta1() > 0;
        this.magnitudes = new RankOne(momentum ? rows : 0, momentum ? columns.count() : 0, config.beta2());
        this.signs = new Signs(momentum ? (long) rows * width : 0);
        this.columnOf = new int[width];
        this.second = new float[width];
    }

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        for (int slot = 0; slot < width; slot++) {
            columnOf[slot] = columns.column(row, slot);
        }
        second(row, gradient);
        if (config.beta1() > 0) {
            first(row, gradient);
        }
        step(weights, offset, gradient, step);
    }

    /** Puts the second moments into {@link #second} and factors them again. */
    private void second(int row, float[] gradient) {
        float old = config.beta2() * squares.row(row);
        double sum = 0;
        double ofColumns = 0;
        for (int slot = 0; slot < width; slot++) {
            float c = squares.column(columnOf[slot]);
            float v = old * c + (1 - config.beta2()) * gradient[slot] * gradient[slot];
            second[slot] = v;
            sum += v;
            ofColumns += c;
        }
        squares.setRow(row, sum, ofColumns);
        for (int slot = 0; slot < width; slot++) {
            squares.add(row, columnOf[slot], second[slot]);
        }
    }

    /** Puts the first moments in the place of the gradient and factors them again. */
    private void first(int row, float[] gradient) {
        long start = (long) row * width;
        float old = config.beta1() * magnitudes.row(row);
        double sum = 0;
        double ofColumns = 0;
        for (int slot = 0; slot < width; slot++) {
            float q = magnitudes.column(columnOf[slot]);
            float m = signs.at(start + slot) * old * q + (1 - config.beta1()) * gradient[slot];
            gradient[slot] = m;
            sum += Math.abs(m);
            ofColumns += q;
        }
        magnitudes.setRow(row, sum, ofColumns);
        for (int slot = 0; slot < width; slot++) {
            magnitudes.add(row, columnOf[slot], Math.abs(gradient[slot]));
            signs.set(start + slot, (int) Math.signum(gradient[slot]));
        }
    }

    private void step(float[] weights, int offset, float[] first, StepSize step) {
        float rate = config.rate(step);
        float correction1 = AdamW.correction(config.beta1(), step.step());
        float correction2 = AdamW.correction(config.beta2(), step.step());
        for (int slot = 0; slot < width; slot++) {
            float root = (float) Math.sqrt(second[slot] / correction2) + config.epsilon();
            float weight = weights[offset + slot];
            weights[offset + slot] = weight - rate * (first[slot] / correction1 / root + config.weightDecay() * weight);
        }
    }

    @Override
    public void endStep() {
        magnitudes.endStep();
        squares.endStep();
    }

    @Override
    public void reset(int row, int slot) {
        if (config.beta1() > 0) {
            signs.set((long) row * width + slot, 0);
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        squares.carry(name + ".squares", state);
        magnitudes.carry(name + ".magnitudes", state);
        signs.carry(name + ".signs", state);
    }

    @Override
    public long bytes() {
        return magnitudes.bytes() + squares.bytes() + signs.bytes();
    }
}
