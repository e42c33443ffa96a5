package dev.longtail.matrix;

import java.nio.file.Path;
import java.util.List;

/**
 * Takes the state of a run out of its parts, for a checkpoint, or puts it back. A part names its arrays one after the
 * other, and each of them either is noted, to be written when all are known, or is filled. So arrays that are noted
 * must not be replaced until then, and nothing is copied but numbers of 64 bits, which files have none of.
 */
public interface StateCarrier {

    /** Whether numbers are put back. */
    boolean isRestoring();

    /**
     * Carries the numbers of live arrays.
     *
     * @throws IllegalArgumentException when numbers to be put back have another type or shape
     */
    void tensor(Tensor live);

    /** How many numbers are kept under a name, to be put back; else {@code now}. */
    int length(String name, int now);

    /**
     * Carries tensors of which no one knows beforehand how many there are.
     *
     * @param name what their names are preceded by
     * @param now those to be kept
     * @return those that are put back, in arrays of their own; else {@code now}
     */
    List<Tensor> tensors(String name, List<Tensor> now);

    /**
     * Carries the bytes of a file, to which what is put back is written.
     *
     * @param name plain name, with an ending
     */
    void file(String name, Path file);

    /** Carries a live array. */
    default void floats(String name, float[] live) {
        tensor(new Tensor.Floats(name, List.of((long) live.length), List.of(live)));
    }

    /** Carries a live array. */
    default void chars(String name, char[] live) {
        tensor(new Tensor.Chars(name, List.of((long) live.length), List.of(live)));
    }

    /** Carries a live array. */
    default void ints(String name, int[] live) {
        tensor(new Tensor.Ints(name, List.of((long) live.length), List.of(live)));
    }

    /** Carries a live array. */
    default void bytes(String name, byte[] live) {
        tensor(new Tensor.Bytes(name, List.of((long) live.length), List.of(live)));
    }

    /** Carries a live array, by a copy. */
    default void longs(String name, long[] live) {
        int[] halves = new int[Math.multiplyExact(2, live.length)];
        for (int i = 0; i < live.length; i++) {
            Halves.put(live[i], halves, i);
        }
        ints(name, halves);
        for (int i = 0; isRestoring() && i < live.length; i++) {
            live[i] = Halves.get(halves, i);
        }
    }

    /** Carries a live array, by a copy. */
    default void doubles(String name, double[] live) {
        int[] halves = new int[Math.multiplyExact(2, live.length)];
        for (int i = 0; i < live.length; i++) {
            Halves.put(Double.doubleToRawLongBits(live[i]), halves, i);
        }
        ints(name, halves);
        for (int i = 0; isRestoring() && i < live.length; i++) {
            live[i] = Double.longBitsToDouble(Halves.get(halves, i));
        }
    }

    /** Carries one number. @return the one that is put back, else {@code now} */
    default long number(String name, long now) {
        long[] live = {now};
        longs(name, live);
        return live[0];
    }

    /** Carries one number. @return the one that is put back, else {@code now} */
    default double number(String name, double now) {
        double[] live = {now};
        doubles(name, live);
        return live[0];
    }

    /** Carries an array whose length changes. @return the one that is put back, else {@code now} */
    default float[] resized(String name, float[] now) {
        float[] carried = isRestoring() ? new float[length(name, now.length)] : now;
        floats(name, carried);
        return carried;
    }

    /** Carries an array whose length changes. @return the one that is put back, else {@code now} */
    default char[] resized(String name, char[] now) {
        char[] carried = isRestoring() ? new char[length(name, now.length)] : now;
        chars(name, carried);
        return carried;
    }

    /** Carries an array whose length changes. @return the one that is put back, else {@code now} */
    default int[] resized(String name, int[] now) {
        int[] carried = isRestoring() ? new int[length(name, now.length)] : now;
        ints(name, carried);
        return carried;
    }

    /** Carries an array whose length changes, by a copy. @return the one that is put back, else {@code now} */
    default double[] resized(String name, double[] now) {
        double[] carried = isRestoring() ? new double[length(name, 2 * now.length) / 2] : now;
        doubles(name, carried);
        return carried;
    }
}
