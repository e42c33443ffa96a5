package dev.longtail.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes inputs of others: bits flipped, pieces cut out, doubled, swapped and overwritten, numbers and words put in that
 * readers have stumbled over. The same seed makes the same inputs.
 */
final class Mutator {

    private static final int MOST_CHANGES = 4;
    private static final int LONGEST = 1 << 16;

    private static final List<String> WORDS = List.of(
            "-1",
            "0",
            "1",
            "255",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "99999999999999999999999999",
            "1e309",
            "-1e-400",
            "0.1",
            "NaN",
            "Infinity",
            "-0",
            "0x10",
            "1_000",
            "\u0663",
            "\0",
            "\uFEFF",
            "\uFFFD",
            "\u2028",
            "\r",
            "\n",
            "\n\n",
            "\t",
            "\t\t",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "<",
            ">",
            "&amp;",
            "]]>",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
            "&e;",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "null",
            "true",
            ":",
            "::",
            ",",
            "__label__",
            "__metadata__",
            "../x",
            "..",
            "/etc/passwd",
            "a/b",
            "C:\\x",
            "model.json",
            "Model.json",
            "%00",
            "@prefix",
            "_:b",
            "^^",
            "@en");

    private final SplittableRandom random;

    Mutator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A new input made of one of these. */
    byte[] next(List<byte[]> seeds) {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int change = 0; change < changes; change++) {
            input = changed(input, seeds);
        }
        return input.length > LONGEST + seeds.get(0).length ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] changed(byte[] input, List<byte[]> seeds) {
        if (input.length == 0) {
            return word();
        }
        int at = random.nextInt(input.length);
        int end = at + 1 + random.nextInt(Math.min(64, input.length - at));
        return switch (random.nextInt(10)) {
            case 0 -> flipped(input, at);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> replaced(input, at, end, new byte[0]);
            case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, end));
            case 4 -> replaced(input, at, at, word());
            case 5 -> replaced(input, at, end, word());
            case 6 -> number(input, at);
            case 7 -> replaced(input, at, end, noise(end - at));
            case 8 -> spliced(input, at, seeds.get(random.nextInt(seeds.size())));
            default -> repeated(input, at, end);
        };
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] copy = input.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    /** Another number in the place of the next one behind a position. */
    private byte[] number(byte[] input, int at) {
        int start = at;
        while (start < input.length && !isDigit(input[start])) {
            start++;
        }
        int end = start;
        while (end < input.length && isDigit(input[end])) {
            end++;
        }
        return replaced(input, start, end, word());
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private byte[] spliced(byte[] input, int at, byte[] other) {
        if (other.length == 0) {
            return Arrays.copyOf(input, at);
        }
        int from = random.nextInt(other.length);
        return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
    }

    private byte[] repeated(byte[] input, int from, int to) {
        byte[] piece = Arrays.copyOfRange(input, from, to);
        int times = 1 << random.nextInt(8);
        byte[] many = new byte[Math.min(LONGEST, piece.length * times)];
        for (int i = 0; i < many.length; i++) {
            many[i] = piece[i % piece.length];
        }
        return replaced(input, from, from, many);
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (byte) random.nextInt(256);
        }
        return noise;
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] result = new byte[input.length - (to - from) + by.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(input, to, result, from + by.length, input.length - to);
        return result;
    }
}
