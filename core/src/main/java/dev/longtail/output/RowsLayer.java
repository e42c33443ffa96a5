package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.DenseRows;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One linear scorer a label, score = bias + w . x, over its fixed fan-in or over all inputs. Weights start at zero and
 * biases where a label's negatives ask for nothing, so that only positives speak at first: random starts drown in the
 * negatives of tens of thousands of labels.
 */
public final class RowsLayer implements OutputLayer {

    private final int inputs;
    private final Shards shards;
    private final List<LabelRows> rows;

    private RowsLayer(int inputs, Shards shards, IntFunction<LabelRows> newRows) {
        this.inputs = inputs;
        this.shards = shards;
        this.rows = new ArrayList<>();
        for (int shard = 0; shard < shards.count(); shard++) {
            rows.add(newRows.apply(shards.size(shard)));
        }
    }

    /** A layer in which every label has {@code fanIn} connections. */
    static RowsLayer fixedFanIn(int labels, int inputs, int fanIn) {
        return new RowsLayer(inputs, Shards.of(labels, fanIn), size -> new FixedFanIn(size, inputs, fanIn));
    }

    /** A layer in which every label is connected to all inputs. */
    static RowsLayer dense(int labels, int inputs) {
        return new RowsLayer(inputs, Shards.of(labels, inputs), size -> new DenseRows(size, inputs));
    }

    @Override
    public void initialise(float[] bias, long seed) {
        for (int shard = 0; shard < shards.count(); shard++) {
            LabelRows labels = rows.get(shard);
            for (int row = 0; row < labels.labels(); row++) {
                int label = shards.first(shard) + row;
                labels.bias()[row] = bias[label];
                if (labels instanceof FixedFanIn sparse) {
                    sparse.drawTopology(row, RandomStream.of(seed, 0, label));
                }
            }
        }
    }

    @Override
    public int labels() {
        return shards.rows();
    }

    @Override
    public int inputs() {
        return inputs;
    }

    /** How labels are cut. */
    Shards shards() {
        return shards;
    }

    /** The labels of one shard. */
    LabelRows rows(int shard) {
        return rows.get(shard);
    }

    @Override
    public void scores(Panel x, int batch, Workers workers, ScoreSink sink) {
        float[][] scores = new float[workers.threads()][batch];
        workers.run(shards.count(), (shard, worker) -> {
            LabelRows labels = rows.get(shard);
            for (int row = 0; row < labels.labels(); row++) {
                labels.scores(row, x, batch, scores[worker]);
                sink.accept(worker, shards.first(shard) + row, scores[worker]);
            }
        });
    }

    @Override
    public List<Tensor> tensors() {
        List<float[]> weights = rows.stream().map(LabelRows::weights).toList();
        List<float[]> biases = rows.stream().map(LabelRows::bias).toList();
        List<Tensor> tensors = new ArrayList<>();
        List<Long> shape = List.of((long) labels(), (long) rows.get(0).width());
        tensors.add(new Tensor.Floats("output.weights", shape, weights));
        tensors.add(new Tensor.Floats("output.bias", List.of((long) labels()), biases));
        List<char[]> indices = rows.stream()
                .filter(FixedFanIn.class::isInstance)
                .map(labels -> ((FixedFanIn) labels).indices())
                .toList();
        if (!indices.isEmpty()) {
            tensors.add(new Tensor.Chars("output.indices", shape, indices));
        }
        return tensors;
    }

    @Override
    public void check() {
        for (LabelRows labels : rows) {
            if (labels instanceof FixedFanIn sparse) {
                sparse.check();
            }
        }
    }

    @Override
    public OutputTraining training(
            OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        return new RowsTraining(this, plan, optimizer.optimizer(), rewire, workers);
    }
}
