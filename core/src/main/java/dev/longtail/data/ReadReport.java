package dev.longtail.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the lines of some files. Malformed ones are errors and never get here; this counts well-formed ones of
 * which all or a part could not be used.
 *
 * @param <K> kinds of issues
 * @param files the files in the order they were read
 * @param read  examples or other entries read
 * @param kept  those of them that were kept
 * @param issues why the others were not
 */
public record ReadReport<K extends Enum<K> & Issues.Kind>(
        List<SourceFile> files, long read, long kept, Issues<K> issues) {

    public ReadReport {
        files = List.copyOf(files);
    }

    /** How often the issue occurred. */
    public long count(K issue) {
        return issues.count(issue);
    }

    /** Counts while files are read. */
    public static final class Tally<K extends Enum<K> & Issues.Kind> {
        private final List<SourceFile> files = new ArrayList<>();
        private final Issues.Tally<K> issues = new Issues.Tally<>();
        private long read;
        private long kept;

        /** A file has been read. */
        public void file(SourceFile file) {
            files.add(file);
        }

        /** An entry has been read. @param used whether it is kept */
        public void entry(boolean used) {
            read++;
            kept += used ? 1 : 0;
        }

        /** Something of an entry could not be used. */
        public void issue(K issue, String source, long line, String detail) {
            issues.add(issue, source, line, detail);
        }

        /** All so far. */
        public ReadReport<K> report() {
            return new ReadReport<>(files, read, kept, issues.issues());
        }
    }
}
