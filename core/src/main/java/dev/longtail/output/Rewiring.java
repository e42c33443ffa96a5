package dev.longtail.output;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.InputSet;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One rewire: prune by magnitude, regrow at random in the same row, new weights zero, the fan-in stays exact and inputs
 * of a label stay distinct, and a pruned input does not come back in the same rewire.
 */
final class Rewiring {

    private final RewireConfig config;
    private final long seed;
    private final long step;
    private final float threshold;

    Rewiring(RewireConfig config, long seed, long step, long steps) {
        this.config = config;
        this.seed = seed;
        this.step = step;
        this.threshold = config.thresholdAt(step, steps);
    }

    /** Rewires all labels of a shard whose first label is {@code firstLabel}; returns how many slots moved. */
    long rewire(FixedFanIn rows, OptimizerState state, int firstLabel) {
        InputSet taken = new InputSet(rows.inputs());
        float[] magnitudes = new float[rows.width()];
        boolean[] pruned = new boolean[rows.width()];
        long moved = 0;
        for (int row = 0; row < rows.labels(); row++) {
            int count = prune(rows, row, magnitudes, pruned);
            // with fewer free inputs than pruned slots, the last of the pruned stay where they are
            count = Math.min(count, rows.inputs() - rows.width());
            if (count > 0) {
                regrow(rows, row, pruned, count, taken, RandomStream.of(seed, step, (long) firstLabel + row), state);
                moved += count;
            }
        }
        return moved;
    }

    /** Marks the slots of a row that fall; returns how many. */
    private int prune(FixedFanIn rows, int row, float[] magnitudes, boolean[] pruned) {
        int offset = row * rows.width();
        for (int slot = 0; slot < magnitudes.length; slot++) {
            magnitudes[slot] = Math.abs(rows.weights()[offset + slot]);
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

    /** Moves the first {@code count} marked slots of a row to inputs that the row does not hold. */
    private void regrow(
            FixedFanIn rows,
            int row,
            boolean[] pruned,
            int count,
            InputSet taken,
            SplittableRandom random,
            OptimizerState state) {
        char[] indices = rows.indices();
        int offset = row * rows.width();
        char[] before = Arrays.copyOfRange(indices, offset, offset + rows.width());
        for (char input : before) {
            taken.add(input);
        }
        for (int slot = 0, left = count; left > 0; slot++) {
            if (pruned[slot]) {
                indices[offset + slot] = (char) drawFree(taken, rows.inputs(), random);
                taken.add(indices[offset + slot]);
                rows.weights()[offset + slot] = 0;
                if (config.resetState()) {
                    state.reset(offset + slot, rows.weights().length);
                }
                left--;
            }
        }
        clear(taken, before, indices, offset);
    }

    private static int drawFree(InputSet taken, int inputs, SplittableRandom random) {
        int drawn = random.nextInt(inputs);
        while (taken.contains(drawn)) {
            drawn = random.nextInt(inputs);
        }
        return drawn;
    }

    private static void clear(InputSet taken, char[] before, char[] indices, int offset) {
        for (int slot = 0; slot < before.length; slot++) {
            taken.remove(before[slot]);
            taken.remove(indices[offset + slot]);
        }
    }
}
