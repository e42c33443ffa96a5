package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Losses of one label over a batch. */
final class VectorLosses {

    private static final float LOG2_E = 1.44269504f;
    // ln 2 as a sum whose first part has so few bits that its product with an exponent is exact
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    // 1.5 * 2^23: adding it to a number below 2^22 leaves the nearest integer in the lowest bits
    private static final float ROUND = 0x1.8p23f;
    // exp(-80) is 1.8e-35: a gradient this small changes nothing, and smaller ones would be slow subnormal numbers
    private static final float SMALLEST_EXPONENT = -80f;

    private VectorLosses() {}

    static float squaredHinge(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        FloatVector losses = Lanes.zero();
        int i = 0;
        for (; i <= batch - LENGTH; i += LENGTH) {
            FloatVector y = fromArray(SPECIES, targets, i);
            FloatVector violation = broadcast(SPECIES, 1f)
                    .sub(y.mul(fromArray(SPECIES, scores, i)))
                    .max(0f);
            losses = violation.fma(violation, losses);
            y.mul(-2f * scale).mul(violation).intoArray(dScores, i);
        }
        // the sum over lanes costs more than the rest, and most labels have no loss
        float loss = losses.compare(VectorOperators.NE, 0f).anyTrue() ? Lanes.sum(losses) : 0;
        for (; i < batch; i++) {
            float violation = Math.max(0f, 1f - targets[i] * scores[i]);
            loss += violation * violation;
            dScores[i] = -2f * scale * targets[i] * violation;
        }
        return loss;
    }

    /** Three short loops, because C2 does not inline all of it into one; exp(-|m|) waits in dScores meanwhile. */
    static float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        int vectorised = batch - batch % LENGTH;
        exponentials(scores, targets, vectorised, dScores);
        double loss = logisticLoss(scores, targets, vectorised, dScores);
        logisticGradient(scores, targets, vectorised, scale, dScores);
        for (int i = vectorised; i < batch; i++) {
            double margin = (double) targets[i] * scores[i];
            // StrictMath: Math.exp may differ between JDKs in the last bit
            loss += Math.max(-margin, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
            dScores[i] = (float) (-scale * targets[i] / (1 + StrictMath.exp(margin)));
        }
        return (float) loss;
    }

    /**
     * exponentials[i] = exp(x) for x = -|y z|. With n the integer nearest to x / ln 2 and r = x - n ln 2, so |r| <=
     * 0.35, exp(x) = 2^n exp(r), where exp(r) is its Taylor polynomial of degree 7 (relative error below 6e-9).
     */
    private static void exponentials(float[] scores, float[] targets, int n, float[] exponentials) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector margin = fromArray(SPECIES, targets, i).mul(fromArray(SPECIES, scores, i));
            FloatVector x = margin.abs().neg().max(SMALLEST_EXPONENT);
            FloatVector shifted = x.fma(LOG2_E, ROUND);
            FloatVector exponent = shifted.sub(ROUND);
            FloatVector r = exponent.fma(broadcast(SPECIES, -LN2_LOW), exponent.fma(broadcast(SPECIES, -LN2_HIGH), x));
            FloatVector p = r.fma(1f / 5040, 1f / 720);
            p = p.fma(r, broadcast(SPECIES, 1f / 120));
            p = p.fma(r, broadcast(SPECIES, 1f / 24));
            p = p.fma(r, broadcast(SPECIES, 1f / 6));
            p = p.fma(r, broadcast(SPECIES, 1f / 2));
            p = p.fma(r, broadcast(SPECIES, 1f));
            p = p.fma(r, broadcast(SPECIES, 1f));
            // The lowest bits of shifted are n; moved to the place of a float's exponent they make 2^n.
            IntVector bits = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            p.mul(bits.add(Float.floatToRawIntBits(1f)).reinterpretAsFloats()).intoArray(exponentials, i);
        }
    }

    /**
     * Sum of log(1 + exp(-m)) = max(-m, 0) + log(1 + t) with t = exp(-|m|). With s = t / (2 + t) <= 1/3, log(1 + t) is
     * 2 atanh(s) = 2 s (1 + s^2/3 + s^4/5 + ...), here up to s^12/13 (relative error below 2e-8).
     */
    private static float logisticLoss(float[] scores, float[] targets, int n, float[] exponentials) {
        FloatVector losses = Lanes.zero();
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector margin = fromArray(SPECIES, targets, i).mul(fromArray(SPECIES, scores, i));
            FloatVector t = fromArray(SPECIES, exponentials, i);
            FloatVector s = t.div(t.add(2f));
            FloatVector square = s.mul(s);
            FloatVector p = square.fma(1f / 13, 1f / 11);
            p = p.fma(square, broadcast(SPECIES, 1f / 9));
            p = p.fma(square, broadcast(SPECIES, 1f / 7));
            p = p.fma(square, broadcast(SPECIES, 1f / 5));
            p = p.fma(square, broadcast(SPECIES, 1f / 3));
            p = p.fma(square, broadcast(SPECIES, 1f));
            losses = losses.add(margin.neg().max(0f).add(s.add(s).mul(p)));
        }
        return Lanes.sum(losses);
    }

    /** 1 / (1 + exp(m)) is t / (1 + t) for m >= 0 and 1 / (1 + t) below, with t = exp(-|m|) found in dScores. */
    private static void logisticGradient(float[] scores, float[] targets, int n, float scale, float[] dScores) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector y = fromArray(SPECIES, targets, i);
            FloatVector margin = y.mul(fromArray(SPECIES, scores, i));
            FloatVector t = fromArray(SPECIES, dScores, i);
            FloatVector numerator = t.blend(1f, margin.compare(VectorOperators.LT, 0f));
            y.mul(-scale).mul(numerator.div(t.add(1f))).intoArray(dScores, i);
        }
    }
}
