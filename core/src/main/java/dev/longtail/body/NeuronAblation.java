package dev.longtail.body;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.InputSet;
import dev.longtail.parallel.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One ablation of units (SRigL: Lasby et al., ICLR 2024, step 3). Weights among the largest 70 % of the layer by
 * magnitude are salient; a unit with fewer salient weights than gamma times its fan-in is given up, and its slots go to
 * the others. New slots are drawn at random among the inputs that a unit does not have, with weight zero. The gradient
 * is no part of the criterion: it would have to be formed for the connections that do not exist.
 *
 * <p>Needs a copy of the layer's slots while it works, 6 bytes each.
 */
final class NeuronAblation {

    /** SRigL drops a share of 0.3 at the first rewire. */
    private static final double SALIENT_SHARE = 0.7;

    private static final int LOW_BITS = 16;

    private final FanInLayer layer;
    private final long seed;
    private final long step;

    NeuronAblation(FanInLayer layer, long seed, long step) {
        this.layer = layer;
        this.seed = seed;
        this.step = step;
    }

    /** Gives up units whose time has come; returns whether there were any. */
    boolean apply() {
        int[] active = layer.active();
        int[] salient = salient(border());
        boolean[] kept = keep(salient);
        int[] survivors = IntStream.range(0, active.length).filter(i -> kept[i]).toArray();
        if (survivors.length == active.length) {
            return false;
        }
        List<char[]> inputs = new ArrayList<>();
        List<float[]> weights = new ArrayList<>();
        copyRows(kept, inputs, weights);
        layer.place(IntStream.of(survivors).map(i -> active[i]).toArray());
        fill(inputs, weights);
        return true;
    }

    /** Magnitude of the weight that is the last of the layer's salient share, found by its bits without sorting. */
    private float border() {
        long count = (long) (SALIENT_SHARE * layer.active().length * layer.fanIn());
        long[] high = new long[1 << (Float.SIZE - LOW_BITS)];
        visit((unit, bits) -> high[bits >>> LOW_BITS]++);
        int top = high.length - 1;
        long above = 0;
        while (above + high[top] < count && top > 0) {
            above += high[top--];
        }
        int wanted = top;
        long[] low = new long[1 << LOW_BITS];
        visit((unit, bits) -> {
            if (bits >>> LOW_BITS == wanted) {
                low[bits & 0xFFFF]++;
            }
        });
        int bottom = low.length - 1;
        while (above + low[bottom] < count && bottom > 0) {
            above += low[bottom--];
        }
        return Float.intBitsToFloat(wanted << LOW_BITS | bottom);
    }

    /** For each active unit, how many of its weights reach the border; weights of zero never do. */
    private int[] salient(float border) {
        int[] salient = new int[layer.active().length];
        int least = Float.floatToRawIntBits(Math.max(border, Float.MIN_VALUE));
        visit((unit, bits) -> salient[unit] += bits >= least ? 1 : 0);
        return salient;
    }

    private interface Visitor {
        /** @param bits of the weight's magnitude, in the same order as magnitudes */
        void weight(int active, int bits);
    }

    private void visit(Visitor visitor) {
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            int first = layer.firstActive(shard);
            for (int row = 0; row < rows.labels(); row++) {
                for (int slot = row * rows.width(); slot < (row + 1) * rows.width(); slot++) {
                    visitor.weight(
                            first + row,
                            Float.floatToRawIntBits(Math.abs(rows.weights().at(slot))));
                }
            }
        }
    }

    /** Units above the share, and as many of the best of the others as it takes to use all slots. */
    private boolean[] keep(int[] salient) {
        boolean[] kept = new boolean[salient.length];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            kept[i] = salient[i] >= layer.ablation() * layer.fanIn();
            count += kept[i] ? 1 : 0;
        }
        if (count < layer.fewestUnits()) {
            Arrays.fill(kept, false);
            IntStream.range(0, kept.length)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> -salient[i]).thenComparing(i -> i))
                    .limit(layer.fewestUnits())
                    .forEach(i -> kept[i] = true);
        }
        return kept;
    }

    private void copyRows(boolean[] kept, List<char[]> inputs, List<float[]> weights) {
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            for (int row = 0; row < rows.labels(); row++) {
                if (kept[layer.firstActive(shard) + row]) {
                    char[] held = new char[rows.width()];
                    float[] values = new float[rows.width()];
                    for (int slot = 0; slot < held.length; slot++) {
                        held[slot] = (char) rows.inputOf(row, slot);
                        values[slot] = rows.weights().at(row * rows.width() + slot);
                    }
                    inputs.add(held);
                    weights.add(values);
                }
            }
        }
    }

    private void fill(List<char[]> inputs, List<float[]> weights) {
        InputSet taken = new InputSet(layer.inputs());
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            for (int row = 0; row < rows.labels(); row++) {
                int number = layer.firstActive(shard) + row;
                SplittableRandom random = RandomStream.of(~seed, step, layer.active()[number]);
                fillRow(rows, row, inputs.get(number), weights.get(number), taken, random);
            }
        }
    }

    private static void fillRow(
            FixedFanIn rows, int row, char[] inputs, float[] weights, InputSet taken, SplittableRandom random) {
        for (int slot = 0; slot < rows.width(); slot++) {
            boolean old = slot < inputs.length;
            int input = old ? inputs[slot] : drawFree(taken, rows.inputs(), random);
            rows.connect(row, slot, input);
            rows.weights().set(row * rows.width() + slot, old ? weights[slot] : 0);
            taken.add(input);
        }
        for (int slot = 0; slot < rows.width(); slot++) {
            taken.remove(rows.inputOf(row, slot));
        }
    }

    private static int drawFree(InputSet taken, int inputs, SplittableRandom random) {
        int drawn = random.nextInt(inputs);
        while (taken.contains(drawn)) {
            drawn = random.nextInt(inputs);
        }
        return drawn;
    }
}
