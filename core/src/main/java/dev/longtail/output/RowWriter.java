package dev.longtail.output;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.Weights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Puts the rows of labels where they belong: the largest weights into the slots there are. Scratch of one thread. */
final class RowWriter {

    private final float[] dense;
    private final float[] slots;

    /** @param width weights of a label */
    RowWriter(int inputs, int width) {
        this.dense = new float[inputs];
        this.slots = new float[width];
    }

    void write(OutputRow row, LabelRows to, int toRow) {
        for (int i = 0; i < row.inputs().length; i++) {
            dense[row.inputs()[i]] = row.weights()[i];
        }
        to.bias()[toRow] = row.bias();
        if (to instanceof FixedFanIn sparse) {
            connect(row, sparse, toRow);
        }
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = dense[to.input(toRow, slot)];
        }
        if (to.weights() instanceof Weights.Bytes bytes) {
            bytes.rows().set(toRow, slots, 0);
        } else {
            for (int slot = 0; slot < slots.length; slot++) {
                to.weights().set(toRow * slots.length + slot, slots[slot]);
            }
        }
        for (int input : row.inputs()) {
            dense[input] = 0;
        }
    }

    /** Chooses inputs, bank by bank: those of the largest weights, ascending; then the first ones without weight. */
    private void connect(OutputRow row, FixedFanIn to, int toRow) {
        int[] byWeight = IntStream.range(0, row.inputs().length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(row.weights()[i])))
                .mapToInt(i -> row.inputs()[i])
                .toArray();
        for (int slot = 0; slot < slots.length; ) {
            int first = to.firstInput(slot);
            int end = to.endInput(slot);
            int last = slot;
            while (last < slots.length && to.firstInput(last) == first) {
                last++;
            }
            for (int input : chosen(byWeight, first, end, last - slot)) {
                to.connect(toRow, slot++, input);
            }
        }
    }

    private static int[] chosen(int[] byWeight, int first, int end, int count) {
        int[] ofBank = Arrays.stream(byWeight)
                .filter(input -> input >= first && input < end)
                .limit(count)
                .toArray();
        IntStream rest = IntStream.range(first, end)
                .filter(input -> Arrays.stream(ofBank).noneMatch(used -> used == input))
                .limit(count - ofBank.length);
        return IntStream.concat(Arrays.stream(ofBank), rest).sorted().toArray();
    }
}
