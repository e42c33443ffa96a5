package dev.longtail.cli;

import dev.longtail.data.Issues;

/** What was not used as it stands in the files, by reason, with the first few places. */
final class SkipReport {

    private SkipReport() {}

    static <K extends Enum<K> & Issues.Kind> void print(Issues<K> issues, Console console) {
        issues.counts().forEach((kind, count) -> {
            String more = count > Issues.NAMED ? ", ..." : "";
            console.message(Texts.count(count) + " x " + kind.meaning() + ": " + places(issues, kind) + more);
        });
    }

    /** File and line of each named occurrence; the file only where it is another than before. */
    private static <K extends Enum<K> & Issues.Kind> String places(Issues<K> issues, K kind) {
        StringBuilder places = new StringBuilder();
        String source = "";
        for (Issues.Occurrence<K> occurrence : issues.occurrences()) {
            if (occurrence.kind() == kind) {
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
