package dev.longtail.anchor;

import dev.longtail.data.SourceFile;
import java.util.List;

/**
 * What became of the lines of a file of vectors or anchors. Malformed lines are errors and never get here.
 *
 * @param file that was read
 * @param read lines read, without a header
 * @param kept lines used
 * @param unknown lines whose object is not known, left out
 * @param repeated lines whose object an earlier line has, left out
 * @param examples the first unknown names, at most {@value #NAMED}
 */
public record VectorReport(SourceFile file, long read, long kept, long unknown, long repeated, List<String> examples) {

    /** Unknown names that are kept. */
    public static final int NAMED = 5;

    public VectorReport {
        examples = List.copyOf(examples);
    }
}
