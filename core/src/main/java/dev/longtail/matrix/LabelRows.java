package dev.longtail.matrix;

import dev.longtail.kernel.Panel;

/**
 * The parameters of a contiguous range of labels: for each label a row of weights and a bias. {@link FixedFanIn} also
 * says which inputs the weights belong to; {@link DenseRows} has a weight for every input.
 */
public sealed interface LabelRows permits FixedFanIn, DenseRows {

    /** Number of labels. */
    int labels();

    /** Number of inputs a label may be connected to. */
    int inputs();

    /** Weights of one label: the fan-in, or the number of inputs. */
    int width();

    /** [labels][width]. */
    Weights weights();

    /** float[labels]. */
    float[] bias();

    /** Makes {@code row} the weights of a label. */
    default void read(int label, WeightRow row) {
        weights().read(label * width(), width(), row);
    }

    /**
     * Takes over what was changed in a label's row.
     *
     * @param key of the random numbers that round, see {@link Weights#write}
     */
    default void write(int label, WeightRow row, long key) {
        weights().write(label * width(), width(), row, key);
    }

    /** The same labels with weights in 8 bits, for reading. */
    LabelRows inBytes();

    /** The input that a weight of a label belongs to. */
    int input(int label, int slot);

    /**
     * Scores of one label for a batch.
     *
     * @param row the label's weights
     * @param x [inputs][batch]
     * @param scores float[batch], written
     */
    void scores(int label, WeightRow row, Panel x, int batch, float[] scores);

    /**
     * Score of one label for one example. Slots are added in another order than by {@link #scores}, so that the last
     * bits differ.
     *
     * @param row the label's weights
     * @param x float[inputs] from {@code xOffset} on
     */
    float score(int label, WeightRow row, float[] x, int xOffset);

    /**
     * Gradients of one label for a batch, with the weights as they are.
     *
     * @param row the label's weights
     * @param x [inputs][batch]
     * @param dScores float[batch]
     * @param dx [inputs][batch], added to
     * @param dWeights float[at least width], written
     */
    void gradients(int label, WeightRow row, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights);
}
