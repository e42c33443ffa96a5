package dev.longtail.optimizer;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;

/**
 * AdaLomo (Lv et al., arXiv 2310.10195): a factored second moment as in Adafactor (Shazeer and Stern, ICML 2018), no
 * first moment, and an update that is normalised in groups, here rows. For a row i with gradient g, k the column of
 * slot j, n the number of slots, t the step, all columns c as at the end of the step before ({@link RankOne}):
 *
 * <pre>
 *   r[i] = beta2 r[i] + (1 - beta2) sum g[j]^2 / sum c[k]
 *   u[j] = g[j] / (sqrt(r[i] c[k] / (1 - beta2^t)) + epsilon)
 *   w[j] -= rate (u[j] max(leastScale, rms(w)) / max(1, rms(u)) + decay w[j]),     rms(x) = sqrt(sum x[j]^2 / n)
 * </pre>
 *
 * The entries that the columns are made of are beta2 r[i] c[k] + (1 - beta2) g[j]^2, r[i] being the old one. The rate
 * is a share of the weights' size; rows that start at zero have none, so they grow from leastScale. (The paper's models
 * do not start at zero and have 0.001.) A row takes 4 bytes.
 */
final class AdaLomo implements OptimizerState {

    private final OptimizerConfig config;
    private final int width;
    private final Columns columns;
    private final RankOne squares;
    private final int[] columnOf;

    AdaLomo(OptimizerConfig config, int rows, int width, Columns columns) {
        this.config = config;
        this.width = width;
        this.columns = columns;
        this.squares = new RankOne(rows, columns.count(), config.beta2());
        this.columnOf = new int[width];
    }

    @Override
    public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
        accumulate(row, gradient);
        float correction = AdamW.correction(config.beta2(), step.step());
        float square = squares.row(row) / correction;
        for (int slot = 0; slot < width; slot++) {
            float root = (float) Math.sqrt(square * squares.column(columnOf[slot]));
            gradient[slot] /= root + config.epsilon();
        }
        double scale = Math.max(config.leastScale(), rms(weights, offset)) / Math.max(1, rms(gradient, 0));
        Vectors.scale((float) scale, gradient, 0, width);
        Vectors.sgd(weights, offset, gradient, width, config.rate(step), config.weightDecay());
    }

    private void accumulate(int row, float[] gradient) {
        double ofColumns = 0;
        double sum = 0;
        for (int slot = 0; slot < width; slot++) {
            columnOf[slot] = columns.column(row, slot);
            ofColumns += squares.column(columnOf[slot]);
            sum += (double) gradient[slot] * gradient[slot];
        }
        float old = config.beta2() * squares.row(row);
        squares.setRow(row, old * ofColumns + (1 - config.beta2()) * sum, ofColumns);
        for (int slot = 0; slot < width; slot++) {
            int column = columnOf[slot];
            float entry = old * squares.column(column) + (1 - config.beta2()) * gradient[slot] * gradient[slot];
            squares.add(row, column, entry);
        }
    }

    private double rms(float[] values, int offset) {
        return Math.sqrt(Vectors.dot(values, offset, values, offset, width) / width);
    }

    @Override
    public void endStep() {
        squares.endStep();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        squares.carry(name + ".squares", state);
    }

    @Override
    public long bytes() {
        return squares.bytes();
    }
}
