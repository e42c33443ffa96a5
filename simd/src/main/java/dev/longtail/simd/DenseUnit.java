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

import jdk.incubator.vector.FloatVector;

/** One densely connected unit over a batch, in the same steps as {@link SparseUnit}, whose comments hold here too. */
final class DenseUnit {

    private DenseUnit() {}

    /** Adds to the scores from example {@code first} on. */
    static void scores(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            int first,
            float[] scores,
            int scoresOffset) {
        int i = first;
        for (; i <= batch - BLOCK; i += BLOCK) {
            scoresOfBlock(weights, offset, inputs, x, xOffset + i, batch, scores, scoresOffset + i);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            scoresOfRegister(weights, offset, inputs, x, xOffset + i, batch, scores, scoresOffset + i);
        }
        for (; i < batch; i++) {
            int at = scoresOffset + i;
            scores[at] = scoreOfExample(weights, offset, inputs, scores[at], x, xOffset + i, batch);
        }
    }

    private static void scoresOfBlock(
            float[] weights, int offset, int inputs, float[] x, int from, int batch, float[] scores, int to) {
        FloatVector score0 = fromArray(SPECIES, scores, to);
        FloatVector score1 = fromArray(SPECIES, scores, to + LENGTH);
        FloatVector score2 = fromArray(SPECIES, scores, to + 2 * LENGTH);
        FloatVector score3 = fromArray(SPECIES, scores, to + 3 * LENGTH);
        for (int j = 0; j < inputs; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            int row = j * batch + from;
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
            float[] weights, int offset, int inputs, float[] x, int from, int batch, float[] scores, int to) {
        FloatVector score = fromArray(SPECIES, scores, to);
        for (int j = 0; j < inputs; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            score = weight.fma(fromArray(SPECIES, x, j * batch + from), score);
        }
        score.intoArray(scores, to);
    }

    private static float scoreOfExample(
            float[] weights, int offset, int inputs, float start, float[] x, int from, int batch) {
        float score = start;
        for (int j = 0; j < inputs; j++) {
            score += weights[offset + j] * x[j * batch + from];
        }
        return score;
    }

    /** Adds to the gradients what the examples from {@code first} on contribute. */
    static void gradients(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            int first,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            int dxOffset,
            float[] dWeights,
            int to) {
        int i = first;
        for (; i <= batch - BLOCK; i += BLOCK) {
            weightGradientsOfBlock(inputs, x, xOffset + i, batch, dScores, dScoresOffset + i, dWeights, to);
            inputGradientsOfBlock(weights, offset, inputs, dScores, dScoresOffset + i, dx, dxOffset + i, batch);
        }
        for (; i <= batch - LENGTH; i += LENGTH) {
            weightGradientsOfRegister(inputs, x, xOffset + i, batch, dScores, dScoresOffset + i, dWeights, to);
            inputGradientsOfRegister(weights, offset, inputs, dScores, dScoresOffset + i, dx, dxOffset + i, batch);
        }
        for (; i < batch; i++) {
            float d = dScores[dScoresOffset + i];
            for (int j = 0; j < inputs; j++) {
                int row = j * batch + i;
                dWeights[to + j] += d * x[xOffset + row];
                dx[dxOffset + row] += weights[offset + j] * d;
            }
        }
    }

    /** Two inputs at a time: their products meet in one register, which halves the work of summing over its lanes. */
    private static void weightGradientsOfBlock(
            int inputs, float[] x, int from, int batch, float[] dScores, int first, float[] dWeights, int to) {
        FloatVector d0 = fromArray(SPECIES, dScores, first);
        FloatVector d1 = fromArray(SPECIES, dScores, first + LENGTH);
        FloatVector d2 = fromArray(SPECIES, dScores, first + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, dScores, first + 3 * LENGTH);
        for (int j = 0; j < inputs; j += 2) {
            // An odd number of inputs does its last one twice and keeps one result.
            int next = Math.min(j + 1, inputs - 1);
            int rowA = j * batch + from;
            FloatVector evenA = d2.fma(fromArray(SPECIES, x, rowA + 2 * LENGTH), d0.mul(fromArray(SPECIES, x, rowA)));
            FloatVector oddA =
                    d3.fma(fromArray(SPECIES, x, rowA + 3 * LENGTH), d1.mul(fromArray(SPECIES, x, rowA + LENGTH)));
            FloatVector a = evenA.add(oddA);
            int rowB = next * batch + from;
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
            float[] weights, int offset, int inputs, float[] dScores, int first, float[] dx, int to, int batch) {
        FloatVector d0 = fromArray(SPECIES, dScores, first);
        FloatVector d1 = fromArray(SPECIES, dScores, first + LENGTH);
        FloatVector d2 = fromArray(SPECIES, dScores, first + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, dScores, first + 3 * LENGTH);
        for (int j = 0; j < inputs; j++) {
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            int row = j * batch + to;
            weight.fma(d0, fromArray(SPECIES, dx, row)).intoArray(dx, row);
            weight.fma(d1, fromArray(SPECIES, dx, row + LENGTH)).intoArray(dx, row + LENGTH);
            weight.fma(d2, fromArray(SPECIES, dx, row + 2 * LENGTH)).intoArray(dx, row + 2 * LENGTH);
            weight.fma(d3, fromArray(SPECIES, dx, row + 3 * LENGTH)).intoArray(dx, row + 3 * LENGTH);
        }
    }

    private static void weightGradientsOfRegister(
            int inputs, float[] x, int from, int batch, float[] dScores, int first, float[] dWeights, int to) {
        FloatVector d = fromArray(SPECIES, dScores, first);
        for (int j = 0; j < inputs; j++) {
            dWeights[to + j] += Lanes.sum(d.mul(fromArray(SPECIES, x, j * batch + from)));
        }
    }

    private static void inputGradientsOfRegister(
            float[] weights, int offset, int inputs, float[] dScores, int first, float[] dx, int to, int batch) {
        FloatVector d = fromArray(SPECIES, dScores, first);
        for (int j = 0; j < inputs; j++) {
            int row = j * batch + to;
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[offset + j]);
            weight.fma(d, fromArray(SPECIES, dx, row)).intoArray(dx, row);
        }
    }
}
