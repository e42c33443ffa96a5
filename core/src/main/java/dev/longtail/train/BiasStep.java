package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Arrays;

/**
 * Steps of the biases of one side: AdaGrad (Duchi et al. 2011) with one number each. The gradients of a batch are added
 * up in the order of the batch, then each bias that occurs takes one step.
 */
final class BiasStep implements Stateful {

    private static final float EPSILON = 1e-8f;

    private float[] biases;
    private float[] state; // of each its sum of squares and its gradient, which is 0 between steps
    private final int[] touched;
    private final float l2;

    @SuppressWarnings("unused") // keeps reads ahead from being optimised away
    private float ahead;

    /**
     * @param biases the live array
     * @param batch ratings in a step at most
     */
    BiasStep(float[] biases, int batch, float l2) {
        this.biases = biases;
        this.state = new float[Math.multiplyExact(2, biases.length)];
        this.touched = new int[batch];
        this.l2 = l2;
    }

    /** There are biases more, behind the others. @param all the live array from now on */
    void grow(float[] all) {
        biases = all;
        state = Arrays.copyOf(state, Math.multiplyExact(2, all.length));
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name, biases);
        state.floats(name + ".state", this.state);
    }

    /**
     * Copies the biases of some objects, and reads ahead what {@link #update} needs of them.
     *
     * @param into float[at least count], written
     */
    void read(int[] ids, int count, float[] into) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            into[i] = biases[ids[i]];
            sum += state[2 * ids[i]];
        }
        ahead = sum;
    }

    /** @param gradients of the scores of the pairs that {@code ids} are of */
    void update(int[] ids, float[] gradients, int count, float scale, float rate) {
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            float before = state[2 * id + 1];
            if (before == 0) {
                touched[distinct++] = id; // perhaps again, if its sum came back to 0: the second step is then one by 0
            }
            state[2 * id + 1] = before + gradients[i] + scale * l2 * biases[id];
        }
        for (int i = 0; i < distinct; i++) {
            int id = touched[i];
            float gradient = state[2 * id + 1];
            float square = state[2 * id] + gradient * gradient;
            state[2 * id] = square;
            state[2 * id + 1] = 0;
            biases[id] -= rate * gradient / ((float) Math.sqrt(square) + EPSILON);
        }
    }
}
