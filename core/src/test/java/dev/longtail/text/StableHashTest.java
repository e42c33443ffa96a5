package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StableHashTest {

    private static long ofText(String text) {
        long hash = StableHash.OFFSET;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            hash = StableHash.codePoint(hash, text.codePointAt(i));
        }
        return hash;
    }

    @Test
    void agreesWithThePublishedVectors() {
        assertThat(ofText("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(ofText("a")).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(ofText("foobar")).isEqualTo(0x85944171f73967e8L);
    }

    @Test
    void hashesTheBytesOfUtf8() {
        String text = "aé߿ࠀ€\uffff😀" + new String(Character.toChars(0x10ffff));
        long hash = StableHash.OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ octet & 0xffL) * 1099511628211L;
        }
        assertThat(ofText(text)).isEqualTo(hash);
    }

    @Test
    void foldsToABucket() {
        // 0x85944171 ^ 0xf73967e8 = 0x72ad2699 = 1923950233
        assertThat(StableHash.bucket(0x85944171f73967e8L, 1000)).isEqualTo(233);
        assertThat(StableHash.bucket(0x00000000ffffffffL, 10)).isEqualTo(5); // 4294967295 modulo 10
    }
}
