package dev.longtail.output;

import dev.longtail.matrix.FixedFanIn;
import java.util.Arrays;

/**
 * Weights for all inputs of a range of labels, of which every label's sparse row holds the N largest of each M
 * consecutive ones, in the order of the inputs.
 */
final class NofM {

    private final FixedFanIn sparse;
    private final int block;
    private final int count;
    private final float[] latent;

    /**
     * Weights of zero behind the pattern that the rows have.
     *
     * @param block M
     * @param count N
     */
    NofM(FixedFanIn sparse, int block, int count) {
        this.sparse = sparse;
        this.block = block;
        this.count = count;
        this.latent = new float[Math.multiplyExact(sparse.labels(), sparse.inputs())];
    }

    /** The weights, [labels][inputs], the live array. */
    float[] latent() {
        return latent;
    }

    /** The weights of a label, those outside its pattern times a factor. */
    void effective(int label, float factor, float[] into) {
        int first = label * sparse.inputs();
        for (int input = 0; input < sparse.inputs(); input++) {
            into[input] = factor * latent[first + input];
        }
        for (int slot = 0; slot < sparse.width(); slot++) {
            int input = sparse.input(label, slot);
            into[input] = latent[first + input];
        }
    }

    /** Which inputs a label holds. */
    void held(int label, boolean[] into) {
        Arrays.fill(into, false);
        for (int slot = 0; slot < sparse.width(); slot++) {
            into[sparse.input(label, slot)] = true;
        }
    }

    /**
     * Connects a label to the largest of each block and writes their weights to the sparse row. Among equals those that
     * are held come first, then those of lower number.
     *
     * @param held which inputs the label holds
     * @return number of inputs that it did not hold before
     */
    int select(int label, boolean[] held) {
        int moved = 0;
        int slot = 0;
        for (int first = 0; first < sparse.inputs(); first += block) {
            for (int input = first; input < first + block; input++) {
                if (rank(label, first, input, held) < count) {
                    moved += held[input] ? 0 : 1;
                    sparse.connect(label, slot, input);
                    sparse.weights().set(label * sparse.width() + slot, latent[label * sparse.inputs() + input]);
                    slot++;
                }
            }
        }
        return moved;
    }

    /** How many inputs of the block come before this one. */
    private int rank(int label, int first, int input, boolean[] held) {
        int row = label * sparse.inputs();
        float magnitude = Math.abs(latent[row + input]);
        int before = 0;
        for (int other = first; other < first + block; other++) {
            // a total order also when training has diverged to NaN: always exactly N are chosen
            int order = Float.compare(Math.abs(latent[row + other]), magnitude);
            boolean earlier = held[other] != held[input] ? held[other] : other < input;
            before += order > 0 || order == 0 && earlier ? 1 : 0;
        }
        return before;
    }
}
