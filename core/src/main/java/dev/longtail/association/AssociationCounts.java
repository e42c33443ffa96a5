package dev.longtail.association;

import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * Makes an {@link AssociationArm} of counts. With c(l, f) the sum of the values of feature f over the examples that
 * carry label l, and t(f) the sum of |c| that all examples and labels bring to f,
 *
 * <pre>
 *   w(l, f) = u(l, f) / |u(l)|^p,   u(l, f) = c(l, f) / t(f)^q
 * </pre>
 *
 * With p = 0 and q = 1 that is the share of a feature's occurrences that have the label (a vote of each feature), with
 * p = 1 and q = 0 the cosine with the label's centroid (Rocchio), and with p = q = 1/2 about the coefficient of Ochiai
 * (1957), n(l, f) / sqrt(n(l) n(f)). The middle is far better than either end: bench/results/three-arms-ideas.md.
 *
 * <p>Each label keeps its largest weights, and of those each feature keeps its largest. Labels do not depend on each
 * other, so the result does not depend on the number of threads.
 */
public final class AssociationCounts {

    private final AssociationConfig config;
    private final int candidates;
    private final Workers workers;

    /** @param candidates labels of an example that the arm is to find, at least 1 */
    public AssociationCounts(AssociationConfig config, int candidates, Workers workers) {
        this.config = config;
        this.candidates = candidates;
        this.workers = workers;
    }

    /**
     * Counts.
     *
     * @param features of each example
     * @param featureCount number of features
     * @param labels of each example
     * @param labelCount number of labels
     */
    public AssociationArm count(SparseRows features, int featureCount, IdLists labels, int labelCount) {
        float[] factors = factors(features, featureCount, labels);
        IdLists carrying = labels.inverse(0, labelCount);
        LabelRow.Kept[] kept = new LabelRow.Kept[labelCount];
        LabelRow[] rows = new LabelRow[workers.threads()];
        Arrays.setAll(rows, i -> new LabelRow(features, factors));
        workers.run(labelCount, (label, worker) -> {
            rows[worker].sum(carrying, label);
            kept[label] = rows[worker].keep(config.slots(), config.labelExponent());
        });
        return new PostingsBuilder(kept, featureCount).build(config.postings(), candidates);
    }

    /** t(f)^-q, 0 for a feature that no label knows. */
    private float[] factors(SparseRows features, int featureCount, IdLists labels) {
        double[] totals = new double[featureCount];
        for (int example = 0; example < features.rows(); example++) {
            int carried = labels.start(example + 1) - labels.start(example);
            for (int at = features.start(example); at < features.start(example + 1); at++) {
                totals[features.columns()[at]] += carried * Math.abs(features.values()[at]);
            }
        }
        float[] factors = new float[featureCount];
        for (int feature = 0; feature < featureCount; feature++) {
            double factor = StrictMath.pow(totals[feature], -config.featureExponent());
            factors[feature] = totals[feature] > 0 && factor <= Float.MAX_VALUE ? (float) factor : 0;
        }
        return factors;
    }
}
