package dev.longtail.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts the bytes that pass and computes their SHA-256. */
final class DigestStream extends FilterInputStream {

    private final MessageDigest digest;
    private final long total;
    private long count;

    /** @param total size of the file, or -1 when it is not known */
    DigestStream(InputStream in, long total) {
        super(in);
        this.total = total;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            digest.update((byte) octet);
            count++;
        }
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            digest.update(bytes, offset, read);
            count += read;
        }
        return read;
    }

    long count() {
        return count;
    }

    long total() {
        return total;
    }

    /** Of the bytes that have passed; can be asked once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
