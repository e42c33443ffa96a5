package dev.longtail.text;

import dev.longtail.config.Require;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * Counts in how many documents each term occurs, one document at a time, and makes a {@link Vocabulary} of the
 * frequent ones. The table of terms is bounded: when it grows past its limit the rarest terms are removed until three
 * quarters of the limit are left (the bounded counting of Manku and Motwani 2002, with a threshold that adapts).
 * {@link #pruning} says whether that happened and how far counts can be off. Used by one thread.
 */
public final class VocabularyBuilder {

    /** Entries of the table by default: about a gigabyte when it is full. */
    public static final int DEFAULT_ENTRIES = 20_000_000;

    private final TextConfig config;
    private final int maxEntries;
    private final Tokenizer tokenizer;
    private final Words words = new Words();
    private final TermTable terms = new TermTable();
    private int[] frequencies = new int[1024];
    private int[] lastDocument = new int[1024];
    private int documents;
    private Pruning pruning = Pruning.NONE;

    /**
     * What the bound on the table's size cost.
     *
     * @param times      how often rare terms were removed
     * @param removed    entries removed in all; a term that came back and was removed again counts twice
     * @param undercount no term's document frequency is too low by more than this
     */
    public record Pruning(int times, long removed, int undercount) {

        /** Nothing was removed, all counts are exact. */
        public static final Pruning NONE = new Pruning(0, 0, 0);
    }

    /**
     * How large a table of terms is.
     *
     * @param terms distinct ones
     * @param characters of all of them, one more for each counted
     */
    public record Size(int terms, long characters) {

        /** No terms. */
        public static final Size NONE = new Size(0, 0);
    }

    /** @param maxEntries distinct terms held at once, at least 16 */
    public VocabularyBuilder(TextConfig config, int maxEntries) {
        Require.that(maxEntries >= 16, "maxEntries", "at least 16", maxEntries);
        this.config = config;
        this.maxEntries = maxEntries;
        this.tokenizer = new Tokenizer(config.lowerCase());
    }

    /** Counts the terms of one more document. */
    public void add(CharSequence text) {
        documents = Math.incrementExact(documents);
        tokenizer.tokenize(text, words);
        for (int first = 0; first < words.count; first++) {
            int longest = Math.min(config.wordNgrams(), words.count - first);
            for (int n = 1; n <= longest; n++) {
                count(words.starts[first], words.ends[first + n - 1]);
            }
        }
        if (terms.size() > maxEntries || !terms.roomy()) {
            prune();
        }
    }

    private void count(int start, int end) {
        int term = terms.add(words.chars, start, end - start);
        if (term >= frequencies.length) {
            frequencies = Arrays.copyOf(frequencies, term + (term >> 1));
            lastDocument = Arrays.copyOf(lastDocument, term + (term >> 1));
        }
        if (lastDocument[term] != documents) {
            lastDocument[term] = documents;
            frequencies[term]++;
        }
    }

    private void prune() {
        int before = terms.size();
        int minimum = smallestMinimum(Math.min(maxEntries, before) / 4 * 3);
        terms.retain(term -> frequencies[term] >= minimum);
        int kept = 0;
        for (int term = 0; term < before; term++) {
            if (frequencies[term] >= minimum) {
                frequencies[kept] = frequencies[term];
                lastDocument[kept] = lastDocument[term];
                kept++;
            }
        }
        Arrays.fill(frequencies, kept, before, 0);
        Arrays.fill(lastDocument, kept, before, 0);
        pruning =
                new Pruning(pruning.times() + 1, pruning.removed() + before - kept, pruning.undercount() + minimum - 1);
    }

    private int smallestMinimum(int target) {
        int minimum = 1;
        int left;
        do {
            minimum++;
            left = 0;
            for (int term = 0; term < terms.size(); term++) {
                left += frequencies[term] >= minimum ? 1 : 0;
            }
        } while (left > target);
        return minimum;
    }

    /** Documents counted so far. */
    public int documents() {
        return documents;
    }

    /** The terms that are held. */
    public Size size() {
        return new Size(terms.size(), terms.characters());
    }

    /** What the bound on the table's size has cost so far. */
    public Pruning pruning() {
        return pruning;
    }

    /**
     * The terms that pass {@link TextConfig#minFrequency} or {@link TextConfig#minNgramFrequency}, at most
     * {@link TextConfig#maxFeatures} of them.
     */
    public Vocabulary build() {
        int[] order = new int[terms.size()];
        int kept = 0;
        for (int term = 0; term < terms.size(); term++) {
            if (frequencies[term] >= (terms.isNgram(term) ? config.ngramFrequency() : config.minFrequency())) {
                order[kept++] = term;
            }
        }
        IntArrays.quickSort(order, 0, kept, (a, b) -> {
            int byFrequency = Integer.compare(frequencies[b], frequencies[a]);
            return byFrequency != 0 ? byFrequency : terms.compare(a, b);
        });
        int size = config.maxFeatures() == 0 ? kept : Math.min(kept, config.maxFeatures());
        int[] wordsFirst = new int[size];
        int words = 0;
        for (int id = 0; id < size; id++) {
            if (!terms.isNgram(order[id])) {
                wordsFirst[words++] = order[id];
            }
        }
        for (int id = 0; id < size; id++) {
            if (terms.isNgram(order[id])) {
                wordsFirst[words++] = order[id];
            }
        }
        TermTable sorted = new TermTable();
        int[] sortedFrequencies = new int[size];
        for (int id = 0; id < size; id++) {
            sorted.appendFrom(terms, wordsFirst[id]);
            sortedFrequencies[id] = frequencies[wordsFirst[id]];
        }
        return new Vocabulary(sorted, sortedFrequencies, documents);
    }
}
