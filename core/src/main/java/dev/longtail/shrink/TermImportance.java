package dev.longtail.shrink;

import dev.longtail.table.InputTable;
import dev.longtail.text.TextFeatures;
import java.util.Arrays;

/**
 * What terms do for a model. The bag of a document is the sum of w e over its terms, with the weight w of a term in the
 * document and its vector e. Without the term, by squares and over the N documents that the vocabulary was counted in,
 * bags move by
 *
 * <pre>
 *   sum over documents of |w e|^2  =  (about)  df (idf |e|)^2
 * </pre>
 *
 * with the document frequency df, if term frequencies and the length by which the weights of a document are divided are
 * taken to be alike. That is the importance: a rare word counts little however long its vector is, which near its random
 * start says nothing anyway.
 */
final class TermImportance {

    private TermImportance() {}

    /** The {@code count} most important terms, ascending; of equal ones the more frequent. */
    static int[] largest(InputTable table, TextFeatures features, int count) {
        int terms = features.vocabulary().size();
        long[] keys = new long[terms];
        for (int term = 0; term < terms; term++) {
            double idf = features.inverseFrequency(term);
            double importance = features.vocabulary().documentFrequency(term) * idf * idf * table.squaredNorm(term);
            // bits of floats of one sign are in the order of their values
            keys[term] = (long) -Float.floatToIntBits((float) importance) << 32 | term;
        }
        Arrays.sort(keys);
        int[] kept = new int[Math.min(count, terms)];
        Arrays.setAll(kept, i -> (int) keys[i]);
        Arrays.sort(kept);
        return kept;
    }
}
