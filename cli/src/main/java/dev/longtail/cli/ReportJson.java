package dev.longtail.cli;

import dev.longtail.data.ExampleIssue;
import dev.longtail.data.LabelSet;
import dev.longtail.metrics.PairedDifference;
import dev.longtail.metrics.PerLabel;
import dev.longtail.report.Comparison;
import dev.longtail.report.ModelResult;
import dev.longtail.report.Report;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs: the measures as evaluate tells them, the comparison, and the counts of each label. */
final class ReportJson {

    private ReportJson() {}

    static ObjectNode of(Report report) {
        ModelResult result = report.model();
        ObjectNode object = Json.object();
        Json.put(result.metrics(), object);
        reliability(result).into(object);
        object.put("unknownLabels", result.read().count(ExampleIssue.UNKNOWN_LABEL));
        object.put("modelBytes", result.stored().bytes());
        report.comparison().ifPresent(comparison -> put(comparison, object.putObject("compare")));
        labels(result, object.putArray("perLabel"));
        return object;
    }

    static ReliabilityTable reliability(ModelResult result) {
        return new ReliabilityTable(
                result.reliability(), result.stored().model().calibration().isPresent());
    }

    private static void put(Comparison comparison, ObjectNode into) {
        into.put("model", comparison.other().name());
        ObjectNode differences = into.putObject("differences");
        for (PairedDifference difference : comparison.differences()) {
            ObjectNode entry = differences.putObject(difference.name());
            entry.put("value", difference.first());
            entry.put("other", difference.second());
            entry.put("difference", difference.difference());
            entry.put("low", difference.interval().low());
            entry.put("high", difference.interval().high());
            entry.put("p", difference.pValue());
        }
    }

    /** Labels that are true of a test example or were suggested for one, in the order of the model. */
    private static void labels(ModelResult result, ArrayNode into) {
        LabelSet labels = result.stored().model().labels();
        List<PerLabel> cutoffs = Arrays.stream(result.ranking().cutoffs())
                .mapToObj(result.ranking()::perLabel)
                .toList();
        PerLabel largest = cutoffs.get(cutoffs.size() - 1);
        for (int label = 0; label < labels.size(); label++) {
            if (largest.occurs(label)) {
                ObjectNode entry = into.addObject();
                entry.put("id", labels.id(label));
                entry.put("name", labels.name(label));
                entry.put("training", labels.frequency(label));
                entry.put("test", largest.truths(label));
                for (PerLabel counts : cutoffs) {
                    entry.put("suggested@" + counts.k(), counts.suggested(label));
                    entry.put("right@" + counts.k(), counts.right(label));
                }
            }
        }
    }
}
