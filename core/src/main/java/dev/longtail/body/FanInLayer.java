package dev.longtail.body;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.WeightRow;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A linear layer of units with a fixed number of connections each, z = W x + b: a wide layer at the price of a narrow
 * one (Schultheis and Babbar, ECML-PKDD 2023: up to 131,072 units with 32 inputs each).
 *
 * <p>Memory: units * fanIn * (4 + 2) bytes for weights and indices, 12 bytes a unit; training adds the optimiser's
 * state.
 *
 * <p>With neuron ablation some units are given up, and the active ones share all slots: fan-in = slots / active units,
 * rounded down. The values of the others are 0, the numbers of units stay.
 */
final class FanInLayer implements Layer {

    private final int units;
    private final int inputs;
    private final int fanIn;
    private final float ablation;
    private final Shards shards;
    /** By shard, for as many slots as its units have at the start. */
    private final List<char[]> indices = new ArrayList<>();

    private final List<float[]> weights = new ArrayList<>();
    private final float[] bias;
    /** Place of each unit's first slot, -1 without any. */
    private final int[] starts;
    /** The one number: slots of an active unit. */
    private final int[] widened = new int[1];

    /** Views of the shards' arrays: row r of shard s is the active unit number firstActive(s) + r. */
    private List<FixedFanIn> rows = List.of();

    private int[] active;

    /**
     * A layer of zeros.
     *
     * @param fanIn connections of a unit, in [1, inputs]
     * @param ablation share of salient weights below which a unit is given up, 0 for never
     */
    FanInLayer(int units, int inputs, int fanIn, float ablation) {
        Require.that(fanIn >= 1 && fanIn <= inputs, "intermediateFanIn", "in [1, inputs = " + inputs + "]", fanIn);
        this.units = units;
        this.inputs = inputs;
        this.fanIn = fanIn;
        this.ablation = ablation;
        this.shards = Shards.of(units, fanIn);
        for (int shard = 0; shard < shards.count(); shard++) {
            indices.add(new char[capacity(shard)]);
            weights.add(new float[capacity(shard)]);
        }
        this.bias = new float[units];
        this.starts = new int[units];
        this.active = IntStream.range(0, units).toArray();
        place(active);
    }

    private int capacity(int shard) {
        return Math.multiplyExact(shards.size(shard), fanIn);
    }

