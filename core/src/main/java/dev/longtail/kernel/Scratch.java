package dev.longtail.kernel;

import java.util.Arrays;

/**
 * One large array cut into pieces that start on 64-byte cache lines wherever the JVM lets us know where lines start.
 * The activations and gradients of a worker belong here: a vector load that crosses a line costs two accesses and waits
 * for two lines, and over a batch of 64 that made the fused pass of a label slower by a third
 * (bench/results/fused-pass-ideas.md).
 *
 * <p>Java does not tell an array's address. But the G1 collector, the default on machines with two processors and 2 GB
 * or more, puts an array that is longer than half a heap region at the start of a region and leaves it there, so its
 * elements start one array header behind a line. The array is made long enough for that. With other collectors the
 * pieces are just as usable, and their alignment is luck. Results do not depend on it.
 */
public final class Scratch {

    private static final int LINE = 64 / Float.BYTES;
    private static final int LEAD = LINE - (HotSpot.isSet("UseCompactObjectHeaders") ? 3 : 4);
    private static final int LEAST = leastFloats();

    private final float[] values;
    private final int[] offsets;

    private Scratch(float[] values, int[] offsets) {
        this.values = values;
        this.offsets = offsets;
    }

    /**
     * Zeros for pieces of these lengths.
     *
     * @throws IllegalArgumentException when a length is negative, or all of them do not fit one array
     */
    public static Scratch of(int... lengths) {
        int[] offsets = new int[lengths.length];
        long end = LEAD;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0 || end + lengths[i] > Integer.MAX_VALUE - 2 * LINE) {
                throw new IllegalArgumentException("scratch for pieces of " + Arrays.toString(lengths)
                        + " floats does not fit one array; use a smaller batch or fewer inputs");
            }
            offsets[i] = (int) end;
            end += ((long) lengths[i] + LINE - 1) / LINE * LINE;
        }
        return new Scratch(new float[(int) Math.max(end, LEAST)], offsets);
    }

    /** The array that holds all pieces. */
    public float[] values() {
        return values;
    }

    /** A piece; they are counted from 0. */
    public Panel panel(int piece) {
        return new Panel(values, offsets[piece]);
    }

    /** Where a piece starts in {@link #values()}; pieces are counted from 0. */
    public int offset(int piece) {
        return offsets[piece];
    }

    /** G1 gives regions of their own to arrays above half a region. */
    private static int leastFloats() {
        long region = HotSpot.isSet("UseG1GC") ? Long.parseLong(HotSpot.option("G1HeapRegionSize", "0")) : 0;
        return (int) (region / 2 / Float.BYTES);
    }
}
