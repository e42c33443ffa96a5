package dev.longtail.report;

import dev.longtail.data.ReadReport;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.RankingEvaluation;

/**
 * What a model was worth on a test set.
 *
 * @param name    of the model for the reader, for example its folder
 * @param stored  the model as it was read
 * @param ranking of the test set
 * @param metrics of the ranking, with intervals
 * @param read    what became of the files of the test set
 */
public record ModelResult(
        String name, LabelModelFolder.Stored stored, RankingEvaluation ranking, Metrics metrics, ReadReport read) {

    /**
     * Takes the measures of a ranking.
     *
     * @throws IllegalStateException when no example of it has a true label
     */
    public static ModelResult of(
            String name,
            LabelModelFolder.Stored stored,
            RankingEvaluation ranking,
            Bootstrap bootstrap,
            ReadReport read) {
        return new ModelResult(name, stored, ranking, ranking.metrics(bootstrap), read);
    }
}
