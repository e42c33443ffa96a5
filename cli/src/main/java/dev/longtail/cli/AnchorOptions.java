package dev.longtail.cli;

import dev.longtail.report.AnchorReport;
import dev.longtail.report.StrongPairs.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What inspect is asked about the anchor tables of a model. */
final class AnchorOptions {

    @Option(
            names = "--anchors",
            arity = "0..1",
            fallbackValue = "10",
            paramLabel = "N",
            description = "With --model of anchor tables: every anchor with the N objects linked to it most strongly."
                    + " Default: 10.")
    private @Nullable Integer anchors;

    @Option(
            names = "--clusters",
            description = "With --model of anchor tables: items by their strongest anchor, and how pure in genres these"
                    + " clusters are.")
    private boolean clusters;

    @Option(
            names = "--pairs",
            arity = "0..1",
            fallbackValue = "20",
            paramLabel = "N",
            description = "With --model of anchor tables: the N pairs of objects whose links are most alike. Default:"
                    + " 20.")
    private @Nullable Integer pairs;

    @Option(
            names = "--pairs-by",
            paramLabel = "MEASURE",
            description = "similarity: the cosine of two rows of the transform, large where weights on anchors have the"
                    + " same proportions, made smaller where weights are small; or overlap: their product, large where"
                    + " both have large weights on the same anchors. Default: similarity.")
    private @Nullable Measure measure;

    @Option(
            names = "--zero-rows",
            arity = "0..1",
            fallbackValue = "10",
            paramLabel = "N",
            description = "With --model of anchor tables: how many objects have no link, by how often training saw"
                    + " them, with N examples. Default: 10.")
    private @Nullable Integer zeroRows;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "With these: one table only, items or users of a model that rates.")
    private @Nullable String table;

    @Option(
            names = "--least",
            paramLabel = "N",
            description = "With --anchors, --clusters and --pairs: name objects that training saw N times at least."
                    + " Default: " + AnchorReport.LEAST + ".")
    private @Nullable Integer least;

    /** Whether anything of anchor tables is asked for. */
    boolean any() {
        return anchors != null || clusters || pairs != null || zeroRows != null;
    }

    /** Refuses what has no effect, and numbers that are none. */
    void check() {
        if (!any() && (measure != null || table != null || least != null)) {
            throw new UsageException(
                    "--pairs-by, --table and --least go with --anchors, --clusters, --pairs or" + " --zero-rows");
        }
        if (measure != null && pairs == null) {
            throw new UsageException("--pairs-by goes with --pairs");
        }
        if (least != null && anchors == null && pairs == null && !clusters) {
            throw new UsageException("--least goes with --anchors, --clusters or --pairs");
        }
        check("--anchors", anchors, 1);
        check("--pairs", pairs, 1);
        check("--zero-rows", zeroRows, 0);
        check("--least", least, 0);
    }

    private static void check(String option, @Nullable Integer number, int lowest) {
        if (number != null && number < lowest) {
            throw new UsageException(option + " must be at least " + lowest + ", got " + number);
        }
    }

    /** Training examples that an object has at least to be named. */
    int least() {
        return least == null ? AnchorReport.LEAST : least;
    }

    /** The reports asked for, of those on all tables of a model. */
    List<AnchorReport> chosen(List<AnchorReport> reports) {
        String wanted = table;
        if (wanted == null) {
            return reports;
        }
        List<AnchorReport> chosen = reports.stream()
                .filter(report -> report.objects().kind().equals(wanted))
                .toList();
        if (chosen.isEmpty()) {
            throw new UsageException("--table " + wanted + ": anchor tables of this model are "
                    + String.join(
                            " and ",
                            reports.stream()
                                    .map(report -> report.objects().kind())
                                    .toList()));
        }
        return chosen;
    }

    /** Objects to name for each anchor, null where anchors are not asked for. */
    @Nullable
    Integer anchors() {
        return anchors;
    }

    boolean clusters() {
        return clusters;
    }

    /** Pairs to name, null where they are not asked for. */
    @Nullable
    Integer pairs() {
        return pairs;
    }

    Measure measure() {
        return measure == null ? Measure.SIMILARITY : measure;
    }

    /** Objects without links to name, null where they are not asked for. */
    @Nullable
    Integer zeroRows() {
        return zeroRows;
    }
}