    /**
     * Gives each of {@code survivors} as many slots as there are for all of them. What the slots hold is the caller's
     * business.
     */
    void place(int[] survivors) {
        active = survivors;
        widened[0] = fanInFor(survivors.length);
        Arrays.fill(starts, -1);
        List<FixedFanIn> views = new ArrayList<>();
        int next = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            int held = Math.min(capacity(shard) / widened[0], survivors.length - next);
            for (int row = 0; row < held; row++) {
                starts[survivors[next++]] = shards.first(shard) * fanIn + row * widened[0];
            }
            views.add(new FixedFanIn(
                    held,
                    inputs,
                    new FixedFanIn.Connections(widened[0], 1, Weights.Format.FLOAT32),
                    indices.get(shard),
                    new Weights.Floats(weights.get(shard))));
        }
        rows = views;
    }

    /** The largest fan-in with which the shards hold so many units, no row being cut by the end of a shard. */
    private int fanInFor(int count) {
        int width = (int) Math.min(inputs, (long) units * fanIn / count);
        while (held(width) < count) {
            width--;
        }
        return width;
    }

    private long held(int width) {
        long held = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            held += capacity(shard) / width;
        }
        return held;
    }

    /** The active units, ascending. */
    int[] active() {
        return active;
    }

    /** Fewest units that can use all slots, each connected to every input. */
    int fewestUnits() {
        return (int) Math.max(1, ((long) units * fanIn + inputs - 1) / inputs);
    }

    float ablation() {
        return ablation;
    }

    Shards shards() {
        return shards;
    }

    /** The units of a shard: views of the live arrays. */
    FixedFanIn rows(int shard) {
        return rows.get(shard);
    }

    /** Position in {@link #active} of the first unit of a shard. */
    int firstActive(int shard) {
        int first = 0;
        for (int before = 0; before < shard; before++) {
            first += rows.get(before).labels();
        }
        return first;
    }

    /** Slots of an active unit. */
    int fanIn() {
        return widened[0];
    }

    float[] bias() {
        return bias;
    }

    @Override
    public int outputs() {
        return units;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    /** Inputs drawn without repetition, weights uniform in +-sqrt(3 / fan-in) (variance 1 / fan-in), biases zero. */
    @Override
    public void initialise(long seed) {
        place(IntStream.range(0, units).toArray());
        Arrays.fill(bias, 0);
        float bound = (float) Math.sqrt(3.0 / fanIn);
        for (int shard = 0; shard < shards.count(); shard++) {
            for (int row = 0; row < shards.size(shard); row++) {
                SplittableRandom random = RandomStream.of(seed, 0, shards.first(shard) + row);
                rows.get(shard).drawTopology(row, random);
                for (int slot = row * fanIn; slot < (row + 1) * fanIn; slot++) {
                    weights.get(shard)[slot] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
            }
        }
    }

    @Override
    public void forward(Panel x, int batch, Panel z, Workers workers) {
        float[][] scores = new float[workers.threads()][batch];
        WeightRow[] rowsOfWorkers = new WeightRow[workers.threads()];
        Arrays.setAll(rowsOfWorkers, i -> new WeightRow(0));
        workers.run(shards.count(), (shard, worker) -> {
            FixedFanIn held = rows.get(shard);
            int first = firstActive(shard);
            for (int row = 0; row < held.labels(); row++) {
                held.read(row, rowsOfWorkers[worker]);
                held.scores(row, rowsOfWorkers[worker], x, batch, scores[worker]);
                int unit = active[first + row];
                add(bias[unit], scores[worker], batch, z, z.at(unit * batch));
            }
            for (int unit = shards.first(shard); unit < shards.first(shard + 1); unit++) {
                if (starts[unit] < 0) {
                    Arrays.fill(z.values(), z.at(unit * batch), z.at((unit + 1) * batch), 0);
                }
            }
        });
    }

    private static void add(float bias, float[] scores, int n, Panel z, int offset) {
        for (int i = 0; i < n; i++) {
            z.values()[offset + i] = scores[i] + bias;
        }
    }

    @Override
    public void visit(Visitor visitor) {
        WeightRow row = new WeightRow(0);
        for (int shard = 0; shard < shards.count(); shard++) {
            FixedFanIn held = rows.get(shard);
            int first = firstActive(shard);
            for (int local = 0; local < held.labels(); local++) {
                int unit = active[first + local];
                visitor.unit(unit, bias[unit]);
                held.read(local, row);
                for (int slot = 0; slot < held.width(); slot++) {
                    visitor.connection(unit, held.input(local, slot), row.values()[row.offset() + slot]);
                }
            }
        }
    }

    @Override
    public List<Tensor> tensors(String name) {
        // Units that give up their slots leave no rectangle: slots then stand in one row, and starts says whose they
        // are.
        List<Long> shape = ablation > 0 ? List.of((long) units * fanIn) : List.of((long) units, (long) fanIn);
        List<Tensor> tensors = new ArrayList<>(List.of(
                new Tensor.Floats(name + ".weights", shape, weights),
                new Tensor.Chars(name + ".indices", shape, indices),
                new Tensor.Floats(name + ".bias", List.of((long) units), List.of(bias))));
        if (ablation > 0) {
            tensors.add(new Tensor.Ints(name + ".starts", List.of((long) units), List.of(starts)));
            tensors.add(new Tensor.Ints(name + ".fanIn", List.of(1L), List.of(widened)));
        }
        return tensors;
    }

    @Override
    public void check() {
        int[] survivors =
                IntStream.range(0, units).filter(unit -> starts[unit] != -1).toArray();
        int[] found = starts.clone();
        int width = widened[0];
        Require.that(survivors.length >= fewestUnits(), "active units", "at least " + fewestUnits(), survivors.length);
        place(survivors);
        Require.that(widened[0] == width, "body.intermediate.fanIn", widened[0] + " for its active units", width);
        for (int unit = 0; unit < units; unit++) {
            Require.that(
                    found[unit] == starts[unit],
                    "body.intermediate.starts of unit " + unit,
                    "" + starts[unit],
                    found[unit]);
        }
        rows.forEach(FixedFanIn::check);
    }

    @Override
    public Layer.Training training(
            Body.Plan plan, OptimizerConfig optimizer, Optional<RewireConfig> rewire, int threads) {
        return new FanInTraining(this, plan, optimizer, rewire, threads);
    }
}
