package dev.longtail.data;

/** Orders in which the examples of an epoch are read. */
public final class Permutation {

    private Permutation() {}

    /**
     * The numbers 0 to size - 1 in an order that depends on seed and epoch alone, every order equally likely
     * (Fisher and Yates 1938, in the form of Durstenfeld 1964).
     */
    public static int[] of(int size, long seed, int epoch) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        SplitMix64 random = new SplitMix64(seed, epoch);
        for (int i = size - 1; i > 0; i--) {
            int j = random.next(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
