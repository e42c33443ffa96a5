package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Carries out a policy: at a rewire the slots that its pruning marks get the inputs that its growth proposes. The
 * fan-in stays exact and the inputs of a row distinct, a pruned input does not come back in the same rewire, and a
 * slot stays in its bank. Where labels share an index row, its slots are judged by the mean magnitude of the labels'
 * weights.
 */
final class MovingTopology implements LayerTopology {

    private final RewireConfig config;
    private final SparseLayer layer;
    private final TopologyPolicy policy;
    private final List<Bank> banks;

    MovingTopology(SparseLayer layer, TopologyPolicy policy) {
        this.config = policy.schedule().config();
        this.layer = layer;
        this.policy = policy;
        this.banks = Bank.of(layer.shards().get(0).rows());
    }

    @Override
    public boolean observes(long step) {
        return policy.growth().observes() && policy.schedule().observes(step);
    }

    @Override
    public void observe(int shard, int label, Observation observation) {
        policy.growth().observe(shard, label, observation);
    }

    @Override
    public long rewire(long step, Workers workers) {
        if (!policy.schedule().due(step)) {
            return 0;
        }
        Pruning.Verdict verdict = policy.pruning().at(step, workers);
        long[] counts = new long[layer.shards().size()];
        workers.run(counts.length, (shard, worker) -> counts[shard] = rewire(step, shard, verdict));
        return Arrays.stream(counts).sum();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        policy.growth().carry(name, state);
    }

    private long rewire(long step, int number, Pruning.Verdict verdict) {
        SparseLayer.Shard shard = layer.shards().get(number);
        Growth growth = policy.growth();
        growth.begin(step, number);
        RowScratch scratch = new RowScratch(shard.rows(), growth.mostProposals());
        long moved = 0;
        for (int row = 0; row < shard.rows().indexRows(); row++) {
            growth.held(number, row);
            shard.magnitudes(row, scratch.magnitudes);
            if (verdict.mark(number, row, scratch) > 0) {
                int proposed = growth.propose(step, number, row, scratch.proposals);
                SplittableRandom random = RandomStream.of(layer.seed(), step, (long) shard.firstIndexRow() + row);
                moved += regrow(shard, row, proposed, random, scratch);
            }
        }
        return moved;
    }

    /** Moves the marked slots of an index row; returns how many moved. */
    private int regrow(SparseLayer.Shard shard, int row, int proposed, SplittableRandom random, RowScratch scratch) {
        scratch.take(shard.rows(), row);
        int moved = 0;
        for (Bank bank : banks) {
            int next = 0;
            // with fewer free inputs than pruned slots, the last of the pruned stay where they are
            int left = bank.free();
            for (int slot = bank.firstSlot(); slot < bank.endSlot() && left > 0; slot++) {
                if (scratch.pruned[slot]) {
                    while (next < proposed && !bank.contains(scratch.proposals[next])) {
                        next++;
                    }
                    int input = next < proposed ? scratch.proposals[next++] : drawFree(bank, scratch, random);
                    shard.rows().connect(row, slot, input);
                    scratch.grow(input);
                    restart(shard, row, slot, random);
                    left--;
                    moved++;
                }
            }
        }
        scratch.release();
        return moved;
    }

    private static int drawFree(Bank bank, RowScratch scratch, SplittableRandom random) {
        int drawn = random.nextInt(bank.firstInput(), bank.endInput());
        while (scratch.taken.contains(drawn)) {
            drawn = random.nextInt(bank.firstInput(), bank.endInput());
        }
        return drawn;
    }

    private void restart(SparseLayer.Shard shard, int row, int slot, SplittableRandom random) {
        FixedFanIn rows = shard.rows();
        boolean zero = config.growth().start() == GrowthConfig.Start.ZERO;
        double width = zero ? 0 : 1 / Math.sqrt(rows.width());
        for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
            float weight = zero ? 0 : (float) random.nextDouble(-width, width);
            rows.weights().set(label * rows.width() + slot, weight);
            if (config.resetState()) {
                shard.state().reset(label, slot);
            }
        }
    }
}
