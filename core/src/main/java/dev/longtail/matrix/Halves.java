package dev.longtail.matrix;

/** Numbers of 64 bits as two of 32 bits, the lower one first. */
final class Halves {

    private Halves() {}

    static void put(long number, int[] halves, int place) {
        halves[2 * place] = (int) number;
        halves[2 * place + 1] = (int) (number >>> Integer.SIZE);
    }

    static long get(int[] halves, int place) {
        return (long) halves[2 * place + 1] << Integer.SIZE | halves[2 * place] & 0xFFFFFFFFL;
    }
}
