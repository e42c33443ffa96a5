package dev.longtail.matrix;

import java.util.Arrays;
import java.util.List;

/** Numbers of columns, in one byte where there are no more than 256 columns, else in two. One array is empty. */
public record ByteColumns(byte[] narrow, char[] wide) {

    private static final int NARROW = 1 << Byte.SIZE;

    /** Room for the numbers of {@code entries} entries of a matrix with {@code columns} columns. */
    public static ByteColumns of(int columns, int entries) {
        boolean narrow = columns <= NARROW;
        return new ByteColumns(new byte[narrow ? entries : 0], new char[narrow ? 0 : entries]);
    }

    /** Bytes of the number of one of {@code columns} columns. */
    public static int bytes(int columns) {
        return columns <= NARROW ? Byte.BYTES : Character.BYTES;
    }

    public int at(int place) {
        return wide.length > 0 ? wide[place] : narrow[place] & 0xFF;
    }

    public void set(int place, int column) {
        if (wide.length > 0) {
            wide[place] = (char) column;
        } else {
            narrow[place] = (byte) column;
        }
    }

    /** The first entries. */
    ByteColumns first(int entries) {
        return new ByteColumns(
                Arrays.copyOf(narrow, Math.min(narrow.length, entries)),
                Arrays.copyOf(wide, Math.min(wide.length, entries)));
    }

    /** The numbers as a tensor. */
    public Tensor tensor(String name) {
        List<Long> shape = List.of((long) narrow.length + wide.length);
        return wide.length > 0
                ? new Tensor.Chars(name, shape, List.of(wide))
                : new Tensor.Bytes(name, shape, List.of(narrow));
    }
}
