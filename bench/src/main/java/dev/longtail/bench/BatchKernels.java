package dev.longtail.bench;

import static dev.longtail.bench.OutputLayer.BATCH;
import static dev.longtail.bench.OutputLayer.INPUTS;
import static dev.longtail.bench.OutputLayer.RATE;
import static dev.longtail.bench.OutputLayer.SCALE;

import dev.longtail.kernel.Kernels;

/** The layer on the batch layout, label by label: scores, loss, gradients and step. */
final class BatchKernels {

    private BatchKernels() {}

    static float sparseScores(Kernels kernels, OutputLayer layer) {
        float sum = 0;
        for (int label = 0; label < layer.labels; label++) {
            sparseScores(kernels, layer, label * layer.slots);
            sum += layer.scores[0];
        }
        return sum;
    }

    static float sparsePass(Kernels kernels, OutputLayer layer) {
        layer.clearGradients();
        float loss = 0;
        for (int label = 0; label < layer.labels; label++) {
            int offset = label * layer.slots;
            sparseScores(kernels, layer, offset);
            loss += kernels.squaredHinge(layer.scores, layer.targets, BATCH, SCALE, layer.dScores);
            kernels.sparseGradients(
                    layer.weights,
                    offset,
                    layer.indices,
                    offset,
                    layer.slots,
                    layer.activations,
                    layer.x,
                    BATCH,
                    layer.dScores,
                    layer.activations,
                    layer.dx,
                    layer.dWeights);
            kernels.sgd(layer.weights, offset, layer.dWeights, layer.slots, RATE, 0f);
        }
        return loss;
    }

    private static void sparseScores(Kernels kernels, OutputLayer layer, int offset) {
        kernels.sparseScores(
                layer.weights,
                offset,
                layer.indices,
                offset,
                layer.slots,
                0f,
                layer.activations,
                layer.x,
                BATCH,
                layer.scores);
    }

    static float denseScores(Kernels kernels, OutputLayer layer) {
        float sum = 0;
        for (int label = 0; label < layer.labels; label++) {
            denseScores(kernels, layer, label * INPUTS);
            sum += layer.scores[0];
        }
        return sum;
    }

    static float densePass(Kernels kernels, OutputLayer layer) {
        layer.clearGradients();
        float loss = 0;
        for (int label = 0; label < layer.labels; label++) {
            int offset = label * INPUTS;
            denseScores(kernels, layer, offset);
            loss += kernels.squaredHinge(layer.scores, layer.targets, BATCH, SCALE, layer.dScores);
            kernels.denseGradients(
                    layer.weights,
                    offset,
                    INPUTS,
                    layer.activations,
                    layer.x,
                    BATCH,
                    layer.dScores,
                    0,
                    layer.activations,
                    layer.dx,
                    layer.dWeights);
            kernels.sgd(layer.weights, offset, layer.dWeights, INPUTS, RATE, 0f);
        }
        return loss;
    }

    private static void denseScores(Kernels kernels, OutputLayer layer, int offset) {
        kernels.denseScores(layer.weights, offset, INPUTS, 0f, layer.activations, layer.x, BATCH, layer.scores, 0);
    }
}
