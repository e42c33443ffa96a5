package dev.longtail.calibration;

import java.util.Arrays;

/** Orders of numbers. */
final class Ascending {

    private Ascending() {}

    /**
     * Places of the first {@code count} values from the smallest to the largest; among equal ones the lower place comes
     * first.
     *
     * @param values no NaN among them
     */
    static int[] order(float[] values, int count) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            // bits of a float are ordered like the float itself but for the negative ones, which run backwards;
            // adding zero makes one of the two zeros
            int bits = Float.floatToIntBits(values[i] + 0f);
            int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[i] = (long) ascending << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }
}
