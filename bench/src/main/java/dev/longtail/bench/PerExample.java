package dev.longtail.bench;

import static dev.longtail.bench.OutputLayer.BATCH;
import static dev.longtail.bench.OutputLayer.INPUTS;
import static dev.longtail.bench.OutputLayer.RATE;
import static dev.longtail.bench.OutputLayer.SCALE;

import java.util.Arrays;

/**
 * The usual way, for comparison: one example at a time in plain Java, each example a row of its own, a score a dot
 * product over gathered inputs. It is kept as fast as plain Java lets it: the weights of a label stay in the cache over
 * the batch, and a dot product has four running sums.
 */
final class PerExample {

    private final OutputLayer layer;

    /** [example][input]. */
    private final float[] x = new float[BATCH * INPUTS];

    private final float[] dx = new float[BATCH * INPUTS];

    PerExample(OutputLayer layer) {
        this.layer = layer;
        for (int input = 0; input < INPUTS; input++) {
            for (int example = 0; example < BATCH; example++) {
                x[example * INPUTS + input] = layer.activations[layer.x + input * BATCH + example];
            }
        }
    }

    /** Copies the gradients to where the other ways have theirs. */
    void publishGradients() {
        for (int input = 0; input < INPUTS; input++) {
            for (int example = 0; example < BATCH; example++) {
                layer.activations[layer.dx + input * BATCH + example] = dx[example * INPUTS + input];
            }
        }
    }

    float scores() {
        float sum = 0;
        for (int label = 0; label < layer.labels; label++) {
            for (int example = 0; example < BATCH; example++) {
                layer.scores[example] = score(layer.weights, layer.indices, label * layer.slots, example * INPUTS);
            }
            sum += layer.scores[0];
        }
        return sum;
    }

    float pass() {
        Arrays.fill(dx, 0f);
        float loss = 0;
        for (int label = 0; label < layer.labels; label++) {
            int offset = label * layer.slots;
            Arrays.fill(layer.dWeights, 0f);
            for (int example = 0; example < BATCH; example++) {
                float score = score(layer.weights, layer.indices, offset, example * INPUTS);
                float violation = Math.max(0f, 1f - layer.targets[example] * score);
                layer.scores[example] = score;
                layer.dScores[example] = -2f * SCALE * layer.targets[example] * violation;
                loss += violation * violation;
                gradients(layer.weights, layer.indices, offset, example * INPUTS, layer.dScores[example]);
            }
            step(layer.weights, layer.dWeights, offset);
        }
        return loss;
    }

    private float score(float[] weights, char[] indices, int offset, int row) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int slot = offset; slot < offset + layer.slots; slot += 4) {
            sum0 += weights[slot] * x[row + indices[slot]];
            sum1 += weights[slot + 1] * x[row + indices[slot + 1]];
            sum2 += weights[slot + 2] * x[row + indices[slot + 2]];
            sum3 += weights[slot + 3] * x[row + indices[slot + 3]];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private void gradients(float[] weights, char[] indices, int offset, int row, float dScore) {
        float[] dWeights = layer.dWeights;
        for (int j = 0; j < dWeights.length; j++) {
            int at = row + indices[offset + j];
            dWeights[j] += dScore * x[at];
            dx[at] += dScore * weights[offset + j];
        }
    }

    private static void step(float[] weights, float[] dWeights, int offset) {
        for (int j = 0; j < dWeights.length; j++) {
            weights[offset + j] -= RATE * dWeights[j];
        }
    }
}
