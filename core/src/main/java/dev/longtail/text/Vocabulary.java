package dev.longtail.text;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Arrays;

/**
 * Terms and their ids, 0 to size - 1, with the number of documents each occurs in. Single words have the
 * smallest ids, terms of several words follow; both run by descending document frequency, equal ones by term in UTF-16
 * code unit order. Frozen: any thread may use it.
 */
public final class Vocabulary {

    private final TermTable terms;
    private final int[] documentFrequencies;
    private final int documents;
    private final int words;

    /** @param documentFrequencies one for each term of the table, which must not change any more */
    Vocabulary(TermTable terms, int[] documentFrequencies, int documents) {
        this.terms = terms;
        this.documentFrequencies = documentFrequencies;
        this.documents = documents;
        int first = 0;
        while (first < documentFrequencies.length && !terms.isNgram(first)) {
            first++;
        }
        this.words = first;
    }

    /** Number of terms. */
    public int size() {
        return documentFrequencies.length;
    }

    /** How large the table of the terms is. */
    public VocabularyBuilder.Size tableSize() {
        return new VocabularyBuilder.Size(terms.size(), terms.characters());
    }

    /** Number of terms in front of the first one of several words. */
    public int words() {
        return words;
    }

    /** Number of documents the frequencies were counted in. */
    public int documents() {
        return documents;
    }

    /** The term of this id: a word, or several joined by single spaces. */
    public String term(int id) {
        return terms.term(id);
    }

    /** Number of documents the term occurs in. */
    public int documentFrequency(int id) {
        return documentFrequencies[id];
    }

    /** Id of the term, or -1 when it is unknown. */
    public int indexOf(String term) {
        return terms.find(term.toCharArray(), 0, term.length());
    }

    /** Id of a word that {@link Tokenizer#tokenize} found, or -1 when it is unknown; makes no string of it. */
    public int indexOf(Words words, int word) {
        return terms.find(words.chars, words.starts[word], words.ends[word] - words.starts[word]);
    }

    int indexOf(char[] chars, int from, int length) {
        return terms.find(chars, from, length);
    }

    /**
     * A vocabulary of some of the terms, with the frequencies that they have here; the others are unknown to it.
     *
     * @param ids which, ascending; they are numbered anew from 0
     */
    public Vocabulary select(int[] ids) {
        TermTable selected = new TermTable();
        int[] frequencies = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (i > 0 && ids[i] <= ids[i - 1]) {
                throw new IllegalArgumentException("ids must ascend, got " + ids[i] + " behind " + ids[i - 1]);
            }
            selected.appendFrom(terms, ids[i]);
            frequencies[i] = documentFrequencies[ids[i]];
        }
        return new Vocabulary(selected, frequencies, documents);
    }

    /** Writes one line a term in the order of the ids: term, tab, document frequency. Fields as in {@link Tsv}. */
    public void write(Writer out) throws IOException {
        for (int id = 0; id < size(); id++) {
            out.write(Tsv.escape(term(id)));
            out.write('\t');
            out.write(Integer.toString(documentFrequencies[id]));
            out.write('\n');
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param documents number of documents the frequencies were counted in
     * @param source    name of the file for messages
     * @throws InputException at the first line that is no term, repeats a term or has an impossible frequency
     */
    public static Vocabulary read(Reader in, int documents, String source) throws IOException {
        TermTable terms = new TermTable();
        int[] frequencies = new int[1024];
        LineSlices lines = new LineSlices(in);
        while (lines.next()) {
            int id = terms.size();
            if (id == frequencies.length) {
                frequencies = Arrays.copyOf(frequencies, 2 * id);
            }
            int tab = tab(lines);
            if (tab < 0) {
                throw new InputException(source, id + 1L, "expected a term, a tab and its document frequency");
            }
            int known = add(terms, lines, tab, source);
            frequencies[id] = frequency(lines, tab + 1, documents, source, id + 1L);
            if (known < id) {
                throw new InputException(
                        source, id + 1L, "term '" + terms.term(known) + "' stands on line " + (known + 1) + " too");
            }
        }
        return new Vocabulary(terms, Arrays.copyOf(frequencies, terms.size()), documents);
    }

    /** Where the first tab of a line is, -1 where there is none. */
    private static int tab(LineSlices lines) {
        char[] chars = lines.chars();
        for (int at = lines.from(); at < lines.to(); at++) {
            if (chars[at] == '\t') {
                return at;
            }
        }
        return -1;
    }

    /** Adds the term in front of the tab and returns its number. */
    private static int add(TermTable terms, LineSlices lines, int tab, String source) {
        char[] chars = lines.chars();
        int from = lines.from();
        int length = tab - from;
        for (int at = from; at < tab; at++) {
            if (chars[at] == '\\') { // few have one
                String term = unescape(new String(chars, from, length), source, terms.size() + 1L);
                checkLength(term.length(), source, terms.size() + 1L);
                return terms.add(term.toCharArray(), 0, term.length());
            }
        }
        checkLength(length, source, terms.size() + 1L);
        return terms.add(chars, from, length);
    }

    private static String unescape(String field, String source, long line) {
        try {
            return Tsv.unescape(field);
        } catch (IllegalArgumentException e) {
            throw new InputException(source, line, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkLength(int length, String source, long line) {
        if (length < 1 || length > TermTable.MAX_TERM) {
            throw new InputException(
                    source, line, "a term has 1 to " + TermTable.MAX_TERM + " characters, got " + length);
        }
    }

    private static int frequency(LineSlices lines, int from, int documents, String source, long line) {
        int frequency = Tsv.count(lines.chars(), from, lines.to());
        if (frequency < 1 || frequency > documents) {
            String field = new String(lines.chars(), from, lines.to() - from);
            throw new InputException(
                    source, line, "document frequency must be from 1 to " + documents + ", got '" + field + "'");
        }
        return frequency;
    }
}
