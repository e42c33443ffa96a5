package dev.longtail.cli;

import dev.longtail.data.ReadReport;
import java.util.stream.Collectors;

/** What was not used as it stands in the files, by reason, with the first few places. */
final class SkipReport {

    private SkipReport() {}

    static void print(ReadReport report, Console console) {
        for (ReadReport.Issue issue : ReadReport.Issue.values()) {
            long count = report.count(issue);
            if (count > 0) {
                String places = report.occurrences().stream()
                        .filter(occurrence -> occurrence.issue() == issue)
                        .map(SkipReport::place)
                        .collect(Collectors.joining(", "));
                String more = count > ReadReport.NAMED ? ", ..." : "";
                console.message(Texts.count(count) + " x " + issue.meaning() + ": " + places + more);
            }
        }
    }

    private static String place(ReadReport.Occurrence occurrence) {
        String detail = occurrence.detail().isEmpty() ? "" : " " + Texts.printable(occurrence.detail());
        return occurrence.source() + ":" + occurrence.line() + detail;
    }
}
