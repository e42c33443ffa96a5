package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.ByteRows;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of a model that is read and no longer trained: rows in 8 bits, in memory as in the file. */
final class ByteTable implements InputTable {

    private final int dimension;
    private final RowPlaces places;
    private final List<ByteRows> pages = new ArrayList<>();

    /** A table of zeros. */
    ByteTable(RowPlaces places, int dimension) {
        this.dimension = dimension;
        this.places = places;
        for (int shard = 0; shard < places.shards().count(); shard++) {
            pages.add(ByteRows.zeros(places.shards().size(shard), dimension));
        }
    }

    /** The rows of a shard. */
    ByteRows page(int shard) {
        return pages.get(shard);
    }

    @Override
    public int features() {
        return places.features();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void initialise(float initialScale, long seed) {
        throw new IllegalStateException("a table of 8 bits takes no first values; train a new model");
    }

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        Shards shards = places.shards();
        workers.run(batch.rows(), (example, worker) -> {
            int offset = out.at(example * dimension);
            Arrays.fill(out.values(), offset, offset + dimension, 0);
            float scale = places.scale(batch, example);
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                int row = places.row(batch.columns()[entry]);
                if (row == RowPlaces.NONE) {
                    continue;
                }
                int shard = shards.of(row);
                pages.get(shard)
                        .addScaled(scale * batch.values()[entry], row - shards.first(shard), out.values(), offset);
            }
        });
    }

    @Override
    public long parameters() {
        return places.shards().rows() * (long) dimension;
    }

    @Override
    public List<Tensor> tensors() {
        long rows = places.shards().rows();
        return List.of(
                new Tensor.Bytes(
                        "table.rows",
                        List.of(rows, (long) dimension),
                        pages.stream().map(ByteRows::values).toList()),
                new Tensor.Floats(
                        "table.scales",
                        List.of(rows),
                        pages.stream().map(ByteRows::scales).toList()));
    }

    @Override
    public void check() {
        pages.forEach(ByteRows::check);
    }

    @Override
    public double squaredNorm(int feature) {
        int row = places.row(feature);
        if (row == RowPlaces.NONE) {
            return 0;
        }
        int shard = places.shards().of(row);
        int from = (row - places.shards().first(shard)) * dimension;
        double sum = 0;
        for (int i = from; i < from + dimension; i++) {
            double value = pages.get(shard).at(i);
            sum += value * value;
        }
        return sum;
    }

    @Override
    public InputTable inBytes() {
        return this;
    }

    @Override
    public InputTable inFloats() {
        Shards shards = places.shards();
        RowTable floats = new RowTable(places, dimension);
        for (int row = 0; row < shards.rows(); row++) {
            int shard = shards.of(row);
            int local = row - shards.first(shard);
            pages.get(shard).read(local, floats.page(shard), local * dimension);
        }
        return floats;
    }

    @Override
    public InputTable select(int[] features) {
        ByteTable selected = new ByteTable(places.select(features, dimension), dimension);
        Shards to = selected.places.shards();
        for (int row = 0; row < selected.places.shards().rows(); row++) {
            int shard = places.shards().of(features[row]);
            int toShard = to.of(row);
            selected.pages
                    .get(toShard)
                    .set(
                            row - to.first(toShard),
                            pages.get(shard),
                            features[row] - places.shards().first(shard));
        }
        return selected;
    }

    @Override
    public InputTable.Training training(OptimizerConfig optimizer, int threads) {
        throw new IllegalStateException("a table of 8 bits cannot be trained; a new model may start from it");
    }
}
