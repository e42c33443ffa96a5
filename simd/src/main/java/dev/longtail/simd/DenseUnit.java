package dev.longtail.simd;

import static dev.longtail.simd.Lanes.BLOCK;
import static dev.longtail.simd.Lanes.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** One densely connected unit over a batch, in the same order as {@link SparseUnit}. */
final class DenseUnit {

    private DenseUnit() {}

    static void scores(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int batch,
            float[] scores,
            int scoresOffset) {
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            scoresOfBlock(weights, offset, inputs, bias, x, batch, i, scores, scoresOffset + i);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            scoresOfRegister(weights, offset, inputs, bias, x, batch, i, scores, scoresOffset + i);
        }
        for (; i < batch; i++) {
            scores[scoresOffset + i] = scoreOfExample(weights, offset, inputs, bias, x, batch, i);
        }
    }

    private static void scoresOfBlock(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int batch,
            int first,
            float[] scores,
            int to) {
        FloatVector score0 = Lanes.broadcast(bias);
        FloatVector score1 = score0;
        FloatVector score2 = score0;
        FloatVector score3 = score0;
        for (int j = 0; j < inputs; j++) {
            FloatVector weight = Lanes.broadcast(weights[offset + j]);
            int row = j * batch + first;
            score0 = weight.fma(Lanes.load(x, row), score0);
            score1 = weight.fma(Lanes.load(x, row + LENGTH), score1);
            score2 = weight.fma(Lanes.load(x, row + 2 * LENGTH), score2);
            score3 = weight.fma(Lanes.load(x, row + 3 * LENGTH), score3);
        }
        score0.intoArray(scores, to);
        score1.intoArray(scores, to + LENGTH);
        score2.intoArray(scores, to + 2 * LENGTH);
        score3.intoArray(scores, to + 3 * LENGTH);
    }

    private static void scoresOfRegister(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int batch,
            int first,
            float[] scores,
            int to) {
        FloatVector score = Lanes.broadcast(bias);
        for (int j = 0; j < inputs; j++) {
            score = Lanes.broadcast(weights[offset + j]).fma(Lanes.load(x, j * batch + first), score);
        }
        score.intoArray(scores, to);
    }

    private static float scoreOfExample(
            float[] weights, int offset, int inputs, float bias, float[] x, int batch, int example) {
        float score = bias;
        for (int j = 0; j < inputs; j++) {
            score += weights[offset + j] * x[j * batch + example];
        }
        return score;
    }

    static void gradients(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            float[] dWeights) {
        Arrays.fill(dWeights, 0, inputs, 0f);
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            gradientsOfBlock(weights, offset, inputs, x, batch, i, dScores, dScoresOffset + i, dx, dWeights);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            gradientsOfRegister(weights, offset, inputs, x, batch, i, dScores, dScoresOffset + i, dx, dWeights);
        }
        for (; i < batch; i++) {
            gradientsOfExample(weights, offset, inputs, x, batch, i, dScores[dScoresOffset + i], dx, dWeights);
        }
    }

    private static void gradientsOfBlock(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            int first,
            float[] dScores,
            int from,
            float[] dx,
            float[] dWeights) {
        FloatVector d0 = Lanes.load(dScores, from);
        FloatVector d1 = Lanes.load(dScores, from + LENGTH);
        FloatVector d2 = Lanes.load(dScores, from + 2 * LENGTH);
        FloatVector d3 = Lanes.load(dScores, from + 3 * LENGTH);
        int j = 0;
        for (; j <= inputs - 4; j += 4) {
            int at = offset + j;
            int row = j * batch + first;
            FloatVector a = SparseUnit.slotGradients(weights[at], x, dx, row, d0, d1, d2, d3);
            FloatVector b = SparseUnit.slotGradients(weights[at + 1], x, dx, row + batch, d0, d1, d2, d3);
            FloatVector c = SparseUnit.slotGradients(weights[at + 2], x, dx, row + 2 * batch, d0, d1, d2, d3);
            FloatVector d = SparseUnit.slotGradients(weights[at + 3], x, dx, row + 3 * batch, d0, d1, d2, d3);
            Lanes.addSums(a, b, c, d, dWeights, j);
        }
        for (; j < inputs; j++) {
            int row = j * batch + first;
            dWeights[j] += Lanes.sum(SparseUnit.slotGradients(weights[offset + j], x, dx, row, d0, d1, d2, d3));
        }
    }

    private static void gradientsOfRegister(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            int first,
            float[] dScores,
            int from,
            float[] dx,
            float[] dWeights) {
        FloatVector d = Lanes.load(dScores, from);
        for (int j = 0; j < inputs; j++) {
            int row = j * batch + first;
            Lanes.broadcast(weights[offset + j]).fma(d, Lanes.load(dx, row)).intoArray(dx, row);
            dWeights[j] += Lanes.sum(d.mul(Lanes.load(x, row)));
        }
    }

    private static void gradientsOfExample(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            int example,
            float d,
            float[] dx,
            float[] dWeights) {
        for (int j = 0; j < inputs; j++) {
            int row = j * batch + example;
            dWeights[j] += d * x[row];
            dx[row] += weights[offset + j] * d;
        }
    }
}
