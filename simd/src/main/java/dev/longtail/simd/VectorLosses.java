package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
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
            FloatVector y = Lanes.load(targets, i);
            FloatVector violation =
                    Lanes.broadcast(1f).sub(y.mul(Lanes.load(scores, i))).max(0f);
            losses = violation.fma(violation, losses);
            y.mul(-2f * scale).mul(violation).intoArray(dScores, i);
        }
        float loss = Lanes.sum(losses);
        for (; i < batch; i++) {
            float violation = Math.max(0f, 1f - targets[i] * scores[i]);
            loss += violation * violation;
            dScores[i] = -2f * scale * targets[i] * violation;
        }
        return loss;
    }

    static float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        FloatVector losses = Lanes.zero();
        int i = 0;
        for (; i <= batch - LENGTH; i += LENGTH) {
            FloatVector y = Lanes.load(targets, i);
            FloatVector margin = y.mul(Lanes.load(scores, i));
            FloatVector t = exp(margin.abs().neg());
            // log(1 + exp(-m)) = max(-m, 0) + log1p(exp(-|m|))
            losses = losses.add(margin.neg().max(0f).add(log1p(t)));
            // 1 / (1 + exp(m)) is t / (1 + t) for m >= 0 and 1 / (1 + t) below
            FloatVector numerator = t.blend(1f, margin.compare(VectorOperators.LT, 0f));
            y.mul(-scale).mul(numerator.div(t.add(1f))).intoArray(dScores, i);
        }
        double loss = Lanes.sum(losses);
        for (; i < batch; i++) {
            double margin = (double) targets[i] * scores[i];
            // StrictMath: Math.exp may differ between JDKs in the last bit
            loss += Math.max(-margin, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
            dScores[i] = (float) (-scale * targets[i] / (1 + StrictMath.exp(margin)));
        }
        return (float) loss;
    }

    /**
     * exp(x) for x <= 0: with n the integer nearest to x / ln 2 and r = x - n ln 2, so |r| <= 0.35,
     * exp(x) = 2^n exp(r), where exp(r) is its Taylor polynomial of degree 7 (relative error below 6e-9).
     */
    private static FloatVector exp(FloatVector argument) {
        FloatVector x = argument.max(SMALLEST_EXPONENT);
        FloatVector shifted = x.fma(Lanes.broadcast(LOG2_E), Lanes.broadcast(ROUND));
        FloatVector n = shifted.sub(ROUND);
        FloatVector high = n.fma(Lanes.broadcast(-LN2_HIGH), x);
        FloatVector r = n.fma(Lanes.broadcast(-LN2_LOW), high);
        FloatVector p = r.fma(Lanes.broadcast(1f / 5040), Lanes.broadcast(1f / 720));
        p = p.fma(r, Lanes.broadcast(1f / 120));
        p = p.fma(r, Lanes.broadcast(1f / 24));
        p = p.fma(r, Lanes.broadcast(1f / 6));
        p = p.fma(r, Lanes.broadcast(1f / 2));
        p = p.fma(r, Lanes.broadcast(1f));
        p = p.fma(r, Lanes.broadcast(1f));
        // The lowest bits of shifted are n; moved to the place of a float's exponent they make 2^n.
        FloatVector power = shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(Float.floatToRawIntBits(1f))
                .reinterpretAsFloats();
        return p.mul(power);
    }

    /**
     * log(1 + t) for 0 <= t <= 1: with s = t / (2 + t) <= 1/3 it is 2 atanh(s) = 2 s (1 + s^2/3 + s^4/5 + ...), here up
     * to s^12/13 (relative error below 2e-8).
     */
    private static FloatVector log1p(FloatVector t) {
        FloatVector s = t.div(t.add(2f));
        FloatVector square = s.mul(s);
        FloatVector p = square.fma(Lanes.broadcast(1f / 13), Lanes.broadcast(1f / 11));
        p = p.fma(square, Lanes.broadcast(1f / 9));
        p = p.fma(square, Lanes.broadcast(1f / 7));
        p = p.fma(square, Lanes.broadcast(1f / 5));
        p = p.fma(square, Lanes.broadcast(1f / 3));
        p = p.fma(square, Lanes.broadcast(1f));
        return s.mul(2f).mul(p);
    }
}
