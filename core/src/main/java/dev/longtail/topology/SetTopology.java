package dev.longtail.topology;

import dev.longtail.parallel.Workers;
import java.util.Arrays;

/** Sparse evolutionary training: prune by magnitude, regrow at random; looks at weights only. */
final class SetTopology implements LayerTopology {

    private final RewireConfig config;
    private final SparseLayer layer;

    SetTopology(RewireConfig config, SparseLayer layer) {
        this.config = config;
        this.layer = layer;
    }

    @Override
    public boolean observes(long step) {
        return false;
    }

    @Override
    public void observe(int shard, int label, Observation observation) {
        throw new IllegalStateException("nothing is observed");
    }

    @Override
    public long rewire(long step, Workers workers) {
        if (!config.due(step, layer.steps())) {
            return 0;
        }
        long[] counts = new long[layer.shards().size()];
        workers.run(counts.length, (shard, worker) -> {
            SetRewiring rewiring = new SetRewiring(config, layer.seed(), step, layer.steps());
            counts[shard] = rewiring.rewire(layer.shards().get(shard));
        });
        return Arrays.stream(counts).sum();
    }
}
