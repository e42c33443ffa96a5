package dev.longtail.simd;

import static dev.longtail.simd.Lanes.BLOCK;
import static dev.longtail.simd.Lanes.FLIP1;
import static dev.longtail.simd.Lanes.FLIP2;
import static dev.longtail.simd.Lanes.FLIP4;
import static dev.longtail.simd.Lanes.FLIP8;
import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.ODD;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * One label with fixed fan-in over a batch: four registers of examples at a time, then single registers, then single
 * examples.
 *
 * <p>C2 inlines the methods of FloatVector always, but our own only up to a limit of graph nodes that a few vector
 * operations reach; a helper beyond it is called with boxed vectors and the loop becomes ten times slower. So each loop
 * over a block is a small method of its own that calls nothing but FloatVector. For the same reason, and because the
 * rows of x that the scores have just read are still in the first cache, the gradients are two loops, the weights'
 * first.
 */
final class SparseUnit {

    private SparseUnit() {}

    /** Adds to the scores. */
    static void scores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] scores) {
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            scoresOfBlock(weights, offset, indices, indexOffset, fanIn, x, xOffset + i, batch, scores, i);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            scoresOfRegister(weights, offset, indices, indexOffset, fanIn, x, xOffset + i, batch, scores, i);
        }
        for (; i < batch; i++) {
            scores[i] = scoreOfExample(weights, offset, indices, indexOffset, fanIn, scores[i], x, xOffset + i, batch);
        }
    }

    private static void scoresOfBlock(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int from,
            int batch,
            float[] scores,
            int to) {
        FloatVector score0 = fromArray(SPECIES, scores, to);
        FloatVector score1 = fromArray(SPECIES, scores, to + LENGTH);
        FloatVector score2 = fromArray(SPECIES, scores, to + 2 * LENGTH);
        FloatVector score3 = fromArray(SPECIES, scores, to + 3 * LENGTH);
        for (int j = 0; j < fanIn; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            int row = indices[indexOffset + j] * batch + from;
            score0 = weight.fma(fromArray(SPECIES, x, row), score0);
            score1 = weight.fma(fromArray(SPECIES, x, row + LENGTH), score1);
            score2 = weight.fma(fromArray(SPECIES, x, row + 2 * LENGTH), score2);
            score3 = weight.fma(fromArray(SPECIES, x, row + 3 * LENGTH), score3);
        }
        score0.intoArray(scores, to);
        score1.intoArray(scores, to + LENGTH);
        score2.intoArray(scores, to + 2 * LENGTH);
        score3.intoArray(scores, to + 3 * LENGTH);
    }

    private static void scoresOfRegister(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int from,
            int batch,
            float[] scores,
            int to) {
        FloatVector score = fromArray(SPECIES, scores, to);
        for (int j = 0; j < fanIn; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            score = weight.fma(fromArray(SPECIES, x, indices[indexOffset + j] * batch + from), score);
        }
        score.intoArray(scores, to);
    }

    private static float scoreOfExample(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float start,
            float[] x,
            int from,
            int batch) {
        float score = start;
        for (int j = 0; j < fanIn; j++) {
            score += weights[offset + j] * x[indices[indexOffset + j] * batch + from];
        }
        return score;
    }

    static void gradients(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] dScores,
            float[] dx,
            int dxOffset,
            float[] dWeights,
            int to) {
        Arrays.fill(dWeights, to, to + fanIn, 0f);
        int i = 0;
        for (; i <= batch - BLOCK; i += BLOCK) {
            weightGradientsOfBlock(indices, indexOffset, fanIn, x, xOffset + i, batch, dScores, i, dWeights, to);
            inputGradientsOfBlock(weights, offset, indices, indexOffset, fanIn, dScores, i, dx, dxOffset + i, batch);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            weightGradientsOfRegister(indices, indexOffset, fanIn, x, xOffset + i, batch, dScores, i, dWeights, to);
            inputGradientsOfRegister(weights, offset, indices, indexOffset, fanIn, dScores, i, dx, dxOffset + i, batch);
        }
        for (; i < batch; i++) {
            float d = dScores[i];
            for (int j = 0; j < fanIn; j++) {
                int row = indices[indexOffset + j] * batch + i;
                dWeights[to + j] += d * x[xOffset + row];
                dx[dxOffset + row] += weights[offset + j] * d;
            }
        }
    }

    /** Two slots at a time: their products meet in one register, which halves the work of summing over its lanes. */
    private static void weightGradientsOfBlock(
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int from,
            int batch,
            float[] dScores,
            int first,
            float[] dWeights,
            int to) {
        FloatVector d0 = fromArray(SPECIES, dScores, first);
        FloatVector d1 = fromArray(SPECIES, dScores, first + LENGTH);
        FloatVector d2 = fromArray(SPECIES, dScores, first + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, dScores, first + 3 * LENGTH);
        for (int j = 0; j < fanIn; j += 2) {
            // An odd fan-in does its last slot twice and keeps one result.
            int next = Math.min(j + 1, fanIn - 1);
            int rowA = indices[indexOffset + j] * batch + from;
            FloatVector evenA = d2.fma(fromArray(SPECIES, x, rowA + 2 * LENGTH), d0.mul(fromArray(SPECIES, x, rowA)));
            FloatVector oddA =
                    d3.fma(fromArray(SPECIES, x, rowA + 3 * LENGTH), d1.mul(fromArray(SPECIES, x, rowA + LENGTH)));
            FloatVector a = evenA.add(oddA);
            int rowB = indices[indexOffset + next] * batch + from;
            FloatVector evenB = d2.fma(fromArray(SPECIES, x, rowB + 2 * LENGTH), d0.mul(fromArray(SPECIES, x, rowB)));
            FloatVector oddB =
                    d3.fma(fromArray(SPECIES, x, rowB + 3 * LENGTH), d1.mul(fromArray(SPECIES, x, rowB + LENGTH)));
            FloatVector b = evenB.add(oddB);
            // even lanes: sums of a, odd lanes: sums of b
            FloatVector sums = a.blend(b, ODD).add(b.blend(a, ODD).rearrange(FLIP1));
            sums = sums.add(sums.rearrange(FLIP2));
            if (LENGTH > 4) {
                sums = sums.add(sums.rearrange(FLIP4));
            }
            if (LENGTH > 8) {
                sums = sums.add(sums.rearrange(FLIP8));
            }
            float sumA = dWeights[to + j] + sums.lane(0);
            dWeights[to + next] += sums.lane(1);
            dWeights[to + j] = sumA;
        }
    }

    private static void inputGradientsOfBlock(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] dScores,
            int first,
            float[] dx,
            int to,
            int batch) {
        FloatVector d0 = fromArray(SPECIES, dScores, first);
        FloatVector d1 = fromArray(SPECIES, dScores, first + LENGTH);
        FloatVector d2 = fromArray(SPECIES, dScores, first + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, dScores, first + 3 * LENGTH);
        for (int j = 0; j < fanIn; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            int row = indices[indexOffset + j] * batch + to;
            weight.fma(d0, fromArray(SPECIES, dx, row)).intoArray(dx, row);
            weight.fma(d1, fromArray(SPECIES, dx, row + LENGTH)).intoArray(dx, row + LENGTH);
            weight.fma(d2, fromArray(SPECIES, dx, row + 2 * LENGTH)).intoArray(dx, row + 2 * LENGTH);
            weight.fma(d3, fromArray(SPECIES, dx, row + 3 * LENGTH)).intoArray(dx, row + 3 * LENGTH);
        }
    }

    private static void weightGradientsOfRegister(
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int from,
            int batch,
            float[] dScores,
            int first,
            float[] dWeights,
            int to) {
        FloatVector d = fromArray(SPECIES, dScores, first);
        for (int j = 0; j < fanIn; j++) {
            dWeights[to + j] += Lanes.sum(d.mul(fromArray(SPECIES, x, indices[indexOffset + j] * batch + from)));
        }
    }

    private static void inputGradientsOfRegister(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] dScores,
            int first,
            float[] dx,
            int to,
            int batch) {
        FloatVector d = fromArray(SPECIES, dScores, first);
        for (int j = 0; j < fanIn; j++) {
            int row = indices[indexOffset + j] * batch + to;
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            weight.fma(d, fromArray(SPECIES, dx, row)).intoArray(dx, row);
        }
    }
}
