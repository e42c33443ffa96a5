package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.EntryOptimizer;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.RowPenaltyConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A table of 32-bit rows. */
final class RowTable implements InputTable {

    /** What the name of its tensor ends with. */
    static final String ROWS = ".rows";

    /** Examples of a task at least: to take a task orders all reads, so that no row is waited for beside another. */
    private static final int LEAST_PIECE = 4;

    private static final int PIECES = 16;

    private final String name;
    private final int dimension;
    private final RowPlaces places;
    private final Shards shards;
    private final RowPenaltyConfig penalty;
    private final List<float[]> pages = new ArrayList<>();

    /** A table of zeros. */
    RowTable(RowPlaces places, int dimension) {
        this(places, dimension, "table", RowPenaltyConfig.NONE);
    }

    /**
     * A table of zeros.
     *
     * @param name what the names of its tensors begin with
     */
    RowTable(RowPlaces places, int dimension, String name, RowPenaltyConfig penalty) {
        this.name = name;
        this.dimension = dimension;
        this.places = places;
        this.penalty = penalty;
        this.shards = places.shards();
        for (int shard = 0; shard < shards.count(); shard++) {
            pages.add(new float[Math.multiplyExact(shards.size(shard), dimension)]);
        }
    }

    @Override
    public int features() {
        return places.features();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /** The rows of a shard. */
    float[] page(int shard) {
        return pages.get(shard);
    }

    @Override
    public void initialise(float initialScale, long seed) {
        double deviation = initialScale / Math.sqrt(dimension);
        for (int shard = 0; shard < shards.count(); shard++) {
            float[] page = pages.get(shard);
            for (int row = 0; row < shards.size(shard); row++) {
                SplittableRandom random = RandomStream.of(seed, 0, shards.first(shard) + row);
                for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                    // uniform with the wanted deviation: half-width = sqrt(3) * deviation
                    page[i] = (float) ((2 * random.nextDouble() - 1) * Math.sqrt(3) * deviation);
                }
            }
        }
    }

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        int piece = Math.max(LEAST_PIECE, (batch.rows() + PIECES - 1) / PIECES);
        workers.run((batch.rows() + piece - 1) / piece, (task, worker) -> {
            int to = Math.min(batch.rows(), (task + 1) * piece);
            for (int example = task * piece; example < to; example++) {
                bag(batch, example, out);
            }
        });
    }

    private void bag(SparseBatch batch, int example, Panel out) {
        int offset = out.at(example * dimension);
        Arrays.fill(out.values(), offset, offset + dimension, 0);
        float scale = places.scale(batch, example);
        for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
            int row = places.row(batch.columns()[entry]);
            if (row == RowPlaces.NONE) {
                continue;
            }
            int shard = shards.of(row);
            int rowOffset = (row - shards.first(shard)) * dimension;
            Vectors.addScaled(
                    scale * batch.values()[entry], pages.get(shard), rowOffset, out.values(), offset, dimension);
        }
    }

    /** {@inheritDoc} Of a table that a penalty makes sparse those that are not 0 count. */
    @Override
    public long parameters() {
        if (!penalty.leavesZeros()) {
            return shards.rows() * (long) dimension;
        }
        long nonZeros = 0;
        for (float[] page : pages) {
            for (float value : page) {
                nonZeros += value == 0 ? 0 : 1;
            }
        }
        return nonZeros;
    }

    @Override
    public List<Tensor> tensors() {
        List<Long> shape = List.of((long) shards.rows(), (long) dimension);
        return List.of(new Tensor.Floats(name + ROWS, shape, pages));
    }

    @Override
    public void check() {
        // any numbers are rows
    }

    @Override
    public double squaredNorm(int feature) {
        int row = places.row(feature);
        if (row == RowPlaces.NONE) {
            return 0;
        }
        int shard = shards.of(row);
        int from = (row - shards.first(shard)) * dimension;
        double sum = 0;
        for (int i = from; i < from + dimension; i++) {
            double value = pages.get(shard)[i];
            sum += value * value;
        }
        return sum;
    }

    @Override
    public void set(int feature, float[] vector, int offset) {
        if (places.hashed()) {
            InputTable.super.set(feature, vector, offset); // refused
        }
        int row = places.row(feature);
        int shard = shards.of(row);
        System.arraycopy(vector, offset, pages.get(shard), (row - shards.first(shard)) * dimension, dimension);
    }

    @Override
    public InputTable inBytes() {
        ByteTable bytes = new ByteTable(places, dimension);
        for (int shard = 0; shard < shards.count(); shard++) {
            for (int row = 0; row < shards.size(shard); row++) {
                bytes.page(shard).set(row, pages.get(shard), row * dimension);
            }
        }
        return bytes;
    }

    @Override
    public InputTable inFloats() {
        return this;
    }

    @Override
    public InputTable select(int[] features) {
        RowTable selected = new RowTable(places.select(features, dimension), dimension, name, penalty);
        for (int row = 0; row < selected.places.shards().rows(); row++) {
            int shard = shards.of(features[row]);
            int from = (features[row] - shards.first(shard)) * dimension;
            int toShard = selected.shards.of(row);
            int to = (row - selected.shards.first(toShard)) * dimension;
            System.arraycopy(pages.get(shard), from, selected.pages.get(toShard), to, dimension);
        }
        return selected;
    }

    @Override
    public InputTable.Training training(OptimizerConfig optimizer, int threads) {
        return new Training(optimizer, threads);
    }

    @Override
    public InputTable.Training trainingOfSingles(OptimizerConfig optimizer, int threads) {
        boolean plain = places.areOfTheirOwn() && penalty.equals(RowPenaltyConfig.NONE);
        return plain && EntryOptimizer.updatesEntries(optimizer)
                ? new SingleRowTraining(this, shards, optimizer, threads)
                : training(optimizer, threads);
    }

    /** Gathers, for each touched row, its entries in the batch; sums their gradients in order and updates the row. */
    private final class Training implements InputTable.Training {

        private static final int TASKS = 16;

        private final boolean taskIsShard;
        private final RowPenalty sparsity;
        private final List<OptimizerState> states = new ArrayList<>();
        private final float[][] gradients;
        private final RowGroups groups = new RowGroups();
        private boolean prepared;

        @SuppressWarnings("unused") // keeps reads ahead from being optimised away
        private float touched;

        Training(OptimizerConfig optimizer, int threads) {
            this.taskIsShard = optimizer.sharesColumns();
            this.sparsity = new RowPenalty(penalty, optimizer, shards.rows());
            this.gradients = new float[threads][dimension];
            for (int shard = 0; shard < shards.count(); shard++) {
                states.add(sparsity.newState(shards.size(shard), dimension));
            }
        }

        @Override
        public void prepare(SparseBatch batch, Workers workers) {
            groups.collect(batch, places);
            touch();
            for (int group = 0; sparsity.isDeferred() && group < groups.count(); group++) {
                settle(groups.row(group));
            }
            prepared = true;
        }

        @Override
        public void bags(SparseBatch batch, Panel out, Workers workers) {
            RowTable.this.bags(batch, out, workers);
        }

        /** Reads the rows of the batch and their states ahead, see {@link OptimizerState#touch}. */
        private void touch() {
            float sum = 0;
            for (int group = 0; group < groups.count(); group++) {
                int row = groups.row(group);
                int shard = shards.of(row);
                int local = row - shards.first(shard);
                float[] page = pages.get(shard);
                sum += page[local * dimension] + page[(local + 1) * dimension - 1];
                sum += states.get(shard).touch(local);
            }
            touched = sum;
        }

        @Override
        public void carry(String name, StateCarrier state) {
            RowTable.this.tensors().forEach(state::tensor);
            sparsity.carry(name + ".penalty", state);
            for (int shard = 0; shard < states.size(); shard++) {
                states.get(shard).carry(name + ".state." + shard, state);
            }
        }

        private void settle(int row) {
            int shard = shards.of(row);
            sparsity.settle(row, pages.get(shard), (row - shards.first(shard)) * dimension, dimension);
        }

        @Override
        public void endEpoch() {
            for (int row = 0; sparsity.isDeferred() && row < shards.rows(); row++) {
                settle(row);
            }
            sparsity.prune(pages);
        }

        @Override
        public void backward(SparseBatch batch, Panel dOut, StepSize step, Workers workers) {
            if (!prepared) {
                groups.collect(batch, places);
            }
            prepared = false;
            if (taskIsShard) {
                groups.byShard(shards);
            }
            sparsity.beginStep(step);
            workers.run(taskIsShard ? shards.count() : TASKS, (task, worker) -> {
                for (int place = start(task); place < start(task + 1); place++) {
                    updateRow(taskIsShard ? groups.inOrder(place) : place, dOut, gradients[worker], step);
                }
            });
            states.forEach(OptimizerState::endStep);
        }

        /** Where the groups of a task begin: equal parts of them, or the shards where rows of a shard share state. */
        private int start(int task) {
            return taskIsShard ? groups.shardStart(task) : (int) (groups.count() * (long) task / TASKS);
        }

        private void updateRow(int group, Panel dOut, float[] gradient, StepSize step) {
            groups.sum(group, dOut, dimension, new Panel(gradient, 0), dimension);
            int row = groups.row(group);
            int shard = shards.of(row);
            int local = row - shards.first(shard);
            states.get(shard).update(local, pages.get(shard), local * dimension, gradient, step);
            sparsity.settle(row, pages.get(shard), local * dimension, dimension);
        }
    }
}
