package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.optimizer.OptimizerState;
import java.util.List;

/**
 * A sparse layer in training, as its topology sees it.
 *
 * @param shards its rows
 * @param seed of the run
 * @param steps length of the run
 */
public record SparseLayer(List<Shard> shards, long seed, long steps) {

    public SparseLayer {
        shards = List.copyOf(shards);
    }

    /** Number of slots of all index rows. */
    long slots() {
        return shards.stream()
                .mapToLong(
                        shard -> (long) shard.rows().indexRows() * shard.rows().width())
                .sum();
    }

    /**
     * A range of the layer's rows.
     *
     * @param rows connections and weights
     * @param state what the optimiser remembers of the weights
     * @param firstIndexRow number of the shard's first index row in the layer
     */
    public record Shard(FixedFanIn rows, OptimizerState state, int firstIndexRow) {

        /** Mean magnitude of the weights of each slot of an index row, over the labels that share it. */
        void magnitudes(int row, float[] into) {
            int labels = rows.firstLabel(row + 1) - rows.firstLabel(row);
            for (int slot = 0; slot < rows.width(); slot++) {
                float sum = 0;
                for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
                    sum += Math.abs(rows.weights().at(label * rows.width() + slot));
                }
                into[slot] = sum / labels;
            }
        }
    }
}
