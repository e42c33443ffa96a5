package dev.longtail.simd;

import dev.longtail.kernel.UnitVectors;
import dev.longtail.kernel.Vectors;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A program that prints the variant in use and, with a number of rounds as argument, a checksum of the bits that every
 * kernel gave in the last round. After one round in the interpreter nothing is compiled; after many with the JIT all
 * is.
 */
final class KernelDigest {

    private static final int BATCH = 101;
    private static final int FAN_IN = 13;

    private KernelDigest() {}

    public static void main(String[] arguments) {
        System.out.println(Vectors.description());
        long digest = 0;
        for (int round = 0; arguments.length > 0 && round < Integer.parseInt(arguments[0]); round++) {
            digest = round();
        }
        System.out.println(String.format(Locale.ROOT, "%08x", digest));
    }

    private static long round() {
        float[] weights = Floats.random(1, 2 * FAN_IN);
        char[] indices = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        float[] x = Floats.random(2, FAN_IN * BATCH);
        float[] dx = new float[x.length];
        float[] scores = new float[BATCH];
        float[] dScores = new float[BATCH];
        float[] dWeights = new float[FAN_IN];
        float[] state = Floats.positive(3, 2 * FAN_IN);
        float[] targets = Floats.targets(4, BATCH);
        float[] sums = new float[4];
        sums[0] = Vectors.dot(x, 1, x, 3, x.length - 3);
        Vectors.sparseScores(weights, indices, 0, FAN_IN, 0.1f, x, BATCH, scores);
        sums[1] = Vectors.squaredHinge(scores, targets, BATCH, 0.01f, dScores);
        Vectors.sparseGradients(weights, indices, 0, FAN_IN, x, BATCH, dScores, dx, dWeights);
        Vectors.adagrad(weights, 1, state, 1, dWeights, FAN_IN, 0.1f, 1e-6f, 0.01f);
        sums[2] = Vectors.logistic(scores, targets, BATCH, 0.01f, dScores);
        Vectors.denseGradients(weights, 0, FAN_IN, x, BATCH, dScores, 0, dx, dWeights);
        Vectors.denseScores(weights, 1, FAN_IN, 0.1f, dx, BATCH, scores, 0);
        int[] offsets = {0, 3, 7, 1, 13, 5, 2};
        float[] unitScores = Floats.random(5, offsets.length * BATCH);
        float[] unitDWeights = new float[offsets.length * FAN_IN];
        UnitVectors.addDenseScores(weights, offsets, 0, offsets.length, FAN_IN, x, 0, BATCH, unitScores, 0);
        UnitVectors.denseGradients(
                weights, offsets, 0, offsets.length, FAN_IN, x, 0, BATCH, unitScores, 0, dx, 0, unitDWeights);
        Vectors.momentum(weights, 1, state, 1, dWeights, FAN_IN, 0.1f, 0.9f, 0.01f);
        Vectors.adamW(
                weights, 1, state, state.clone(), 1, dWeights, FAN_IN, 0.1f, 0.9f, 0.99f, 1e-6f, 0.01f, 0.1f, 0.1f);
        Vectors.sgd(weights, 1, dWeights, FAN_IN, 0.1f, 0.01f);
        Vectors.addScaled(0.3f, x, 0, dx, 0, x.length);
        Vectors.scaled(0.3f, x, 0, sums, 0, Math.min(x.length, sums.length));
        byte[] bytes = new byte[BATCH];
        for (int i = 0; i < BATCH; i++) {
            bytes[i] = (byte) (37 * i);
        }
        Vectors.addScaledBytes(0.3f, bytes, 0, dx, 1, BATCH);
        Vectors.scale(0.3f, dx, 0, dx.length);
        CRC32 digest = new CRC32();
        for (float[] values :
                new float[][] {weights, dx, scores, dScores, dWeights, state, sums, unitScores, unitDWeights}) {
            for (float value : values) {
                int bits = Float.floatToIntBits(value);
                digest.update(bits);
                digest.update(bits >>> 8);
                digest.update(bits >>> 16);
                digest.update(bits >>> 24);
            }
        }
        return digest.getValue();
    }
}
