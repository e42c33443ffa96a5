package dev.longtail.topology;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.LayerTopology.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small layer of two shards with random weights, whose optimiser state is a number for each weight. */
final class TopologyFixture {

    static final int STEPS = 1000;
    static final long SEED = 7;

    final int inputs;
    final int fanIn;
    final int group;
    final List<Remembered> states = new ArrayList<>();
    final SparseLayer layer;

    /** Optimiser state that only knows whether it has been reset. */
    record Remembered(boolean[] fresh, int width) implements OptimizerState {

        @Override
        public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
            throw new IllegalStateException();
        }

        @Override
        public void reset(int row, int slot) {
            fresh[row * width + slot] = true;
        }

        @Override
        public void carry(String name, StateCarrier state) {
            throw new IllegalStateException();
        }

        @Override
        public long bytes() {
            return 0;
        }
    }

    TopologyFixture(int labels, int inputs, int fanIn, int group) {
        this.inputs = inputs;
        this.fanIn = fanIn;
        this.group = group;
        List<SparseLayer.Shard> shards = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        int cut = labels / 2 / group * group;
        for (int size : new int[] {cut, labels - cut}) {
            FixedFanIn rows =
                    new FixedFanIn(size, inputs, new FixedFanIn.Connections(fanIn, group, Weights.Format.FLOAT32));
            int first = shards.isEmpty() ? 0 : cut / group;
            ConnectionStart.RANDOM.connect(rows, first, SEED);
            for (int place = 0; place < rows.weights().size(); place++) {
                rows.weights().set(place, (float) (random.nextDouble() - 0.5));
            }
            Remembered state = new Remembered(new boolean[rows.weights().size()], fanIn);
            states.add(state);
            shards.add(new SparseLayer.Shard(rows, state, first));
        }
        layer = new SparseLayer(shards, SEED, STEPS);
    }

    FixedFanIn rows(int shard) {
        return layer.shards().get(shard).rows();
    }

    int indexRows() {
        return rows(0).indexRows() + rows(1).indexRows();
    }

    /** Mean magnitude of every slot, [shard][index row][slot], in double precision. */
    double[][][] magnitudes() {
        double[][][] all = new double[2][][];
        for (int shard = 0; shard < 2; shard++) {
            FixedFanIn rows = rows(shard);
            all[shard] = new double[rows.indexRows()][fanIn];
            for (int label = 0; label < rows.labels(); label++) {
                int row = label / group;
                int sharing = Math.min(group, rows.labels() - row * group);
                for (int slot = 0; slot < fanIn; slot++) {
                    all[shard][row][slot] += Math.abs(rows.weights().at(label * fanIn + slot)) / sharing;
                }
            }
        }
        return all;
    }

    /** The inputs of all slots, [shard][index row][slot]. */
    int[][][] connections() {
        int[][][] all = new int[2][][];
        for (int shard = 0; shard < 2; shard++) {
            all[shard] = new int[rows(shard).indexRows()][fanIn];
            for (int row = 0; row < all[shard].length; row++) {
                for (int slot = 0; slot < fanIn; slot++) {
                    all[shard][row][slot] = rows(shard).inputOf(row, slot);
                }
            }
        }
        return all;
    }

    /** Observes random batches in the given steps and rewires after the last. Returns how many slots moved. */
    long observeAndRewire(LayerTopology topology, int from, int to, int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int step = from; step <= to; step++) {
                if (topology.observes(step)) {
                    int now = step;
                    workers.run(2, (shard, worker) -> {
                        for (int label = 0; label < rows(shard).labels(); label++) {
                            topology.observe(shard, label, observation(now, shard, label));
                        }
                    });
                }
            }
            return topology.rewire(to, workers);
        }
    }

    /** What a label sees in a step: the same inputs for all labels, gradients of its own. */
    Observation observation(int step, int shard, int label) {
        int batch = 6;
        Panel x = new Panel(new float[inputs * batch], 0);
        SplittableRandom values = new SplittableRandom(step);
        for (int i = 0; i < inputs * batch; i++) {
            x.values()[x.at(i)] = (float) (values.nextDouble() - 0.5);
        }
        SplittableRandom own = new SplittableRandom(step * 1_000_003L + shard * 1009 + label);
        float[] dScores = new float[batch];
        float[] targets = new float[batch];
        for (int i = 0; i < batch; i++) {
            targets[i] = own.nextInt(3) == 0 ? 1 : -1;
            dScores[i] = (float) (own.nextDouble() - 0.5) * (label + 1);
        }
        return new Observation(step, x, batch, dScores, targets);
    }

    /** Gradient of the weight that a label would have at an input, summed over steps, in double precision. */
    double gradient(int from, int to, int shard, int label, int input) {
        double sum = 0;
        for (int step = from; step <= to; step++) {
            sum += gradient(step, shard, label, input);
        }
        return sum;
    }

    double gradient(int step, int shard, int label, int input) {
        Observation seen = observation(step, shard, label);
        double sum = 0;
        for (int i = 0; i < seen.batch(); i++) {
            sum += (double) seen.dScores()[i] * seen.x().values()[seen.x().at(input * seen.batch() + i)];
        }
        return sum;
    }
}
