package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensor files that lie. */
class HostileTensorsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}x",
                "{} {}",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[2147483648,2147483648,2],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[2147483648],\"data_offsets\":[0,8589934592]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[2,4]}}",
                "{\"a\":{\"dtype\":\"I32\",\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]}}",
                "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"U16\",\"shape\":[2],\"data_offsets\":[1,5]}}",
                "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[2,4]}}",
                "{\"__metadata__\":{\"x\":1},\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            })
    void headersThatLieAreRefused(String json) throws IOException {
        Path file = SafetensorsTest.raw(folder, json, new byte[4]);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ", byte ")
                .hasMessageContaining("; the file is damaged");
    }

    @Test
    void headersThatLieNearlyAreFineWhenTheyDoNot() throws IOException {
        // The frame of the cases above with nothing wrong, so that they fail for what they say.
        Path file = SafetensorsTest.raw(
                folder, "{\"a\":{\"dtype\":\"I32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}", new byte[4]);
        try (Safetensors tensors = Safetensors.open(file)) {
            assertThat(tensors.shape("a")).containsExactly(1L, 1L);
        }
    }

    @Test
    void messagesNamePositionAndReason() throws IOException {
        Path file = SafetensorsTest.raw(folder, "{\"a\":{\"dtype\":\"F64\"}}", new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessage(
                        file + ", byte 22: tensor a has numbers of type F64, readable are F32, BF16, U16, I32 and I8; "
                                + "the file is damaged or not ours");
        Path overlap = SafetensorsTest.raw(
                folder,
                "{\"a\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[1,3]}}",
                new byte[4]);
        assertThatThrownBy(() -> Safetensors.open(overlap))
                .hasMessage(overlap + ", byte 8: tensor b starts at data byte 1, not at 2; the file is damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 100_000_001, 1L << 40, 99_999_999, 5})
    void headerLengthsThatLieAreRefused(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put("{}  ".getBytes(StandardCharsets.US_ASCII))
                .array();
        Path file = Files.write(folder.resolve("lie"), bytes);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("header of ");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] bytes = SafetensorsTest.bytes(
                List.of(
                        new Tensor.Chars("c", List.of(3L), List.of(new char[3])),
                        new Tensor.Ints("i", List.of(2L), List.of(new int[2]))),
                Map.of());
        for (int length = 0; length < bytes.length; length++) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(ModelFormatException.class);
        }
        Path longer = Files.write(folder.resolve("long"), Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> Safetensors.open(longer)).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        byte[] latin = "{\"\u00e4\":{}}".getBytes(StandardCharsets.ISO_8859_1);
        Path file = SafetensorsTest.raw(folder, latin, new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("is not UTF-8");
        Path wide = SafetensorsTest.raw(folder, "{}".getBytes(StandardCharsets.UTF_16LE), new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(wide)).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> Safetensors.open(folder.resolve("none")))
                .hasMessageEndingWith("there is no such file");
    }
}
