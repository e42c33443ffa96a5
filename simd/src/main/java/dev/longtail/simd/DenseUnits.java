package dev.longtail.simd;

import static dev.longtail.simd.Lanes.BLOCK;
import static dev.longtail.simd.Lanes.FLIP1;
import static dev.longtail.simd.Lanes.FLIP2;
import static dev.longtail.simd.Lanes.FLIP4;
import static dev.longtail.simd.Lanes.FLIP8;
import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.ODD;
import static dev.longtail.simd.Lanes.SPECIES;
import static dev.longtail.simd.Lanes.UPPER;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Several densely connected units over a batch. Scores and gradients of the inputs go by four units, so that a row of
 * inputs that has been loaded into four registers serves sixteen multiply-adds; the sums of sixteen registers over
 * lanes would need more of them than there are, so gradients of weights go by two units. Measured against one unit at a
 * time, 128 inputs, JDK 17 and 25: scores 1.3 times as fast, gradients of inputs 1.6 to 1.7, of weights 1.6 to 1.7.
 *
 * <p>Every number is added up in the order of {@link DenseUnit}, which also does the units and examples that are left
 * over. The comments of {@link SparseUnit} on the form of the loops hold here too.
 */
final class DenseUnits {

    private static final int UNITS = 4;

    private DenseUnits() {}

    /** Adds to the scores. */
    static void scores(
            float[] weights,
            int[] offsets,
            int first,
            int count,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset) {
        int blocks = batch / BLOCK * BLOCK;
        int fours = count / UNITS * UNITS;
        for (int unit = 0; unit < fours; unit += UNITS) {
            int to = scoresOffset + unit * batch;
            for (int i = 0; i < blocks; i += BLOCK) {
                scoresOfBlock(weights, offsets, first + unit, inputs, x, xOffset + i, batch, scores, to + i);
            }
        }
        for (int unit = 0; unit < count; unit++) {
            int start = unit < fours ? blocks : 0;
            int to = scoresOffset + unit * batch;
            DenseUnit.scores(weights, offsets[first + unit], inputs, x, xOffset, batch, start, scores, to);
        }
    }

    private static void scoresOfBlock(
            float[] weights,
            int[] offsets,
            int first,
            int inputs,
            float[] x,
            int from,
            int batch,
            float[] scores,
            int to) {
        int a = offsets[first];
        int b = offsets[first + 1];
        int c = offsets[first + 2];
        int d = offsets[first + 3];
        int toB = to + batch;
        int toC = toB + batch;
        int toD = toC + batch;
        FloatVector a0 = fromArray(SPECIES, scores, to);
        FloatVector a1 = fromArray(SPECIES, scores, to + LENGTH);
        FloatVector a2 = fromArray(SPECIES, scores, to + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, scores, to + 3 * LENGTH);
        FloatVector b0 = fromArray(SPECIES, scores, toB);
        FloatVector b1 = fromArray(SPECIES, scores, toB + LENGTH);
        FloatVector b2 = fromArray(SPECIES, scores, toB + 2 * LENGTH);
        FloatVector b3 = fromArray(SPECIES, scores, toB + 3 * LENGTH);
        FloatVector c0 = fromArray(SPECIES, scores, toC);
        FloatVector c1 = fromArray(SPECIES, scores, toC + LENGTH);
        FloatVector c2 = fromArray(SPECIES, scores, toC + 2 * LENGTH);
        FloatVector c3 = fromArray(SPECIES, scores, toC + 3 * LENGTH);
        FloatVector d0 = fromArray(SPECIES, scores, toD);
        FloatVector d1 = fromArray(SPECIES, scores, toD + LENGTH);
        FloatVector d2 = fromArray(SPECIES, scores, toD + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, scores, toD + 3 * LENGTH);
        for (int j = 0; j < inputs; j++) {
            int row = j * batch + from;
            FloatVector x0 = fromArray(SPECIES, x, row);
            FloatVector x1 = fromArray(SPECIES, x, row + LENGTH);
            FloatVector x2 = fromArray(SPECIES, x, row + 2 * LENGTH);
            FloatVector x3 = fromArray(SPECIES, x, row + 3 * LENGTH);
            FloatVector weight = broadcast(SPECIES, weights[a + j]);
            a0 = weight.fma(x0, a0);
            a1 = weight.fma(x1, a1);
            a2 = weight.fma(x2, a2);
            a3 = weight.fma(x3, a3);
            weight = broadcast(SPECIES, weights[b + j]);
            b0 = weight.fma(x0, b0);
            b1 = weight.fma(x1, b1);
            b2 = weight.fma(x2, b2);
            b3 = weight.fma(x3, b3);
            weight = broadcast(SPECIES, weights[c + j]);
            c0 = weight.fma(x0, c0);
            c1 = weight.fma(x1, c1);
            c2 = weight.fma(x2, c2);
            c3 = weight.fma(x3, c3);
            weight = broadcast(SPECIES, weights[d + j]);
            d0 = weight.fma(x0, d0);
            d1 = weight.fma(x1, d1);
            d2 = weight.fma(x2, d2);
            d3 = weight.fma(x3, d3);
        }
        store(a0, a1, a2, a3, scores, to);
        store(b0, b1, b2, b3, scores, toB);
        store(c0, c1, c2, c3, scores, toC);
        store(d0, d1, d2, d3, scores, toD);
    }

