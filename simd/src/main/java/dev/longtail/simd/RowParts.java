package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rows of three parts that fit one register together: read and written at once, the parts moved within it. */
final class RowParts {

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    /** From LENGTH - n on: n lanes of ones, then zeros. */
    private static final int[] ONES = new int[2 * LENGTH];

    static {
        Arrays.fill(ONES, 0, LENGTH, -1);
    }

    private RowParts() {}

    /** Whether whole registers hold a row, and the places behind it up to the end of a register belong to nobody. */
    static boolean fit(int width, int room, int n, int parts, int yStride) {
        return parts == 3 && n == width && 3 * width <= LENGTH && 3 * width + room >= LENGTH && yStride >= LENGTH;
    }

    /** Lane i of the result is lane i + by. */
    private static VectorShuffle<Float> shift(int by) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + by + LENGTH) % LENGTH);
    }

    static void read(
            float[][] pages,
            int[] page,
            int[] at,
            int from,
            int to,
            int n,
            float[] values,
            float[] first,
            float[] second,
            int yStride) {
        IntVector kept = IntVector.fromArray(INTS, ONES, LENGTH - n);
        VectorShuffle<Float> one = shift(n);
        VectorShuffle<Float> two = shift(2 * n);
        for (int i = from; i < to; i++) {
            FloatVector row = fromArray(SPECIES, pages[page[i]], at[i]);
            row.reinterpretAsInts().and(kept).reinterpretAsFloats().intoArray(values, i * yStride);
            row.rearrange(one)
                    .reinterpretAsInts()
                    .and(kept)
                    .reinterpretAsFloats()
                    .intoArray(first, i * yStride);
            row.rearrange(two)
                    .reinterpretAsInts()
                    .and(kept)
                    .reinterpretAsFloats()
                    .intoArray(second, i * yStride);
        }
    }

    static void write(
            float[][] pages,
            int[] page,
            int[] at,
            int from,
            int to,
            int n,
            float[] values,
            float[] first,
            float[] second,
            int yStride) {
        IntVector kept = IntVector.fromArray(INTS, ONES, LENGTH - n);
        VectorShuffle<Float> one = shift(-n);
        VectorShuffle<Float> two = shift(-2 * n);
        for (int i = from; i < to; i++) {
            IntVector a =
                    fromArray(SPECIES, values, i * yStride).reinterpretAsInts().and(kept);
            FloatVector b = fromArray(SPECIES, first, i * yStride)
                    .reinterpretAsInts()
                    .and(kept)
                    .reinterpretAsFloats();
            FloatVector c = fromArray(SPECIES, second, i * yStride)
                    .reinterpretAsInts()
                    .and(kept)
                    .reinterpretAsFloats();
            a.or(b.rearrange(one).reinterpretAsInts())
                    .or(c.rearrange(two).reinterpretAsInts())
                    .reinterpretAsFloats()
                    .intoArray(pages[page[i]], at[i]);
        }
    }
}
