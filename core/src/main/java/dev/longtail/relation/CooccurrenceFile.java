package dev.longtail.relation;

import dev.longtail.config.InputException;
import dev.longtail.relation.CooccurrenceCounter.Pruned;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Co-occurrences in a file: magic, key of what was counted, sizes, totals, pairs, counts and, over all that, a SHA-256.
 * Numbers are big-endian. Written beside its place and moved there, so a reader sees a whole file or none.
 */
final class CooccurrenceFile {

    private static final long MAGIC = 0x4c54434f4f430001L; // LTCOOC and the version
    private static final int KEY = 32;
    private static final int SUM = 32;
    private static final long HEAD = Long.BYTES + KEY + 4 * Integer.BYTES + Long.BYTES;

    private CooccurrenceFile() {}

    /** @param key 64 hexadecimal digits that say what was counted */
    static void write(Cooccurrences counted, Path file, String key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
        try {
            MessageDigest digest = Fingerprint.sha256();
            try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                    DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, digest))) {
                writeTo(counted, key, out);
                out.flush();
                raw.write(digest.digest());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeTo(Cooccurrences counted, String key, DataOutputStream out) throws IOException {
        out.writeLong(MAGIC);
        out.write(HexFormat.of().parseHex(key));
        out.writeInt(counted.objects());
        out.writeInt(counted.pairs());
        out.writeInt(counted.pruned().times());
        out.writeInt(counted.pruned().undercount());
        out.writeLong(counted.pruned().removed());
        for (long total : counted.totals()) {
            out.writeLong(total);
        }
        for (long pair : counted.pairNumbers()) {
            out.writeLong(pair);
        }
        for (int count : counted.counts()) {
            out.writeInt(count);
        }
    }

    /** @throws InputException when the file is damaged, or holds something else than what the key says */
    static Cooccurrences read(Path file, String key) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                DataInputStream in = new DataInputStream(new DigestInputStream(raw, digest))) {
            Cooccurrences counted = read(in, file, key);
            byte[] sum = raw.readNBytes(SUM);
            check(MessageDigest.isEqual(sum, digest.digest()) && raw.read() < 0, file, "its checksum is wrong");
            checkValues(counted, file);
            return counted;
        } catch (EOFException e) {
            throw wrong(file, "it ends too early");
        }
    }

    private static Cooccurrences read(DataInputStream in, Path file, String key) throws IOException {
        long length = Files.size(file);
        check(length >= HEAD + SUM && in.readLong() == MAGIC, file, "it does not begin like one");
        check(
                HexFormat.of().formatHex(in.readNBytes(KEY)).equals(key),
                file,
                "it was counted over other texts or with other settings");
        int objects = in.readInt();
        int size = in.readInt();
        long expected = HEAD + (long) objects * Long.BYTES + (long) size * (Long.BYTES + Integer.BYTES) + SUM;
        check(
                objects >= 0 && size >= 0 && length == expected,
                file,
                "it has " + length + " bytes, and by its head " + expected);
        int times = in.readInt();
        int undercount = in.readInt();
        Pruned pruned = new Pruned(times, in.readLong(), undercount);
        long[] totals = longs(in, objects);
        long[] pairs = longs(in, size);
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            counts[i] = in.readInt();
        }
        return new Cooccurrences(totals, pairs, counts, pruned);
    }

    private static long[] longs(DataInputStream in, int count) throws IOException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static void checkValues(Cooccurrences counted, Path file) {
        long[] pairs = counted.pairNumbers();
        for (int i = 0; i < pairs.length; i++) {
            int first = Neighbours.first(pairs[i]);
            int second = Neighbours.second(pairs[i]);
            check(
                    first >= 0 && first <= second && second < counted.objects() && counted.counts()[i] > 0,
                    file,
                    "its pair number " + i + " is impossible");
            check(i == 0 || pairs[i] > pairs[i - 1], file, "its pairs are not in order");
        }
    }

    private static void check(boolean holds, Path file, String reason) {
        if (!holds) {
            throw wrong(file, reason);
        }
    }

    private static InputException wrong(Path file, String reason) {
        return new InputException(
                file.toString(), 0, "is no file of co-occurrences that can be used: " + reason + "; delete it");
    }
}
