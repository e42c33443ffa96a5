package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void bytesAreThoseOfTheFormat() throws IOException {
        byte[] bytes = bytes(
                List.of(
                        new Tensor.Chars("b", List.of(3L), List.of(new char[] {1, 0xFFFF, 258})),
                        new Tensor.Floats("w", List.of(2L, 1L), List.of(new float[] {1}, new float[] {-2})),
                        new Tensor.Ints("a", List.of(1L), List.of(new int[] {-2}))),
                Map.of("k", "v"));
        String json = "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]},"
                + "\"b\":{\"dtype\":\"U16\",\"shape\":[3],\"data_offsets\":[12,18]}}";
        int padded = (json.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 18).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put(json.getBytes(StandardCharsets.US_ASCII));
        expected.put(" ".repeat(padded - json.length()).getBytes(StandardCharsets.US_ASCII));
        expected.put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}); // -2
        expected.put(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0}); // 1.0f, -2.0f
        expected.put(new byte[] {1, 0, (byte) 0xFF, (byte) 0xFF, 2, 1});
        assertThat(bytes).isEqualTo(expected.array());
    }

    @Test
    void orderOfTheTensorsDoesNotMatter() throws IOException {
        Tensor one = new Tensor.Ints("one", List.of(), List.of(new int[] {5}));
        Tensor two = new Tensor.Chars("two", List.of(0L, 7L), List.of());
        assertThat(bytes(List.of(one, two), Map.of("x", "1", "a", "2")))
                .isEqualTo(bytes(List.of(two, one), Map.of("a", "2", "x", "1")));
    }

    // With windows of 4 bytes every number is mapped alone; 20 bytes straddle the pages in all ways.
    @ParameterizedTest
    @ValueSource(ints = {4, 20, 1 << 20})
    void roundTripKeepsEveryBit(int windowBytes) throws IOException {
        Random random = new Random(2);
        float[][] floats = {new float[7], new float[0], new float[1], new float[300_000 / windowBytes + 22]};
        for (float[] page : floats) {
            for (int i = 0; i < page.length; i++) {
                page[i] = Float.intBitsToFloat(random.nextInt() & 0xFFBFFFFF); // all but signalling NaN
            }
        }
        floats[0][0] = -0f;
        floats[0][1] = Float.NEGATIVE_INFINITY;
        char[][] chars = {{1, 2, 0xFFFF}, {4}, {5, 6, 7, 8, 9, 10, 11}};
        int[][] ints = {{Integer.MIN_VALUE, -1}, {Integer.MAX_VALUE}};
        long count = Arrays.stream(floats).mapToLong(page -> page.length).sum();
        Path file = write(
                new Tensor.Floats("ä \"w\"", List.of(2L, count / 2), List.of(floats)),
                new Tensor.Chars("c", List.of(11L), List.of(chars)),
                new Tensor.Ints("i", List.of(3L, 1L, 1L), List.of(ints)),
                new Tensor.Ints("none", List.of(5L, 0L), List.of()));
        try (Safetensors tensors = Safetensors.open(file, windowBytes)) {
            assertThat(tensors.names()).containsExactly("i", "none", "ä \"w\"", "c");
            assertThat(tensors.shape("c")).containsExactly(11L);
            assertThat(tensors.type("c")).isEqualTo(TensorType.U16);
            assertThat(tensors.metadata()).isEmpty();
            // Other pages than those written.
            float[][] readFloats = {new float[2], new float[(int) count - 2]};
            char[][] readChars = {new char[10], new char[1]};
            int[][] readInts = {new int[1], new int[1], new int[1]};
            tensors.copyInto(new Tensor.Floats("ä \"w\"", List.of(2L, count / 2), List.of(readFloats)));
            tensors.copyInto(new Tensor.Chars("c", List.of(11L), List.of(readChars)));
            tensors.copyInto(new Tensor.Ints("i", List.of(3L, 1L, 1L), List.of(readInts)));
            tensors.copyInto(new Tensor.Ints("none", List.of(5L, 0L), List.of()));
            assertThat(joined(readFloats)).isEqualTo(joined(floats));
            assertThat(new String(readChars[0]) + new String(readChars[1]))
                    .isEqualTo(new String(chars[0]) + new String(chars[1]) + new String(chars[2]));
            assertThat(readInts).isDeepEqualTo(new int[][] {{Integer.MIN_VALUE}, {-1}, {Integer.MAX_VALUE}});
        }
    }

    @Test
    void pagesLargerThanTheWriteBuffer() throws IOException {
        int[] page = new int[(1 << 18) * 2 + 5]; // the buffer holds 2^18 numbers
        Arrays.setAll(page, i -> i * 31);
        Path file = write(new Tensor.Ints("big", List.of((long) page.length), List.of(page)));
        int[] read = new int[page.length];
        try (Safetensors tensors = Safetensors.open(file)) {
            tensors.copyInto(new Tensor.Ints("big", List.of((long) page.length), List.of(read)));
        }
        assertThat(read).isEqualTo(page);
    }

    @Test
    void dataStartsAtAMultipleOfEight() throws IOException {
        for (String name : List.of("a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh")) {
            byte[] bytes = bytes(List.of(new Tensor.Ints(name, List.of(1L), List.of(new int[1]))), Map.of());
            assertThat((bytes.length - 4) % 8).isZero();
        }
    }

    @Test
    void readsWhatOthersWrite() throws IOException {
        // Other order of fields, spaces, metadata, data not in the order of the header, no padding.
        Path file = raw(
                folder,
                " {\"y\":{\"data_offsets\":[4,6], \"shape\":[1],\"dtype\":\"U16\"},\n"
                        + "\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]} }",
                new byte[] {0, 0, 0, 0x40, 7, 0});
        try (Safetensors tensors = Safetensors.open(file)) {
            assertThat(tensors.names()).containsExactly("x", "y");
            assertThat(tensors.metadata()).containsExactly(Map.entry("format", "pt"));
            float[] x = new float[1];
            char[] y = new char[1];
            tensors.copyInto(new Tensor.Floats("x", List.of(), List.of(x)));
            tensors.copyInto(new Tensor.Chars("y", List.of(1L), List.of(y)));
            assertThat(x[0]).isEqualTo(2f);
            assertThat(y[0]).isEqualTo((char) 7);
        }
    }

    @Test
    void tensorsThatDoNotFitAreRefused() throws IOException {
        Path file = write(new Tensor.Ints("i", List.of(2L), List.of(new int[] {1, 2})));
        try (Safetensors tensors = Safetensors.open(file)) {
            int[] page = {8, 9};
            assertThatThrownBy(() -> tensors.copyInto(new Tensor.Ints("i", List.of(2L, 1L), List.of(page))))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("tensor i is I32 [2], the model needs I32 [2, 1]");
            assertThatThrownBy(() -> tensors.copyInto(new Tensor.Floats("i", List.of(2L), List.of(new float[2]))))
                    .hasMessageContaining("tensor i is I32 [2], the model needs F32 [2]");
            assertThatThrownBy(() -> tensors.copyInto(new Tensor.Ints("j", List.of(2L), List.of(page))))
                    .hasMessageContaining("there is no tensor j, the file holds [i]");
            assertThatThrownBy(() -> tensors.shape("j")).isInstanceOf(ModelFormatException.class);
            assertThatThrownBy(() -> tensors.copyInto(new Tensor.Ints("i", List.of(2L), List.of(new int[3]))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the pages of tensor i must be 2 numbers long as its shape [2] is, got 3");
            assertThat(page).containsExactly(8, 9);
        }
    }

    @Test
    void tensorsThatContradictThemselvesAreNotWritten() {
        Tensor one = new Tensor.Ints("i", List.of(1L), List.of(new int[1]));
        assertThatThrownBy(() -> bytes(List.of(one, one), Map.of()))
                .hasMessage("names of tensors must be distinct and not __metadata__, got i");
        Tensor wrong = new Tensor.Ints("i", List.of(2L), List.of(new int[1]));
        assertThatThrownBy(() -> bytes(List.of(wrong), Map.of())).isInstanceOf(IllegalArgumentException.class);
        Tensor negative = new Tensor.Ints("i", List.of(-1L, -1L), List.of(new int[1]));
        assertThatThrownBy(() -> bytes(List.of(negative), Map.of()))
                .hasMessage("every extent of tensor i must be at least 0, got -1");
    }

    private Path write(Tensor... tensors) throws IOException {
        return Files.write(folder.resolve("tensors"), bytes(List.of(tensors), Map.of()));
    }

    static Path raw(Path folder, String json, byte[] data) throws IOException {
        return raw(folder, json.getBytes(StandardCharsets.UTF_8), data);
    }

    static Path raw(Path folder, byte[] json, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(Files.createTempFile(folder, "raw", ".safetensors"), bytes.array());
    }

    static byte[] bytes(List<Tensor> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Safetensors.write(Channels.newChannel(bytes), tensors, metadata);
        return bytes.toByteArray();
    }

    private static int[] joined(float[][] pages) {
        return Arrays.stream(pages)
                .flatMapToInt(page -> {
                    int[] bits = new int[page.length];
                    Arrays.setAll(bits, i -> Float.floatToRawIntBits(page[i]));
                    return Arrays.stream(bits);
                })
                .toArray();
    }
}
