package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.WeightRow;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.PatternConfig;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training of a sparse layer whose labels hold exactly N of every M consecutive inputs, the N of largest magnitude
 * among weights that are kept for all inputs (SR-STE, Zhou et al., ICLR 2021). A baseline: the finished layer is
 * sparse, its training is not; it takes memory for labels * inputs weights and their optimiser state, and the time of
 * a dense layer backward.
 *
 * <p>Forward, a weight outside the pattern counts times {@link PatternConfig#factorAt}. Backward, every weight w gets
 * the gradient of the effective weight in its place (straight through), and lambda w in addition outside the pattern.
 * Labels without a gradient are left alone, so that this decay, too, acts on labels that learn.
 */
final class PatternTraining implements OutputTraining {

    private final RowsLayer layer;
    private final Plan plan;
    private final Workers workers;
    private final PatternConfig pattern;
    private final int inputs;
    private final List<PatternShard> shards = new ArrayList<>();
    private final ShardedSum dxParts;
    private final Buffers[] buffersOfWorkers;
    private long moved;

    /** @throws IllegalArgumentException when the layer has no such pattern */
    PatternTraining(RowsLayer layer, Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        this.layer = layer;
        this.plan = plan;
        this.workers = workers;
        this.pattern = rewire.pattern();
        this.inputs = layer.inputs();
        int held = pattern.held(inputs, layer.rows(0).width());
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn sparse = (FixedFanIn) layer.rows(shard);
            check(sparse);
            rewire.start().connect(sparse, layer.shards().first(shard), plan.seed());
            shards.add(new PatternShard(
                    layer.shards().first(shard),
                    sparse,
                    new NofM(sparse, pattern.block(), held),
                    optimizer.newState(sparse.labels(), inputs),
                    optimizer.newState(plan.trainBias() ? sparse.labels() : 0, 1)));
        }
        this.dxParts = ShardedSum.bounded(shards.size(), Math.multiplyExact(inputs, plan.maxBatch()));
        this.buffersOfWorkers = new Buffers[workers.threads()];
        Arrays.setAll(
                buffersOfWorkers,
                i -> new Buffers(plan.maxBatch(), inputs, layer.rows(0).width()));
    }

    private static void check(FixedFanIn sparse) {
        Require.that(sparse.group() == 1, "group", "1 for policy pattern", sparse.group());
        Require.that(
                sparse.endInput(0) == sparse.inputs(),
                "inputs",
                "at most " + sparse.endInput(0) + " for policy pattern",
                sparse.inputs());
        Require.that(
                (long) sparse.labels() * sparse.inputs() <= Integer.MAX_VALUE,
                "labels * inputs of a shard",
                "below 2^31 for policy pattern, which trains dense weights",
                (long) sparse.labels() * sparse.inputs());
    }

    /** What is kept for a range of labels. */
    private record PatternShard(
            int first, FixedFanIn sparse, NofM weights, OptimizerState weightState, OptimizerState biasState) {}

    /** What one worker writes besides the parameters. */
    private static final class Buffers {
        final float[] scores;
        final float[] dScores;
        final float[] targets;
        final float[] effective;
        final float[] dWeights;
        final boolean[] held;
        final WeightRow row;
        double loss;
        long moved;
        long scored;
        long updated;

        Buffers(int batch, int inputs, int fanIn) {
            scores = new float[batch];
            dScores = new float[batch];
            targets = new float[batch];
            effective = new float[inputs];
            dWeights = new float[inputs];
            held = new boolean[inputs];
            row = new WeightRow(fanIn);
            Arrays.fill(targets, -1);
        }
    }

    @Override
    public double step(OutputBatch batch, StepSize stepSize, Panel dx) {
        double[] losses = new double[shards.size()];
        long[] moves = new long[shards.size()];
        for (Buffers buffers : buffersOfWorkers) {
            buffers.scored = 0;
            buffers.updated = 0;
        }
        dxParts.gather(inputs * batch.size(), workers, (shard, worker, part) -> {
            Buffers buffers = buffersOfWorkers[worker];
            buffers.loss = 0;
            buffers.moved = 0;
            trainShard(shards.get(shard), batch, part, stepSize, buffers);
            losses[shard] = buffers.loss;
            moves[shard] = buffers.moved;
            shards.get(shard).weightState.endStep();
            shards.get(shard).biasState.endStep();
        });
        dxParts.into(dx, inputs * batch.size(), workers);
        moved = Arrays.stream(moves).sum();
        return Arrays.stream(losses).sum() * plan.objective().factor(batch.size());
    }

    @Override
    public void carry(String name, StateCarrier state) {
        layer.tensors().forEach(state::tensor);
        if (state.isRestoring()) {
            layer.check();
        }
        for (int number = 0; number < shards.size(); number++) {
            PatternShard shard = shards.get(number);
            state.floats(name + ".latent." + number, shard.weights.latent());
            shard.weightState.carry(name + ".weightState." + number, state);
            shard.biasState.carry(name + ".biasState." + number, state);
        }
    }

    private void trainShard(PatternShard shard, OutputBatch batch, Panel dx, StepSize stepSize, Buffers buffers) {
        Positives positives = batch.positives();
        int first = shard.first;
        int pair = positives.firstFrom(first);
        for (int row = 0; row < shard.sparse.labels(); row++) {
            if (!batch.rows().contains(first + row)) {
                continue; // no positive is there
            }
            int from = pair;
            while (pair < positives.size() && positives.label(pair) == first + row) {
                buffers.targets[positives.example(pair++)] = 1;
            }
            trainLabel(shard, row, batch, dx, stepSize, buffers);
            while (from < pair) {
                buffers.targets[positives.example(from++)] = -1;
            }
        }
    }

    private void trainLabel(
            PatternShard shard, int row, OutputBatch batch, Panel dx, StepSize stepSize, Buffers buffers) {
        float factor = pattern.factorAt(stepSize.step(), plan.steps());
        score(shard, row, batch, factor, buffers);
        buffers.scored++;
        float scale = (float) (batch.weight() * plan.objective().factor(batch.size()));
        double loss = plan.objective()
                .gradient(shard.first + row, buffers.scores, buffers.targets, batch.size(), scale, buffers.dScores);
        if (loss == 0) {
            return;
        }
        buffers.loss += loss;
        buffers.updated++;
        shard.weights.effective(row, factor, buffers.effective);
        backward(batch, dx, buffers);
        update(shard, row, stepSize, buffers);
        if (plan.trainBias()) {
            float dBias = 0;
            for (int i = 0; i < batch.size(); i++) {
                dBias += buffers.dScores[i];
            }
            buffers.dWeights[0] = dBias;
            shard.biasState.update(row, shard.sparse.bias(), row, buffers.dWeights, stepSize);
        }
    }

    /** Updates all weights of a label, then takes its pattern anew. */
    private void update(PatternShard shard, int row, StepSize stepSize, Buffers buffers) {
        shard.weights.held(row, buffers.held);
        float[] latent = shard.weights.latent();
        for (int input = 0; input < inputs; input++) {
            if (!buffers.held[input]) {
                buffers.dWeights[input] += pattern.shrink() * latent[row * inputs + input];
            }
        }
        shard.weightState.update(row, latent, row * inputs, buffers.dWeights, stepSize);
        buffers.moved += shard.weights.select(row, buffers.held);
    }

    /** Scores with effective weights; with a hard pattern those are the sparse layer's. */
    private void score(PatternShard shard, int row, OutputBatch batch, float factor, Buffers buffers) {
        Panel x = batch.x();
        if (factor == 0) {
            shard.sparse.read(row, buffers.row);
            shard.sparse.scores(row, buffers.row, x, batch.size(), buffers.scores);
            return;
        }
        shard.weights.effective(row, factor, buffers.effective);
        float bias = shard.sparse.bias()[row];
        Vectors.denseScores(
                buffers.effective, 0, inputs, bias, x.values(), x.offset(), batch.size(), buffers.scores, 0);
    }

    private void backward(OutputBatch batch, Panel dx, Buffers buffers) {
        Vectors.denseGradients(
                buffers.effective,
                0,
                inputs,
                batch.x().values(),
                batch.x().offset(),
                batch.size(),
                buffers.dScores,
                0,
                dx.values(),
                dx.offset(),
                buffers.dWeights);
    }

    @Override
    public long moved() {
        return moved;
    }

    @Override
    public long scored() {
        return Arrays.stream(buffersOfWorkers)
                .mapToLong(buffers -> buffers.scored)
                .sum();
    }

    @Override
    public long updated() {
        return Arrays.stream(buffersOfWorkers)
                .mapToLong(buffers -> buffers.updated)
                .sum();
    }
}
