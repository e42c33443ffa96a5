package dev.longtail.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses a gzip file (RFC 1952) of one or more members to its very end. The JDK's GZIPInputStream takes whatever
 * follows the first member and is no member for the end of the file, so that a damaged second member would be lost
 * without a word; here only zero bytes may follow, which tape and block devices add.
 */
final class GzipStream extends InputStream {

    private static final int HAS_HEADER_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] input = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;

    GzipStream(InputStream in) throws IOException {
        this.in = in;
        header(octet());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!ended) {
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                checksum.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                if (from == to) {
                    fill();
                }
                inflater.setInput(input, from, to - from);
                from = to;
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private void endMember() throws IOException {
        from = to - inflater.getRemaining();
        if (word() != checksum.getValue()) {
            throw damaged("the checksum is wrong");
        }
        if (word() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged("the length is wrong");
        }
        inflater.reset();
        checksum.reset();
        if (from == to && !refill()) {
            ended = true;
        } else {
            int first = octet();
            ended = first == 0;
            if (ended) {
                onlyZeros();
            } else {
                header(first);
            }
        }
    }

    private void onlyZeros() throws IOException {
        do {
            while (from < to) {
                if (input[from++] != 0) {
                    throw damaged("other bytes follow the compressed data");
                }
            }
        } while (refill());
    }

    private void header(int first) throws IOException {
        if (first != 0x1f || octet() != 0x8b || octet() != 8) {
            throw damaged("bytes that begin no compressed data");
        }
        int flags = octet();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipString();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipString();
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            octet();
        }
    }

    private void skipString() throws IOException {
        while (octet() != 0) {
            continue;
        }
    }

    private long word() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private int octet() throws IOException {
        if (from == to) {
            fill();
        }
        return input[from++] & 0xff;
    }

    private void fill() throws IOException {
        if (!refill()) {
            throw new EOFException("the compressed file ends too early; copy it again");
        }
    }

    private boolean refill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(input));
        return to > 0;
    }

    private static ZipException damaged(String what) {
        return new ZipException("the compressed file is damaged (" + what + "); copy it again");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
