package dev.longtail.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that has something done before it makes its reader wait: a program that sends a question and waits for the
 * answer gets it, while input that is already there is still read as far as it goes.
 */
final class EagerInput extends FilterInputStream {

    private final BeforeWaiting beforeWaiting;

    /** What is done before the stream may wait. */
    @FunctionalInterface
    interface BeforeWaiting {
        void run() throws IOException;
    }

    EagerInput(InputStream in, BeforeWaiting beforeWaiting) {
        super(in);
        this.beforeWaiting = beforeWaiting;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (in.available() == 0) {
            beforeWaiting.run();
        }
        return in.read(bytes, offset, length);
    }
}
