package dev.longtail.text;

import java.util.Arrays;

/**
 * The words of one text, folded, one after the other with a single space between them: words i to j with the spaces
 * in between are the word n-gram of length j - i + 1, so n-grams are slices and need no copy. A reusable buffer that
 * {@link Tokenizer#tokenize} fills.
 */
public final class Words {

    char[] chars = new char[256];
    int[] starts = new int[64];
    int[] ends = new int[64];
    /** Where each word begins and ends in the text. */
    int[] from = new int[64];

    int[] to = new int[64];
    int length;
    int count;

    /** Number of words. */
    public int count() {
        return count;
    }

    /** The word of this number. */
    public String word(int word) {
        return ngram(word, 1);
    }

    /** The {@code n} words from {@code word} on, joined by single spaces. */
    public String ngram(int word, int n) {
        return new String(chars, starts[word], ends[word + n - 1] - starts[word]);
    }

    void clear() {
        length = 0;
        count = 0;
    }

    /** @param at place of the word's first character in the text */
    void startWord(int at) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        if (count > 0) {
            append(' ');
        }
        starts[count] = length;
        from[count] = at;
    }

    void append(char c) {
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, Math.multiplyExact(2, length));
        }
        chars[length++] = c;
    }

    /** @param at place behind the word's last character in the text */
    void endWord(int at) {
        to[count] = at;
        ends[count++] = length;
    }
}
