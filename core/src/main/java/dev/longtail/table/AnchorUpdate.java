package dev.longtail.table;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.penalty.Orthogonality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The step of the anchors A. Their gradient is a sum over the examples of a batch; these are cut into a fixed number of
 * pieces whose sums are added in order, so the bits do not depend on the number of threads.
 */
final class AnchorUpdate implements Stateful {

    /** Numbers that the partial sums of dA take together at most, unless that leaves fewer than four pieces. */
    private static final int PARTIAL = 1 << 20;

    private static final int MOST_PIECES = 16;
    private static final int LEAST_PIECES = 4;

    private final AnchorMatrix anchors;
    private final AnchorConfig config;
    private final OptimizerConfig optimizer;
    /** By the names of the anchors, so that frozen ones keep what is known of them. */
    private final List<OptimizerState> states = new ArrayList<>();

    private float[][] partial = {};
    private float[] penalties = {};
    private float l1;
    private StepSize step = new StepSize(1, 1);

    AnchorUpdate(AnchorMatrix anchors, AnchorConfig config, OptimizerConfig optimizer) {
        this.anchors = anchors;
        this.config = config;
        this.optimizer = optimizer;
    }

    /** Follows a number of anchors that has changed. */
    void grow() {
        for (int k = states.size(); k < anchors.kept(); k++) {
            states.add(optimizer.newState(1, anchors.dimension()));
        }
        int length = Math.multiplyExact(anchors.rows(), anchors.dimension());
        partial = new float[Math.max(LEAST_PIECES, Math.min(MOST_PIECES, PARTIAL / length))][length];
        penalties = new float[length];
    }

    @Override
    public void carry(String name, StateCarrier state) {
        for (int k = 0; k < states.size(); k++) {
            states.get(k).carry(name + "." + k, state);
        }
    }

    /** Number of pieces. */
    int pieces() {
        return partial.length;
    }

    /** The sum of a piece, [anchors and their sums][dimension], set to 0. */
    float[] cleared(int piece) {
        Arrays.fill(partial[piece], 0);
        return partial[piece];
    }

    /**
     * A step begins, the sums of all pieces being there.
     *
     * @param lambda2 of the transform, which anchors may share
     */
    void begin(float lambda2, StepSize size) {
        l1 = lambda2;
        step = new StepSize(size.step(), size.factor() * config.anchorRate());
        Arrays.fill(penalties, 0);
        if (config.orthogonality() > 0) {
            new Orthogonality(anchors.count(), anchors.dimension())
                    .addSubgradient(anchors.values(), config.orthogonality(), penalties);
        }
    }

    /** Updates some anchors; others may be updated at the same time. */
    void update(int from, int to) {
        if (config.anchorRate() == 0) {
            return;
        }
        int dimension = anchors.dimension();
        float[] gradient = new float[dimension];
        for (int k = from; k < to; k++) {
            addPieces(k, gradient);
            OptimizerState state = states.get(anchors.name(k));
            state.update(0, anchors.values(), k * dimension, gradient, step);
            state.endStep();
            if (config.penalty().penaliseAnchors()) {
                float threshold = optimizer.learningRate() * step.factor() * l1;
                config.penalty().domain().step(anchors.values(), k * dimension, dimension, threshold);
            }
        }
    }

    private void addPieces(int anchor, float[] gradient) {
        int dimension = anchors.dimension();
        System.arraycopy(penalties, anchor * dimension, gradient, 0, dimension);
        boolean summed = anchors.rows() > anchors.count();
        int sum = summed ? anchors.count() + anchor / anchors.perSet() : 0;
        for (float[] piece : partial) {
            Vectors.addScaled(1, piece, anchor * dimension, gradient, 0, dimension);
            if (summed) {
                Vectors.addScaled(1, piece, sum * dimension, gradient, 0, dimension);
            }
        }
    }
}
