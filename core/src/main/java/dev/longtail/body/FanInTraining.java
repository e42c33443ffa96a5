package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.WeightRow;
import dev.longtail.optimizer.Columns;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.LayerTopology;
import dev.longtail.topology.LayerTopology.Observation;
import dev.longtail.topology.RewireConfig;
import dev.longtail.topology.SparseLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Training of a {@link FanInLayer}: unit after unit, as the output layer trains its labels. After an ablation rows have
 * another width, so optimiser state and topology start anew.
 */
final class FanInTraining implements Layer.Training {

    private final FanInLayer layer;
    private final Body.Plan plan;
    private final OptimizerConfig optimizer;
    private final Optional<RewireConfig> rewire;
    private final ShardedSum dxParts;
    private final List<OptimizerState> weightStates = new ArrayList<>();
    private final List<OptimizerState> biasStates = new ArrayList<>();
    private final Buffers[] buffersOfWorkers;
    private Optional<LayerTopology> topology = Optional.empty();
    private long moved;

    FanInTraining(
            FanInLayer layer, Body.Plan plan, OptimizerConfig optimizer, Optional<RewireConfig> rewire, int threads) {
        this.layer = layer;
        this.plan = plan;
        this.optimizer = optimizer;
        this.rewire = rewire;
        this.dxParts = ShardedSum.bounded(layer.shards().count(), Math.multiplyExact(layer.inputs(), plan.maxBatch()));
        this.buffersOfWorkers = new Buffers[threads];
        start();
    }

    /** State, topology and scratch for the layer's rows as they are. */
    private void start() {
        weightStates.clear();
        biasStates.clear();
        List<SparseLayer.Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            weightStates.add(optimizer.newState(rows.labels(), rows.width(), Columns.of(rows.inputs(), rows::input)));
            biasStates.add(optimizer.newState(rows.labels(), 1));
            shards.add(new SparseLayer.Shard(rows, weightStates.get(shard), layer.firstActive(shard)));
        }
        topology = rewire.flatMap(rule -> rule.topology(new SparseLayer(shards, plan.seed(), plan.steps())));
        Arrays.setAll(buffersOfWorkers, i -> new Buffers(plan.maxBatch(), layer.fanIn()));
    }

    /** What one worker writes besides the parameters. */
    private static final class Buffers {
        final float[] dz;
        final float[] targets;
        final float[] dWeights;
        final WeightRow weights = new WeightRow(0);

        Buffers(int batch, int width) {
            dz = new float[batch];
            targets = new float[batch];
            dWeights = new float[width];
            Arrays.fill(targets, -1); // a unit is no label, so no example carries it
        }
    }

    @Override
    public void backward(Panel x, int batch, Panel dz, Panel dx, StepSize step, Workers workers) {
        dxParts.gather(layer.inputs() * batch, workers, (shard, worker, dxPart) -> {
            Buffers buffers = buffersOfWorkers[worker];
            int first = layer.firstActive(shard);
            for (int row = 0; row < layer.rows(shard).labels(); row++) {
                int unit = layer.active()[first + row];
                System.arraycopy(dz.values(), dz.at(unit * batch), buffers.dz, 0, batch);
                if (hasGradient(buffers.dz, batch)) {
                    train(
                            shard,
                            row,
                            new Observation(step.step(), x, batch, buffers.dz, buffers.targets),
                            dxPart,
                            buffers,
                            step);
                    updateBias(shard, row, unit, batch, buffers, step);
                }
            }
            weightStates.get(shard).endStep();
            biasStates.get(shard).endStep();
        });
        dxParts.into(dx, layer.inputs() * batch, workers);
        moved = topology.map(moving -> moving.rewire(step.step(), workers)).orElse(0L);
        if (moved > 0 && layer.ablation() > 0 && new NeuronAblation(layer, plan.seed(), step.step()).apply()) {
            start();
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        layer.tensors(name).forEach(state::tensor);
        if (state.isRestoring()) {
            layer.check();
            start(); // rows may have another width than those of a new layer
        }
        for (int shard = 0; shard < weightStates.size(); shard++) {
            weightStates.get(shard).carry(name + ".weightState." + shard, state);
            biasStates.get(shard).carry(name + ".biasState." + shard, state);
        }
        topology.ifPresent(moving -> moving.carry(name + ".topology", state));
    }

    private static boolean hasGradient(float[] dz, int n) {
        for (int i = 0; i < n; i++) {
            if (dz[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private void train(int shard, int row, Observation seen, Panel dx, Buffers buffers, StepSize step) {
        FixedFanIn rows = layer.rows(shard);
        if (topology.isPresent() && topology.get().observes(step.step())) {
            topology.get().observe(shard, row, seen);
        }
        WeightRow weights = buffers.weights;
        rows.read(row, weights);
        rows.gradients(row, weights, seen.x(), seen.batch(), buffers.dz, dx, buffers.dWeights);
        weightStates.get(shard).update(row, weights.values(), weights.offset(), buffers.dWeights, step);
    }

    private void updateBias(int shard, int row, int unit, int batch, Buffers buffers, StepSize step) {
        float dBias = 0;
        for (int i = 0; i < batch; i++) {
            dBias += buffers.dz[i];
        }
        buffers.dWeights[0] = dBias;
        biasStates.get(shard).update(row, layer.bias(), unit, buffers.dWeights, step);
    }

    @Override
    public long moved() {
        return moved;
    }
}
