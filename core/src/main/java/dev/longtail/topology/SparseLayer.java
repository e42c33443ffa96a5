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

    /**
     * A range of the layer's rows.
     *
     * @param rows connections and weights
     * @param state what the optimiser remembers of the weights
     * @param firstIndexRow number of the shard's first index row in the layer
     */
    public record Shard(FixedFanIn rows, OptimizerState state, int firstIndexRow) {}
}
