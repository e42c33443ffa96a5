package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSlicesTest {

    /** Gives a few characters at a time, as a file may. */
    private static final class Dripping extends Reader {

        private final StringReader in;
        private final int most;

        Dripping(String text, int most) {
            this.in = new StringReader(text);
            this.most = most;
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            return in.read(into, from, Math.min(most, length));
        }

        @Override
        public void close() {
            in.close();
        }
    }

    private static List<String> slices(Reader in) throws IOException {
        LineSlices lines = new LineSlices(in);
        List<String> found = new ArrayList<>();
        while (lines.next()) {
            found.add(new String(lines.chars(), lines.from(), lines.to() - lines.from()));
        }
        assertThat(lines.next()).isFalse();
        return found;
    }

    private static List<String> lines(String text) {
        return new BufferedReader(new StringReader(text)).lines().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, 1 << 20})
    void areThoseOfABufferedReader(int most) throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append("ab\t\r\n\\é".charAt(random.nextInt(7)));
            }
            assertThat(slices(new Dripping(text.toString(), most))).isEqualTo(lines(text.toString()));
        }
    }

    @Test
    void longerOnesThanTheArrayAndOnesAcrossItsEndAreWhole() throws IOException {
        StringBuilder text = new StringBuilder("x".repeat(100_000)).append('\n');
        for (int line = 0; line < 20_000; line++) {
            text.append("line ").append(line).append(line % 3 == 0 ? "\r\n" : "\n");
        }
        text.append("the last, which nothing ends");
        assertThat(slices(new StringReader(text.toString()))).isEqualTo(lines(text.toString()));
    }
}
