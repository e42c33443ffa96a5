package dev.longtail.topology;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Arrays;

/**
 * Gradients of the weights that the candidates of a shard would have, 4 bytes each: the sum over the steps watched, or
 * a smoothed mean m = s m + (1 - s) g over them. A step in which a row has no gradient counts with g = 0; its decay is
 * made up for at the row's next step.
 */
final class CandidateGradients implements Stateful {

    private final int candidates;
    private final float smoothing;
    private final float[] values;
    /** Step of each row's latest decay; empty without smoothing. */
    private final long[] decayed;

    /** @param smoothing s, or 0 for sums */
    CandidateGradients(int rows, int candidates, float smoothing) {
        this.candidates = candidates;
        this.smoothing = smoothing;
        this.values = new float[Math.multiplyExact(rows, candidates)];
        this.decayed = new long[smoothing > 0 ? rows : 0];
    }

    float at(int row, int candidate) {
        return values[row * candidates + candidate];
    }

    /** Forgets one candidate. */
    void clear(int row, int candidate) {
        values[row * candidates + candidate] = 0;
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(values, 0);
    }

    /** Brings a row's smoothed means to a step. */
    void decayTo(long step, int row) {
        if (smoothing == 0 || decayed[row] == step) {
            return;
        }
        float factor = (float) Math.pow(smoothing, step - decayed[row]);
        for (int candidate = 0; candidate < candidates; candidate++) {
            values[row * candidates + candidate] *= factor;
        }
        decayed[row] = step;
    }

    /** Adds a gradient of the step to which the row was brought. */
    void add(int row, int candidate, float gradient) {
        values[row * candidates + candidate] += (1 - smoothing) * gradient;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".values", values);
        state.longs(name + ".decayed", decayed);
    }

    /** Mean magnitude of a row. */
    float mean(int row) {
        float sum = 0;
        for (int candidate = 0; candidate < candidates; candidate++) {
            sum += Math.abs(at(row, candidate));
        }
        return sum / Math.max(1, candidates);
    }
}
