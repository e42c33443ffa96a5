package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums over numbers of 8 bits, a quarter of the bytes of floats to load. */
final class ByteUnit {

    /**
     * Bytes of one load. As many as a register has floats, but at least eight, because the Vector API knows no vector
     * of four bytes; of those eight, 128-bit registers then use the lower half.
     */
    private static final VectorSpecies<Byte> BYTES = LENGTH > 8 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    private static final int LOADED = BYTES.length();

    private ByteUnit() {}

    static void addScaled(float alpha, byte[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector factor = broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= n - LOADED; i += LENGTH) {
            FloatVector floats = (FloatVector)
                    ByteVector.fromArray(BYTES, x, xOffset + i).convertShape(VectorOperators.B2F, SPECIES, 0);
            factor.fma(floats, fromArray(SPECIES, y, yOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }
}
