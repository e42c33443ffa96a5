package dev.longtail.format;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which tensors a file holds and where.
 *
 * @param entries  by name, in the order of their data, which they cover without hole or overlap
 * @param metadata texts of {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";
    static final long MAX_BYTES = 100_000_000; // as in the reference implementation
    static final int LENGTH_BYTES = Long.BYTES;

    /** One tensor. Begin and end count from the start of the data, the first byte after the header. */
    record Entry(String name, TensorType type, List<Long> shape, long begin, long end) {}

    SafetensorsHeader {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Checks that the entries are as long as their shapes say and follow each other to the very end of the data. */
    static SafetensorsHeader checked(Path file, List<Entry> unordered, Map<String, String> metadata, long dataBytes)
            throws ModelFormatException {
        List<Entry> ordered = unordered.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        Map<String, Entry> entries = new LinkedHashMap<>();
        long end = 0;
        for (Entry entry : ordered) {
            String tensor = "tensor " + entry.name() + " ";
            check(entry.begin() == end, file, tensor + "starts at data byte " + entry.begin() + ", not at " + end);
            long bytes = bytes(entry.type(), entry.shape());
            check(bytes >= 0, file, tensor + "has a shape past 2^63 bytes: " + entry.shape());
            end = entry.begin() + bytes;
            check(entry.end() == end, file, tensor + "ends at data byte " + entry.end() + ", its shape says " + end);
            entries.put(entry.name(), entry);
        }
        check(end == dataBytes, file, "the tensors have " + end + " bytes, the file has " + dataBytes + " for them");
        return new SafetensorsHeader(entries, metadata);
    }

    /** Header of a file with these tensors in this order: length, JSON, spaces up to a multiple of eight bytes. */
    static byte[] bytes(List<Tensor> tensors, Map<String, String> metadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = json.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        long begin = 0;
        for (Tensor tensor : tensors) {
            long end = Math.addExact(begin, TensorPages.checkedBytes(tensor));
            ObjectNode entry = json.putObject(tensor.name());
            entry.put("dtype", TensorType.of(tensor).name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        byte[] text = Json.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        Require.that(
                text.length <= MAX_BYTES, "the header of a tensor file", MAX_BYTES + " bytes at most", text.length);
        int padded = (text.length + 7) / 8 * 8;
        byte[] header = Arrays.copyOf(littleEndian(padded), LENGTH_BYTES + padded);
        Arrays.fill(header, LENGTH_BYTES, header.length, (byte) ' ');
        System.arraycopy(text, 0, header, LENGTH_BYTES, text.length);
        return header;
    }

    /** Bytes of a tensor, or -1 when they are 2^63 or more. */
    private static long bytes(TensorType type, List<Long> shape) {
        long bytes = type.bytes();
        try {
            for (long extent : shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
        } catch (ArithmeticException e) {
            return -1;
        }
        return bytes;
    }

    private static byte[] littleEndian(long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    private static void check(boolean holds, Path file, String reason) throws ModelFormatException {
        if (!holds) {
            throw new ModelFormatException(file, LENGTH_BYTES, reason + "; the file is damaged");
        }
    }
}
