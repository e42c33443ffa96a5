package dev.longtail.report;

import dev.longtail.format.RatingModelFolder;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.nonparametric.AnchorObjective;
import java.util.List;
import java.util.Optional;

/**
 * All that a page on a rating model tells.
 *
 * @param name      of the model for the reader, for example its folder
 * @param stored    the model as it was read
 * @param test      its measures on a test set, where there is one
 * @param anchors   reports on its tables that have anchors
 * @param objective what numbers of anchors and links are weighed by, epoch by epoch; empty to leave that out
 */
public record RatingReport(
        String name,
        RatingModelFolder.Stored stored,
        Optional<Test> test,
        List<AnchorReport> anchors,
        Optional<AnchorObjective> objective) {

    public RatingReport {
        anchors = List.copyOf(anchors);
    }

    /**
     * A test set and what came out.
     *
     * @param files        names of those that were read
     * @param metrics      of the model
     * @param unknownUsers ratings of users that the model does not know
     * @param unknownItems ratings of items that the model does not know
     */
    public record Test(List<String> files, RatingMetrics metrics, long unknownUsers, long unknownItems) {

        public Test {
            files = List.copyOf(files);
        }
    }
}
