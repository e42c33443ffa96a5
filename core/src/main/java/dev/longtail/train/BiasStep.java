package dev.longtail.train;

import dev.longtail.kernel.Vectors;
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
    private final float[] changed;
    private final float[] changedSquares;
    private final float[] sums;
    private final float l2;

    /**
     * @param biases the live array
     * @param batch ratings in a step at most
     */
    BiasStep(float[] biases, int batch, float l2) {
        this.biases = biases;
        this.squares = new float[biases.length];
        this.changed = new float[batch];
        this.changedSquares = new float[batch];
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

    /** Copies the biases of some objects. @param own [objects.count()], written */
    void read(DistinctIds.Found objects, float[] own) {
        int[] ids = objects.ids();
        for (int place = 0; place < objects.count(); place++) {
            own[place] = biases[ids[place]];
        }
    }

    /**
     * Learns from the ratings of some objects.
     *
     * @param own their biases, as {@link #read} copied them
     * @param gradients of the scores, [objects.size()]
     * @param scale of the penalty of a rating
     */
    void update(DistinctIds.Found objects, float[] own, float[] gradients, float scale, float rate) {
        int[] ids = objects.ids();
        int[] places = objects.places();
        int count = objects.count();
        for (int place = 0; place < count; place++) {
            sums[place] = objects.times()[place] * scale * l2 * own[place];
            changed[place] = own[place];
            changedSquares[place] = squares[ids[place]];
        }
        for (int i = 0; i < objects.size(); i++) {
            sums[places[i]] += gradients[i];
        }
        Vectors.adagrad(changed, 0, changedSquares, 0, sums, count, rate, EPSILON, 0);
        for (int place = 0; place < count; place++) {
            biases[ids[place]] = changed[place];
            squares[ids[place]] = changedSquares[place];
        }
    }
}
