package dev.longtail.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Report} as one HTML page that loads nothing: it works from a file, without a network, light or dark, on
 * paper and without its script. Whatever comes from the data is escaped.
 */
public final class ReportPage {

    private ReportPage() {}

    /** The whole page; equal reports give equal pages. */
    public static String html(Report report) {
        List<AnchorReport> anchors = AnchorReport.of(report.model().stored().model(), AnchorReport.LEAST);
        PageFrame frame = new PageFrame(
                "Report on " + report.model().name(),
                PageFrame.resource("report.js"),
                contents(report, !anchors.isEmpty()));
        sections(frame.page(), report, anchors);
        return frame.end();
    }

    private static Map<String, String> contents(Report report, boolean anchors) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("summary", "Model and test set");
        sections.put("measures", "Measures");
        report.comparison().ifPresent(comparison -> sections.put("comparison", "Comparison"));
        sections.put("labels", "Labels");
        sections.put("reliability", "Reliability");
        sections.put("learning", "Learning curves");
        if (anchors) {
            sections.put(AnchorSection.ID, AnchorSection.TITLE);
        }
        sections.put("errors", "Errors");
        sections.put("origin", "Training");
        return sections;
    }

    private static void sections(Html page, Report report, List<AnchorReport> anchors) {
        SummarySection summary = new SummarySection(report);
        MeasureSection measures = new MeasureSection(report);
        summary.write(page);
        measures.write(page);
        report.comparison().ifPresent(comparison -> measures.writeComparison(page, comparison));
        new LabelSection(report.model()).write(page);
        new ReliabilitySection(report.results()).write(page);
        new CurveSection(report.results()).write(page);
        if (!anchors.isEmpty()) {
            new AnchorSection(anchors).write(page);
        }
        ErrorSection.write(page, report.errors());
        summary.writeOrigin(page);
    }
}
