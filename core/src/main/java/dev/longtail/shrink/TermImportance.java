package dev.longtail.shrink;

import dev.longtail.model.LabelModel;
import dev.longtail.text.TextFeatures;
import java.util.Arrays;

/**
 * What terms do for a model. The bag of a document is the sum of w e over its terms, with the weight w of a term in the
 * document and its vector e. Without a term that stands in df documents, their bags move by |w e|; the importance is
 *
 * <pre>
 *   sum over documents of |w e|^4  =  (about)  df (idf |e|)^4
 * </pre>
 *
 * if term frequencies and the length by which the weights of a document are divided are taken to be alike. A rare word
 * counts little even so: its vector is still near its random start, which says nothing. Squares would ask for the
 * smallest change of all bags together, but prefer words that do a little everywhere to those that decide a document;
 * fourth powers kept more of P@1 and P@5 at every size (bench/results/small-models.md).
 *
 * <p>In a model with other arms a term has weights for labels as well; |e|^2 is then replaced by the sum of |e|^2 and
 * the squared lengths of those weights, each over its mean, since the arms share the score about evenly.
 */
final class TermImportance {

    private TermImportance() {}

    /** The {@code count} most important terms, ascending; of equal ones the more frequent. */
    static int[] largest(LabelModel model, TextFeatures features, int count) {
        int terms = features.vocabulary().size();
        double[] norms = norms(model, terms);
        long[] keys = new long[terms];
        for (int term = 0; term < terms; term++) {
            double idf = features.inverseFrequency(term);
            double square = idf * idf * norms[term];
            double importance = features.vocabulary().documentFrequency(term) * square * square;
            // bits of floats of one sign are in the order of their values
            keys[term] = (long) -Float.floatToIntBits((float) importance) << 32 | term;
        }
        Arrays.sort(keys);
        int[] kept = new int[Math.min(count, terms)];
        Arrays.setAll(kept, i -> (int) keys[i]);
        Arrays.sort(kept);
        return kept;
    }

    /** |e|^2 of each term; with other arms the sum of the squares of all arms, each over its mean. */
    private static double[] norms(LabelModel model, int terms) {
        double[] norms = new double[terms];
        Arrays.setAll(norms, model.table()::squaredNorm);
        if (model.direct().isPresent()) {
            divideByMean(norms);
            model.direct().ifPresent(arm -> addOverMean(arm.squaredNorms(), norms));
            model.association().ifPresent(arm -> addOverMean(arm.squaredNorms(), norms));
        }
        return norms;
    }

    private static void addOverMean(float[] squares, double[] norms) {
        double[] own = new double[norms.length];
        Arrays.setAll(own, term -> squares[term]);
        divideByMean(own);
        Arrays.setAll(norms, term -> norms[term] + own[term]);
    }

    private static void divideByMean(double[] values) {
        double mean = Math.max(Arrays.stream(values).average().orElse(1), Double.MIN_NORMAL);
        Arrays.setAll(values, i -> values[i] / mean);
    }
}
