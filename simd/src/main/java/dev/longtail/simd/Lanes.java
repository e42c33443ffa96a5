package dev.longtail.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Width of the vectors, and sums over their lanes.
 *
 * <p>{@code reduceLanes} leaves the order of its additions open, and on JDK 25 compiled code uses another one than
 * interpreted code (163 of 400 sums of four random lanes differ), so that a result would depend on when the JIT was
 * ready. Here the order is fixed: lanes whose numbers differ in one bit are added, bit by bit from the lowest.
 */
final class Lanes {

    /** Preferred width within 128 to 512 bits, the widths that the sums below are written for. */
    static final VectorSpecies<Float> SPECIES = species();

    static final int LENGTH = SPECIES.length();

    /** Floats in four registers: enough independent sums to hide the latency of a multiply-add. */
    static final int BLOCK = 4 * LENGTH;

    static final VectorShuffle<Float> FLIP1 = flip(1);
    static final VectorShuffle<Float> FLIP2 = flip(2);
    static final VectorShuffle<Float> FLIP4 = flip(4);
    static final VectorShuffle<Float> FLIP8 = flip(8);

    /** The lanes with odd numbers. */
    static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0xAAAA);

    /** The second two of every four lanes. */
    static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, 0xCCCC);

    /** The second four of every eight lanes. */
    static final VectorMask<Float> UPPER4 = VectorMask.fromLong(SPECIES, 0xF0F0);

    /** The second eight of sixteen lanes. */
    static final VectorMask<Float> UPPER8 = VectorMask.fromLong(SPECIES, 0xFF00);

    private Lanes() {}

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    static float sum(FloatVector v) {
        FloatVector sum = v.add(v.rearrange(FLIP1));
        sum = sum.add(sum.rearrange(FLIP2));
        if (LENGTH > 4) {
            sum = sum.add(sum.rearrange(FLIP4));
        }
        if (LENGTH > 8) {
            sum = sum.add(sum.rearrange(FLIP8));
        }
        return sum.lane(0);
    }

    /** Fills by whole registers, so that a load of a register that follows finds it in one piece. */
    static void fill(float[] values, int offset, int n, float value) {
        FloatVector register = FloatVector.broadcast(SPECIES, value);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            register.intoArray(values, offset + i);
        }
        for (; i < n; i++) {
            values[offset + i] = value;
        }
    }

    private static VectorShuffle<Float> flip(int bit) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % LENGTH);
    }

    private static VectorSpecies<Float> species() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        if (preferred.vectorBitSize() > 512) {
            return FloatVector.SPECIES_512;
        }
        return preferred.vectorBitSize() < 128 ? FloatVector.SPECIES_128 : preferred;
    }
}
