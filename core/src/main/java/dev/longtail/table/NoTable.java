package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import java.util.List;

/**
 * The input table of a model without an embedding arm: vectors of length 0, which no one needs to learn.
 *
 * @param features of the model
 */
public record NoTable(int features) implements InputTable {

    @Override
    public int dimension() {
        return 0;
    }

    @Override
    public void initialise(float initialScale, long seed) {}

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {}

    @Override
    public long parameters() {
        return 0;
    }

    @Override
    public List<Tensor> tensors() {
        return List.of();
    }

    @Override
    public void check() {}

    @Override
    public double squaredNorm(int feature) {
        return 0;
    }

    @Override
    public InputTable inBytes() {
        return this;
    }

    @Override
    public InputTable inFloats() {
        return this;
    }

    @Override
    public InputTable select(int[] kept) {
        return new NoTable(kept.length);
    }

    @Override
    public Training training(OptimizerConfig optimizer, int threads) {
        throw new IllegalStateException("a model without an embedding arm has no table to train");
    }
}
