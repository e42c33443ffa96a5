package dev.longtail.living;

import dev.longtail.association.RecoveredCounts;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much each feature occurred in training: the totals t of {@link dev.longtail.association.AssociationCounts}. An
 * arm keeps the largest weights of frequent features only, so what can be recovered of their totals is far too small.
 * Where features are terms, their document frequencies and weights are known, and t is close to k df idf; the factor k
 * is what makes this right for terms so rare that nothing of theirs was cut.
 */
final class FeatureTotals {

    private static final int RAREST = 3;
    private static final int MOST = 30;

    private final double[] totals;

    private FeatureTotals(double[] totals) {
        this.totals = totals;
    }

    static FeatureTotals of(FeatureSpace space, RecoveredCounts counts) {
        double[] recovered = counts.totals();
        if (space instanceof TextFeatureSpace text) {
            ofTerms(text.features(), recovered);
        }
        return new FeatureTotals(recovered);
    }

    private static void ofTerms(TextFeatures features, double[] totals) {
        Vocabulary vocabulary = features.vocabulary();
        double[] expected = IntStream.range(0, vocabulary.size())
                .mapToDouble(term -> (double) vocabulary.documentFrequency(term) * features.inverseFrequency(term))
                .toArray();
        double[] factors = IntStream.range(0, expected.length)
                .filter(term -> vocabulary.documentFrequency(term) >= RAREST
                        && vocabulary.documentFrequency(term) <= MOST
                        && totals[term] > 0)
                .mapToDouble(term -> totals[term] / expected[term])
                .sorted()
                .toArray();
        double factor = factors.length == 0 ? 1 : factors[factors.length / 2];
        Arrays.setAll(expected, term -> factor * expected[term]);
        System.arraycopy(expected, 0, totals, 0, expected.length);
    }

    /** t(f)^-exponent, 0 for a feature that is not known to have occurred. */
    double factor(int feature, double exponent) {
        return totals[feature] > 0 ? StrictMath.pow(totals[feature], -exponent) : 0;
    }
}
