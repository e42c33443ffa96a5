package dev.longtail.bench.fuzz;

import java.io.IOException;
import java.util.List;

/** Something that reads what strangers send. */
public interface Target {

    /** Name in reports. */
    String name();

    /** Inputs that are right, from which others are made. */
    List<byte[]> seeds();

    /**
     * Reads an input from its beginning to its end, and checks what can be checked of what was read.
     *
     * @throws dev.longtail.config.InputException when the input is wrong
     * @throws dev.longtail.format.ModelFormatException when the input is wrong
     * @throws AssertionError when something wrong was taken for right
     */
    void read(byte[] input) throws IOException;
}
