package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.InputSet;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One rewire: prune by magnitude, regrow at random in the same row, new weights zero, the fan-in stays exact and inputs
 * of a label stay distinct, and a pruned input does not come back in the same rewire. Where labels share an index row,
 * its slots are judged by the mean magnitude of the labels' weights.
 */
final class SetRewiring {

    private final RewireConfig config;
    private final long seed;
    private final long step;
    private final float threshold;

    SetRewiring(RewireConfig config, long seed, long step, long steps) {
        this.config = config;
        this.seed = seed;
        this.step = step;
        this.threshold = config.thresholdAt(step, steps);
    }

    /** Rewires a shard; returns how many slots moved. */
    long rewire(SparseLayer.Shard shard) {
        FixedFanIn rows = shard.rows();
        InputSet taken = new InputSet(rows.inputs());
        float[] magnitudes = new float[rows.width()];
        boolean[] pruned = new boolean[rows.width()];
        long moved = 0;
        for (int row = 0; row < rows.indexRows(); row++) {
            int count = prune(rows, row, magnitudes, pruned);
            // with fewer free inputs than pruned slots, the last of the pruned stay where they are
            count = Math.min(count, rows.inputs() - rows.width());
            if (count > 0) {
                SplittableRandom random = RandomStream.of(seed, step, (long) shard.firstIndexRow() + row);
                regrow(rows, row, pruned, count, taken, random, shard.state());
                moved += count;
            }
        }
        return moved;
    }

    /** Marks the slots of an index row that fall; returns how many. */
    private int prune(FixedFanIn rows, int row, float[] magnitudes, boolean[] pruned) {
        int labels = rows.firstLabel(row + 1) - rows.firstLabel(row);
        for (int slot = 0; slot < magnitudes.length; slot++) {
            float sum = 0;
            for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
                sum += Math.abs(rows.weights().at(label * rows.width() + slot));
            }
            magnitudes[slot] = sum / labels;
        }
        return config.mode() == RewireConfig.Mode.FRACTION
                ? markSmallest(magnitudes, (int) (config.fraction() * magnitudes.length), pruned)
                : markBelow(magnitudes, threshold, pruned);
    }

    private static int markBelow(float[] magnitudes, float threshold, boolean[] pruned) {
        int count = 0;
        for (int slot = 0; slot < magnitudes.length; slot++) {
            pruned[slot] = magnitudes[slot] < threshold;
            count += pruned[slot] ? 1 : 0;
        }
        return count;
    }

    /** Marks exactly {@code count} slots of least magnitude, the earlier ones among equals. */
    private static int markSmallest(float[] magnitudes, int count, boolean[] pruned) {
        Arrays.fill(pruned, false);
        if (count == 0) {
            return 0;
        }
        float[] sorted = magnitudes.clone();
        Arrays.sort(sorted);
        float border = sorted[count - 1];
        int below = markBelow(magnitudes, border, pruned);
        for (int slot = 0; below < count; slot++) {
            if (magnitudes[slot] == border) {
                pruned[slot] = true;
                below++;
            }
        }
        return count;
    }

    /** Moves the first {@code count} marked slots of an index row to inputs that it does not hold. */
    private void regrow(
            FixedFanIn rows,
            int row,
            boolean[] pruned,
            int count,
            InputSet taken,
            SplittableRandom random,
            OptimizerState state) {
        int[] before = new int[rows.width()];
        for (int slot = 0; slot < before.length; slot++) {
            before[slot] = rows.inputOf(row, slot);
            taken.add(before[slot]);
        }
        for (int slot = 0, left = count; left > 0; slot++) {
            if (pruned[slot]) {
                int input = drawFree(taken, rows.firstInput(slot), rows.endInput(slot), random);
                rows.connect(row, slot, input);
                taken.add(input);
                restart(rows, row, slot, state);
                left--;
            }
        }
        clear(taken, before, rows, row);
    }

    private void restart(FixedFanIn rows, int row, int slot, OptimizerState state) {
        for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
            rows.weights().set(label * rows.width() + slot, 0);
            if (config.resetState()) {
                state.reset(label, slot);
            }
        }
    }

    private static int drawFree(InputSet taken, int first, int end, SplittableRandom random) {
        int drawn = random.nextInt(first, end);
        while (taken.contains(drawn)) {
            drawn = random.nextInt(first, end);
        }
        return drawn;
    }

    private static void clear(InputSet taken, int[] before, FixedFanIn rows, int row) {
        for (int slot = 0; slot < before.length; slot++) {
            taken.remove(before[slot]);
            taken.remove(rows.inputOf(row, slot));
        }
    }
}
