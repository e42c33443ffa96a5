package dev.longtail.server.serving;

import dev.longtail.data.LabelSet;
import dev.longtail.model.LabelModel;
import dev.longtail.output.AnchorLayer;
import dev.longtail.report.AnchorGroup;
import dev.longtail.report.AnchorObjects;
import dev.longtail.report.AnchorReport;
import dev.longtail.report.AnchorSizes;
import java.util.ArrayList;
import java.util.List;

/**
 * The anchor table at one end of a model.
 *
 * @param end {@code input} for the table of words, {@code output} for that of labels
 * @param objects whose vectors are sums of its anchors
 * @param groups its anchors, with at most {@link #MOST_OBJECTS} objects each; those that are the strongest of more
 *     objects first
 */
public record AnchorEnd(String end, AnchorObjects objects, AnchorSizes sizes, List<AnchorGroup> groups) {

    /** Objects of an anchor that are kept. */
    public static final int MOST_OBJECTS = 20;

    public AnchorEnd {
        groups = List.copyOf(groups);
    }

    /** The tables of a model: none, one or two. */
    static List<AnchorEnd> of(LabelModel model) {
        List<AnchorEnd> ends = new ArrayList<>();
        for (AnchorReport words : AnchorReport.of(model, AnchorReport.LEAST)) {
            ends.add(of("input", words));
        }
        if (model.output() instanceof AnchorLayer layer) {
            LabelSet labels = model.labels();
            AnchorObjects objects = new AnchorObjects(
                    "labels",
                    "training examples",
                    label -> labels.name(label).isEmpty() ? labels.id(label) : labels.name(label),
                    labels::frequency);
            ends.add(of("output", new AnchorReport(layer.table(), objects, 0)));
        }
        return ends;
    }

    private static AnchorEnd of(String end, AnchorReport report) {
        return new AnchorEnd(end, report.objects(), report.sizes(), report.anchors(MOST_OBJECTS));
    }
}
