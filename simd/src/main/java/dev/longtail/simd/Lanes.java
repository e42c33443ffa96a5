package dev.longtail.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Width of the vectors, and sums over their lanes.
 *
 * <p>{@code reduceLanes} leaves the order of its additions open, and from JDK 24 on compiled and interpreted code use
 * different orders, so that a result would depend on when the JIT was ready. Here the order is fixed: lanes whose numbers
 * differ in one bit are added, bit by bit from the lowest.
 */
final class Lanes {

    /** Preferred width within 128 to 512 bits, the widths that the sums below are written for. */
    static final VectorSpecies<Float> SPECIES = species();

    static final int LENGTH = SPECIES.length();

    /** Floats in four registers: enough independent sums to hide the latency of a multiply-add. */
    static final int BLOCK = 4 * LENGTH;

    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private static final VectorShuffle<Float> FLIP1 = flip(1);
    private static final VectorShuffle<Float> FLIP2 = flip(2);
    private static final VectorShuffle<Float> FLIP4 = flip(4);
    private static final VectorShuffle<Float> FLIP8 = flip(8);
    private static final VectorMask<Float> BIT1 = bit(1);
    private static final VectorMask<Float> BIT2 = bit(2);

    private Lanes() {}

    static FloatVector load(float[] values, int offset) {
        return FloatVector.fromArray(SPECIES, values, offset);
    }

    static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    static float sum(FloatVector v) {
        FloatVector pairs = v.add(v.rearrange(FLIP1));
        return fold(pairs.add(pairs.rearrange(FLIP2))).lane(0);
    }

    /** sums[offset + 0..3] += the sums over the lanes of a, b, c and d. */
    static void addSums(FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] sums, int offset) {
        FloatVector ab = a.blend(b, BIT1).add(b.blend(a, BIT1).rearrange(FLIP1));
        FloatVector cd = c.blend(d, BIT1).add(d.blend(c, BIT1).rearrange(FLIP1));
        FloatVector abcd = ab.blend(cd, BIT2).add(cd.blend(ab, BIT2).rearrange(FLIP2));
        FloatVector four = (FloatVector) fold(abcd).reinterpretShape(FOUR, 0);
        FloatVector.fromArray(FOUR, sums, offset).add(four).intoArray(sums, offset);
    }

    /** Adds all lanes whose numbers are equal modulo 4. */
    private static FloatVector fold(FloatVector v) {
        FloatVector eights = LENGTH > 4 ? v.add(v.rearrange(FLIP4)) : v;
        return LENGTH > 8 ? eights.add(eights.rearrange(FLIP8)) : eights;
    }

    private static VectorShuffle<Float> flip(int bit) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % LENGTH);
    }

    private static VectorMask<Float> bit(int bit) {
        boolean[] lanes = new boolean[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            lanes[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    private static VectorSpecies<Float> species() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        if (preferred.vectorBitSize() > 512) {
            return FloatVector.SPECIES_512;
        }
        return preferred.vectorBitSize() < 128 ? FloatVector.SPECIES_128 : preferred;
    }
}
