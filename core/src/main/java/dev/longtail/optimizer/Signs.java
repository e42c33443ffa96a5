package dev.longtail.optimizer;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;

/** Signs of parameters, -1, 0 or 1, in two bits each. */
final class Signs implements Stateful {

    private static final int IN_A_WORD = 32;

    private final long[] words;

    Signs(long count) {
        words = new long[Math.toIntExact((count + IN_A_WORD - 1) / IN_A_WORD)];
    }

    int at(long place) {
        // 00 is 0, 01 is 1, 11 is -1: shifted to the top and back, the sign bit fills the number
        return (int) (words[(int) (place / IN_A_WORD)] << (62 - 2 * (place % IN_A_WORD)) >> 62);
    }

    void set(long place, int sign) {
        int word = (int) (place / IN_A_WORD);
        long shift = 2 * (place % IN_A_WORD);
        words[word] = words[word] & ~(3L << shift) | (sign & 3L) << shift;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.longs(name, words);
    }

    long bytes() {
        return (long) words.length * Long.BYTES;
    }
}
