package dev.longtail.cli;

import dev.longtail.data.ReadReport;

/** What was not used as it stands in the files, by reason, with the first few places. */
final class SkipReport {

    private SkipReport() {}

    static void print(ReadReport report, Console console) {
        for (ReadReport.Issue issue : ReadReport.Issue.values()) {
            long count = report.count(issue);
            if (count > 0) {
                String more = count > ReadReport.NAMED ? ", ..." : "";
                console.message(Texts.count(count) + " x " + issue.meaning() + ": " + places(report, issue) + more);
            }
        }
    }

    /** File and line of each named occurrence; the file only where it is another than before. */
    private static String places(ReadReport report, ReadReport.Issue issue) {
        StringBuilder places = new StringBuilder();
        String source = "";
        for (ReadReport.Occurrence occurrence : report.occurrences()) {
            if (occurrence.issue() == issue) {
                places.append(places.length() > 0 ? ", " : "");
                places.append(occurrence.source().equals(source) ? "" : occurrence.source() + ":");
                places.append(occurrence.line());
                places.append(occurrence.detail().isEmpty() ? "" : " " + Texts.printable(occurrence.detail()));
                source = occurrence.source();
            }
        }
        return places.toString();
    }
}