    private static void store(FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] scores, int to) {
        v0.intoArray(scores, to);
        v1.intoArray(scores, to + LENGTH);
        v2.intoArray(scores, to + 2 * LENGTH);
        v3.intoArray(scores, to + 3 * LENGTH);
    }

    static void gradients(
            float[] weights,
            int[] offsets,
            int first,
            int count,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            int dxOffset,
            float[] dWeights) {
        Arrays.fill(dWeights, 0, count * inputs, 0f);
        int blocks = batch / BLOCK * BLOCK;
        int fours = count / UNITS * UNITS;
        for (int unit = 0; unit < fours; unit += UNITS) {
            int from = dScoresOffset + unit * batch;
            int to = unit * inputs;
            for (int i = 0; i < blocks; i += BLOCK) {
                int second = from + 2 * batch + i;
                weightGradientsOfBlock(inputs, x, xOffset + i, batch, dScores, from + i, dWeights, to);
                weightGradientsOfBlock(inputs, x, xOffset + i, batch, dScores, second, dWeights, to + 2 * inputs);
                inputGradientsOfBlock(
                        weights, offsets, first + unit, inputs, dScores, from + i, dx, dxOffset + i, batch);
            }
        }
        for (int unit = 0; unit < count; unit++) {
            DenseUnit.gradients(
                    weights,
                    offsets[first + unit],
                    inputs,
                    x,
                    xOffset,
                    batch,
                    unit < fours ? blocks : 0,
                    dScores,
                    dScoresOffset + unit * batch,
                    dx,
                    dxOffset,
                    dWeights,
                    unit * inputs);
        }
    }

    /** Two units, two inputs at a time: the four sums over lanes are made in one register. */
    private static void weightGradientsOfBlock(
            int inputs, float[] x, int from, int batch, float[] dScores, int first, float[] dWeights, int to) {
        FloatVector a0 = fromArray(SPECIES, dScores, first);
        FloatVector a1 = fromArray(SPECIES, dScores, first + LENGTH);
        FloatVector a2 = fromArray(SPECIES, dScores, first + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, dScores, first + 3 * LENGTH);
        FloatVector b0 = fromArray(SPECIES, dScores, first + batch);
        FloatVector b1 = fromArray(SPECIES, dScores, first + batch + LENGTH);
        FloatVector b2 = fromArray(SPECIES, dScores, first + batch + 2 * LENGTH);
        FloatVector b3 = fromArray(SPECIES, dScores, first + batch + 3 * LENGTH);
        for (int j = 0; j < inputs; j += 2) {
            // An odd number of inputs does its last one twice and keeps one result.
            int next = Math.min(j + 1, inputs - 1);
            int row = j * batch + from;
            FloatVector x0 = fromArray(SPECIES, x, row);
            FloatVector x1 = fromArray(SPECIES, x, row + LENGTH);
            FloatVector x2 = fromArray(SPECIES, x, row + 2 * LENGTH);
            FloatVector x3 = fromArray(SPECIES, x, row + 3 * LENGTH);
            FloatVector a = a2.fma(x2, a0.mul(x0)).add(a3.fma(x3, a1.mul(x1)));
            FloatVector b = b2.fma(x2, b0.mul(x0)).add(b3.fma(x3, b1.mul(x1)));
            row = next * batch + from;
            x0 = fromArray(SPECIES, x, row);
            x1 = fromArray(SPECIES, x, row + LENGTH);
            x2 = fromArray(SPECIES, x, row + 2 * LENGTH);
            x3 = fromArray(SPECIES, x, row + 3 * LENGTH);
            FloatVector nextA = a2.fma(x2, a0.mul(x0)).add(a3.fma(x3, a1.mul(x1)));
            FloatVector nextB = b2.fma(x2, b0.mul(x0)).add(b3.fma(x3, b1.mul(x1)));
            // even lanes: input j, odd lanes: the next one
            a = a.blend(nextA, ODD).add(nextA.blend(a, ODD).rearrange(FLIP1));
            b = b.blend(nextB, ODD).add(nextB.blend(b, ODD).rearrange(FLIP1));
            // of every four lanes the first two: unit a, the others: unit b
            FloatVector sums = a.blend(b, UPPER).add(b.blend(a, UPPER).rearrange(FLIP2));
            if (LENGTH > 4) {
                sums = sums.add(sums.rearrange(FLIP4));
            }
            if (LENGTH > 8) {
                sums = sums.add(sums.rearrange(FLIP8));
            }
            float sumA = dWeights[to + j] + sums.lane(0);
            dWeights[to + next] += sums.lane(1);
            dWeights[to + j] = sumA;
            float sumB = dWeights[to + inputs + j] + sums.lane(2);
            dWeights[to + inputs + next] += sums.lane(3);
            dWeights[to + inputs + j] = sumB;
        }
    }

    private static void inputGradientsOfBlock(
            float[] weights,
            int[] offsets,
            int first,
            int inputs,
            float[] dScores,
            int from,
            float[] dx,
            int to,
            int batch) {
        int a = offsets[first];
        int b = offsets[first + 1];
        int c = offsets[first + 2];
        int d = offsets[first + 3];
        int fromB = from + batch;
        int fromC = fromB + batch;
        int fromD = fromC + batch;
        FloatVector a0 = fromArray(SPECIES, dScores, from);
        FloatVector a1 = fromArray(SPECIES, dScores, from + LENGTH);
        FloatVector a2 = fromArray(SPECIES, dScores, from + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, dScores, from + 3 * LENGTH);
        FloatVector b0 = fromArray(SPECIES, dScores, fromB);
        FloatVector b1 = fromArray(SPECIES, dScores, fromB + LENGTH);
        FloatVector b2 = fromArray(SPECIES, dScores, fromB + 2 * LENGTH);
        FloatVector b3 = fromArray(SPECIES, dScores, fromB + 3 * LENGTH);
        FloatVector c0 = fromArray(SPECIES, dScores, fromC);
        FloatVector c1 = fromArray(SPECIES, dScores, fromC + LENGTH);
        FloatVector c2 = fromArray(SPECIES, dScores, fromC + 2 * LENGTH);
        FloatVector c3 = fromArray(SPECIES, dScores, fromC + 3 * LENGTH);
        FloatVector d0 = fromArray(SPECIES, dScores, fromD);
        FloatVector d1 = fromArray(SPECIES, dScores, fromD + LENGTH);
        FloatVector d2 = fromArray(SPECIES, dScores, fromD + 2 * LENGTH);
        FloatVector d3 = fromArray(SPECIES, dScores, fromD + 3 * LENGTH);
        for (int j = 0; j < inputs; j++) {
            FloatVector weightA = broadcast(SPECIES, weights[a + j]);
            FloatVector weightB = broadcast(SPECIES, weights[b + j]);
            FloatVector weightC = broadcast(SPECIES, weights[c + j]);
            FloatVector weightD = broadcast(SPECIES, weights[d + j]);
            int row = j * batch + to;
            FloatVector dx0 = weightB.fma(b0, weightA.fma(a0, fromArray(SPECIES, dx, row)));
            weightD.fma(d0, weightC.fma(c0, dx0)).intoArray(dx, row);
            FloatVector dx1 = weightB.fma(b1, weightA.fma(a1, fromArray(SPECIES, dx, row + LENGTH)));
            weightD.fma(d1, weightC.fma(c1, dx1)).intoArray(dx, row + LENGTH);
            FloatVector dx2 = weightB.fma(b2, weightA.fma(a2, fromArray(SPECIES, dx, row + 2 * LENGTH)));
            weightD.fma(d2, weightC.fma(c2, dx2)).intoArray(dx, row + 2 * LENGTH);
            FloatVector dx3 = weightB.fma(b3, weightA.fma(a3, fromArray(SPECIES, dx, row + 3 * LENGTH)));
            weightD.fma(d3, weightC.fma(c3, dx3)).intoArray(dx, row + 3 * LENGTH);
        }
    }
}
