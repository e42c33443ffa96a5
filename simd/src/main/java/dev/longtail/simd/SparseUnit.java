package dev.longtail.simd;

import static dev.longtail.simd.Lanes.BLOCK;
import static dev.longtail.simd.Lanes.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * One label with fixed fan-in over a batch: four registers of examples at a time, then single registers, then single
 * examples. Each of these loops is a small method of its own: inside one large method with flags the same loop ran ten
 * times slower on JDK 17.
 */
final class SparseUnit {

    private SparseUnit() {}

    static void scores(
            float[] weights, char[] indices, int offset, int fanIn, float bias, float[] x, int batch, float[] scores) {
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            scoresOfBlock(weights, indices, offset, fanIn, bias, x, batch, scores, i);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            scoresOfRegister(weights, indices, offset, fanIn, bias, x, batch, scores, i);
        }
        for (; i < batch; i++) {
            scores[i] = scoreOfExample(weights, indices, offset, fanIn, bias, x, batch, i);
        }
    }

    private static void scoresOfBlock(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float bias,
            float[] x,
            int batch,
            float[] scores,
            int first) {
        FloatVector score0 = Lanes.broadcast(bias);
        FloatVector score1 = score0;
        FloatVector score2 = score0;
        FloatVector score3 = score0;
        for (int slot = offset; slot < offset + fanIn; slot++) {
            FloatVector weight = Lanes.broadcast(weights[slot]);
            int row = indices[slot] * batch + first;
            score0 = weight.fma(Lanes.load(x, row), score0);
            score1 = weight.fma(Lanes.load(x, row + LENGTH), score1);
            score2 = weight.fma(Lanes.load(x, row + 2 * LENGTH), score2);
            score3 = weight.fma(Lanes.load(x, row + 3 * LENGTH), score3);
        }
        score0.intoArray(scores, first);
        score1.intoArray(scores, first + LENGTH);
        score2.intoArray(scores, first + 2 * LENGTH);
        score3.intoArray(scores, first + 3 * LENGTH);
    }

    private static void scoresOfRegister(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float bias,
            float[] x,
            int batch,
            float[] scores,
            int first) {
        FloatVector score = Lanes.broadcast(bias);
        for (int slot = offset; slot < offset + fanIn; slot++) {
            score = Lanes.broadcast(weights[slot]).fma(Lanes.load(x, indices[slot] * batch + first), score);
        }
        score.intoArray(scores, first);
    }

    private static float scoreOfExample(
            float[] weights, char[] indices, int offset, int fanIn, float bias, float[] x, int batch, int example) {
        float score = bias;
        for (int slot = offset; slot < offset + fanIn; slot++) {
            score += weights[slot] * x[indices[slot] * batch + example];
        }
        return score;
    }

    static void gradients(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights) {
        Arrays.fill(dWeights, 0, fanIn, 0f);
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            gradientsOfBlock(weights, indices, offset, fanIn, x, batch, dScores, dx, dWeights, i);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            gradientsOfRegister(weights, indices, offset, fanIn, x, batch, dScores, dx, dWeights, i);
        }
        for (; i < batch; i++) {
            gradientsOfExample(weights, indices, offset, fanIn, x, batch, dScores[i], dx, dWeights, i);
        }
    }

    private static void gradientsOfBlock(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights,
            int first) {
        FloatVector d0 = Lanes.load(dScores, first);
        FloatVector d1 = Lanes.load(dScores, first + LENGTH);
        FloatVector d2 = Lanes.load(dScores, first + 2 * LENGTH);
        FloatVector d3 = Lanes.load(dScores, first + 3 * LENGTH);
        int j = 0;
        for (; j <= fanIn - 4; j += 4) {
            int slot = offset + j;
            int rowA = indices[slot] * batch + first;
            int rowB = indices[slot + 1] * batch + first;
            int rowC = indices[slot + 2] * batch + first;
            int rowD = indices[slot + 3] * batch + first;
            FloatVector a = slotGradients(weights[slot], x, dx, rowA, d0, d1, d2, d3);
            FloatVector b = slotGradients(weights[slot + 1], x, dx, rowB, d0, d1, d2, d3);
            FloatVector c = slotGradients(weights[slot + 2], x, dx, rowC, d0, d1, d2, d3);
            FloatVector d = slotGradients(weights[slot + 3], x, dx, rowD, d0, d1, d2, d3);
            Lanes.addSums(a, b, c, d, dWeights, j);
        }
        for (; j < fanIn; j++) {
            int row = indices[offset + j] * batch + first;
            dWeights[j] += Lanes.sum(slotGradients(weights[offset + j], x, dx, row, d0, d1, d2, d3));
        }
    }

    /** Adds weight * d to the row of dx, and returns d * x, of which the sum over the lanes is the weight's gradient. */
    static FloatVector slotGradients(
            float weight,
            float[] x,
            float[] dx,
            int row,
            FloatVector d0,
            FloatVector d1,
            FloatVector d2,
            FloatVector d3) {
        FloatVector w = Lanes.broadcast(weight);
        w.fma(d0, Lanes.load(dx, row)).intoArray(dx, row);
        w.fma(d1, Lanes.load(dx, row + LENGTH)).intoArray(dx, row + LENGTH);
        w.fma(d2, Lanes.load(dx, row + 2 * LENGTH)).intoArray(dx, row + 2 * LENGTH);
        w.fma(d3, Lanes.load(dx, row + 3 * LENGTH)).intoArray(dx, row + 3 * LENGTH);
        FloatVector even = d2.fma(Lanes.load(x, row + 2 * LENGTH), d0.mul(Lanes.load(x, row)));
        FloatVector odd = d3.fma(Lanes.load(x, row + 3 * LENGTH), d1.mul(Lanes.load(x, row + LENGTH)));
        return even.add(odd);
    }

    private static void gradientsOfRegister(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights,
            int first) {
        FloatVector d = Lanes.load(dScores, first);
        for (int j = 0; j < fanIn; j++) {
            int row = indices[offset + j] * batch + first;
            Lanes.broadcast(weights[offset + j]).fma(d, Lanes.load(dx, row)).intoArray(dx, row);
            dWeights[j] += Lanes.sum(d.mul(Lanes.load(x, row)));
        }
    }

    private static void gradientsOfExample(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float d,
            float[] dx,
            float[] dWeights,
            int example) {
        for (int j = 0; j < fanIn; j++) {
            int row = indices[offset + j] * batch + example;
            dWeights[j] += d * x[row];
            dx[row] += weights[offset + j] * d;
        }
    }
}
