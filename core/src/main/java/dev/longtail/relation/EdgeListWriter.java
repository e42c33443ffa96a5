package dev.longtail.relation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.IntFunction;

/** Writes a graph as lines that {@link EdgeListReader} reads, so that relations are found once and used again. */
public final class EdgeListWriter {

    private EdgeListWriter() {}

    /**
     * Writes all pairs, related ones first, each group ascending.
     *
     * @param names from the number of an object to its name
     * @throws IllegalArgumentException when a name is empty or holds a tab or the end of a line
     */
    public static void write(RelationGraph graph, IntFunction<String> names, Writer out) throws IOException {
        try {
            graph.related().forEach((u, v) -> line(names.apply(u), names.apply(v), "related", out));
            graph.unrelated().forEach((u, v) -> line(names.apply(u), names.apply(v), "unrelated", out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void line(String first, String second, String kind, Writer out) {
        try {
            out.write(checked(first) + '\t' + checked(second) + '\t' + kind + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checked(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
            throw new IllegalArgumentException(
                    "an object of an edge list has a name without tabs and ends of lines, got '" + name + "'");
        }
        return name;
    }
}
