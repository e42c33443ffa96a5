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
    private float[] squares;
    private final float[] own;
    private final float[] sums;
    private final float l2;

    @SuppressWarnings("unused") // keeps reads ahead from being optimised away
    private float ahead;

    /**
     * @param biases the live array
     * @param batch ratings in a step at most
     */
    BiasStep(float[] biases, int batch, float l2) {
        this.biases = biases;
        this.squares = new float[biases.length];
        this.own = new float[batch];
        this.sums = new float[batch];
        this.l2 = l2;
    }

    /** There are biases more, behind the others. @param all the live array from now on */
    void grow(float[] all) {
        biases = all;
        squares = Arrays.copyOf(squares, all.length);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name, biases);
        state.floats(name + ".squares", squares);
    }

    /** Copies the biases of some objects, and reads ahead what {@link #update} needs of them. */
    void read(DistinctIds objects) {
        float sum = 0;
        int[] ids = objects.ids();
        for (int place = 0; place < objects.count(); place++) {
            own[place] = biases[ids[place]];
            sum += squares[ids[place]];
        }
        ahead = sum;
    }

    /** Biases of the objects that were read, by their places. */
    float[] own() {
        return own;
    }

    /**
     * Learns from the ratings of the objects that were read.
     *
     * @param gradients of the scores, [size]
     * @param scale of the penalty of a rating
     */
    void update(DistinctIds objects, float[] gradients, int size, float scale, float rate) {
        int[] ids = objects.ids();
        int[] places = objects.places();
        for (int place = 0; place < objects.count(); place++) {
            sums[place] = objects.times(place) * scale * l2 * own[place];
        }
        for (int i = 0; i < size; i++) {
            sums[places[i]] += gradients[i];
        }
        for (int place = 0; place < objects.count(); place++) {
            float gradient = sums[place];
            float square = squares[ids[place]] + gradient * gradient;
            squares[ids[place]] = square;
            biases[ids[place]] = own[place] - rate * gradient / ((float) Math.sqrt(square) + EPSILON);
        }
    }
}
