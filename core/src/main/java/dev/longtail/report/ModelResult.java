package dev.longtail.report;

import dev.longtail.data.ExampleIssue;
import dev.longtail.data.ReadReport;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.metrics.Reliability;
import java.util.List;

/**
 * What a model was worth on a test set.
 *
 * @param name    of the model for the reader, for example its folder
 * @param stored  the model as it was read
 * @param ranking of the test set
 * @param metrics of the ranking, with intervals
 * @param read    what became of the files of the test set
 * @param reliability of the probabilities of the first k suggestions, for each k of the ranking
 */
public record ModelResult(
        String name,
        LabelModelFolder.Stored stored,
        RankingEvaluation ranking,
        Metrics metrics,
        ReadReport<ExampleIssue> read,
        List<Reliability> reliability) {

    public ModelResult {
        reliability = List.copyOf(reliability);
    }
}
