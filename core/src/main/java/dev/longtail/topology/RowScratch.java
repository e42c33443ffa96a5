package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.InputSet;
import java.util.Arrays;

/** What is known of one index row while it is rewired; filled again for every row of a shard. */
final class RowScratch {

    /** Mean magnitude of each slot. */
    final float[] magnitudes;

    /** Which slots fall. */
    final boolean[] pruned;

    /** Inputs that the row holds or held before. */
    final InputSet taken;

    /** Where the row's connections may go, best first. */
    final int[] proposals;

    private final float[] sorted;
    private final int[] before;
    private final int[] grown;
    private int grownCount;

    RowScratch(FixedFanIn rows, int mostProposals) {
        magnitudes = new float[rows.width()];
        sorted = new float[rows.width()];
        pruned = new boolean[rows.width()];
        before = new int[rows.width()];
        grown = new int[rows.width()];
        taken = new InputSet(rows.inputs());
        proposals = new int[mostProposals];
    }

    /** Marks every slot whose magnitude is below a border; returns how many. */
    int markBelow(float border) {
        int count = 0;
        for (int slot = 0; slot < magnitudes.length; slot++) {
            pruned[slot] = magnitudes[slot] < border;
            count += pruned[slot] ? 1 : 0;
        }
        return count;
    }

    /** Marks exactly {@code count} slots of least magnitude, the earlier ones among equals. */
    int markSmallest(int count) {
        Arrays.fill(pruned, false);
        if (count == 0) {
            return 0;
        }
        System.arraycopy(magnitudes, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        float border = sorted[count - 1];
        int below = markBelow(border);
        for (int slot = 0; below < count; slot++) {
            if (magnitudes[slot] == border) {
                pruned[slot] = true;
                below++;
            }
        }
        return count;
    }

    /** Takes all inputs of a row. */
    void take(FixedFanIn rows, int row) {
        for (int slot = 0; slot < before.length; slot++) {
            before[slot] = rows.inputOf(row, slot);
            taken.add(before[slot]);
        }
        grownCount = 0;
    }

    /** Takes an input that has been grown. */
    void grow(int input) {
        taken.add(input);
        grown[grownCount++] = input;
    }

    /** Empties the set of taken inputs. */
    void release() {
        for (int input : before) {
            taken.remove(input);
        }
        for (int i = 0; i < grownCount; i++) {
            taken.remove(grown[i]);
        }
    }
}
