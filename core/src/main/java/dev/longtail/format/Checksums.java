package dev.longtail.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums as 64 lower-case hexadecimal digits. */
final class Checksums {

    private static final int BUFFER_BYTES = 1 << 20;

    private Checksums() {}

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, channel.size() + 1));
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Passes bytes on to a file and sums them up. Closing it is left to the file's owner. */
    static final class SummingChannel implements WritableByteChannel {
        private final FileChannel file;
        private final MessageDigest digest = sha256();
        private long bytes;

        SummingChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int length = source.remaining();
            ByteBuffer summed = source.duplicate();
            while (source.hasRemaining()) {
                file.write(source);
            }
            digest.update(summed);
            bytes += length;
            return length;
        }

        /** The file as written so far; to be called once. */
        ModelManifest.File entry(String name) {
            return new ModelManifest.File(name, bytes, HexFormat.of().formatHex(digest.digest()));
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {
            // The file is forced to the disk and closed by the one who opened it.
        }
    }
}
