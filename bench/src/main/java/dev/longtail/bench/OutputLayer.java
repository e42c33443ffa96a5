package dev.longtail.bench;

import dev.longtail.kernel.Scratch;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Numbers for one training step of an output layer: labels with a fixed number of slots each (all inputs, when it is a
 * dense layer), and a batch of activations. Targets are -1 and weights small, so that every score violates the hinge
 * and no backward pass can be skipped; steps are so small that this stays true however often the pass is repeated.
 */
final class OutputLayer {

    static final int INPUTS = 768;
    static final int BATCH = 64;
    static final float RATE = 1e-9f;
    static final float SCALE = 1f / BATCH;

    final int labels;
    final int slots;
    final float[] weights;
    final char[] indices;

    /** Activations, [input][example], and their gradients, at these offsets of one array. */
    final float[] activations;

    final int x;
    final int dx;
    final float[] targets = new float[BATCH];
    final float[] scores = new float[BATCH];
    final float[] dScores = new float[BATCH];
    final float[] dWeights;

    /** @param shift floats by which the activations start after a cache line */
    OutputLayer(int labels, int slots, int shift) {
        this.labels = labels;
        this.slots = slots;
        SplittableRandom random = new SplittableRandom(1);
        weights = new float[labels * slots];
        indices = new char[labels * slots];
        for (int slot = 0; slot < weights.length; slot++) {
            weights[slot] = 0.02f * (float) (random.nextDouble() - 0.5);
            indices[slot] = (char) random.nextInt(INPUTS);
        }
        Scratch scratch = Scratch.of(INPUTS * BATCH + shift, INPUTS * BATCH + shift);
        activations = scratch.values();
        x = scratch.offset(0) + shift;
        dx = scratch.offset(1) + shift;
        for (int i = 0; i < INPUTS * BATCH; i++) {
            activations[x + i] = (float) (random.nextDouble() - 0.5);
        }
        Arrays.fill(targets, -1f);
        dWeights = new float[slots];
    }

    void clearGradients() {
        Arrays.fill(activations, dx, dx + INPUTS * BATCH, 0f);
    }

    /** Throws unless another layer, after the same steps from the same start, holds the same numbers. */
    void requireSame(OutputLayer other, String name) {
        for (int i = 0; i < weights.length; i++) {
            requireClose(weights[i], other.weights[i], 1e-6, name + ": weight " + i);
        }
        for (int i = 0; i < INPUTS * BATCH; i++) {
            requireClose(activations[dx + i], other.activations[other.dx + i], 1e-4, name + ": dx " + i);
        }
        for (int i = 0; i < BATCH; i++) {
            requireClose(scores[i], other.scores[i], 1e-4, name + ": score " + i);
            if (dScores[i] == 0 || other.dScores[i] == 0) {
                throw new IllegalStateException(name + ": a label would be skipped, a timing would mean nothing");
            }
        }
    }

    private static void requireClose(float actual, float expected, double tolerance, String what) {
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new IllegalStateException(
                    what + " is " + actual + " and " + expected + ", a timing would mean nothing");
        }
    }
}
