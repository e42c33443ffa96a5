package dev.longtail.report;

import dev.longtail.metrics.PairedDifference;
import java.util.List;

/**
 * Another model on the same test set.
 *
 * @param other       its result
 * @param differences of the measures, the report's model first
 */
public record Comparison(ModelResult other, List<PairedDifference> differences) {

    public Comparison {
        differences = List.copyOf(differences);
    }
}
