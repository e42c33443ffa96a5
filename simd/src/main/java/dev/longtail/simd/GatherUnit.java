package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * One label with fixed fan-in for one example. Gathers take their places from an array of 32-bit integers only, so the
 * 16-bit indices go there first; widening and storing a register of them costs less than the loads that it saves:
 * 3.0 to 3.6 billion multiply-adds a second at a fan-in of 64 to 128 against 1.5 in plain Java
 * (bench/results/pruned-search-ideas.md).
 */
final class GatherUnit {

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(LENGTH * Short.SIZE));

    /** Undoes the sign: on JDK 17 ZERO_EXTEND_S2I throws until the method is compiled. */
    private static final int UNSIGNED = Character.MAX_VALUE;

    private GatherUnit() {}

    static float dot(
            float[] weights, int offset, char[] indices, int indexOffset, int n, float[] x, int xOffset, int[] buffer) {
        FloatVector sums = Lanes.zero();
        int j = 0;
        for (; j <= n - LENGTH; j += LENGTH) {
            ((IntVector) ShortVector.fromCharArray(SHORTS, indices, indexOffset + j)
                            .convertShape(VectorOperators.S2I, INTS, 0))
                    .and(UNSIGNED)
                    .intoArray(buffer, 0);
            sums = fromArray(SPECIES, weights, offset + j).fma(fromArray(SPECIES, x, xOffset, buffer, 0), sums);
        }
        float dot = j > 0 ? Lanes.sum(sums) : 0;
        for (; j < n; j++) {
            dot += weights[offset + j] * x[xOffset + indices[indexOffset + j]];
        }
        return dot;
    }
}
