package dev.longtail.relation;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import dev.longtail.data.LineReader;
import dev.longtail.data.ReadListener;
import dev.longtail.data.ReadReport;
import dev.longtail.data.ReadReport.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Reads pairs of objects from files, plain or gzip. A line is
 *
 * <pre>
 *   line   = object TAB object [TAB kind]
 *   object = one character or more, none of them a tab
 *   kind   = "related" | "unrelated" | weight
 *   weight = a decimal number such as 2, 0.5 or 1e-3
 * </pre>
 *
 * <p>Without a kind, the pair is related. With a weight it is related when the weight is at least the least that
 * counts, and left out otherwise. Pairs have no direction and may be repeated. A pair with an unknown object, or of an
 * object with itself, is left out and counted. There are no comments and no empty lines.
 */
public final class EdgeListReader {

    private static final Pattern WEIGHT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final int LINES_PER_REPORT = 2048;

    private final int objects;
    private final ToIntFunction<String> ids;
    private final double leastWeight;
    private final ReadListener listener;

    /**
     * What was read.
     *
     * @param graph of all objects
     * @param report which lines could not be used
     */
    public record EdgeList(RelationGraph graph, ReadReport<RelationIssue> report) {}

    /**
     * @param objects how many there are
     * @param ids from the name of an object to its number, or to one below 0 where it is unknown
     * @param leastWeight weight from which on a pair is related, finite
     * @param listener told of progress
     */
    public EdgeListReader(int objects, ToIntFunction<String> ids, double leastWeight, ReadListener listener) {
        Require.that(Double.isFinite(leastWeight), "least weight of a related pair", "finite", leastWeight);
        this.objects = objects;
        this.ids = ids;
        this.leastWeight = leastWeight;
        this.listener = listener;
    }

    /**
     * The graph of all pairs of the files.
     *
     * @throws InputException at the first line that does not follow the grammar, or when a pair is called both related
     *                        and unrelated
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public EdgeList read(List<Path> files) throws IOException {
        RelationGraphBuilder builder = new RelationGraphBuilder(objects);
        Tally<RelationIssue> tally = new Tally<>();
        for (Path file : files) {
            try (LineReader lines = LineReader.open(file)) {
                String text;
                while ((text = lines.next()) != null) {
                    tally.entry(add(parse(text, lines), lines, builder, tally));
                    if (lines.line() % LINES_PER_REPORT == 0) {
                        report(lines);
                    }
                }
                report(lines);
                tally.file(lines.sourceFile());
            }
        }
        int[] both = builder.contradiction();
        if (both != null) {
            throw contradiction(files, Neighbours.pair(both[0], both[1]));
        }
        return new EdgeList(builder.build(), tally.report());
    }

    private void report(LineReader lines) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + lines.source() + " was cancelled at line " + lines.line());
        }
        listener.progress(new ReadListener.Progress(
                "relations", lines.source(), lines.line(), lines.bytesDone(), lines.bytesTotal()));
    }

    private enum Kind {
        RELATED,
        UNRELATED,
        LIGHT
    }

    private record Line(String first, String second, Kind kind, String detail) {}

    private Line parse(String text, LineReader lines) {
        String[] fields = text.split("\t", -1);
        if (fields.length < 2 || fields.length > 3 || fields[0].isEmpty() || fields[1].isEmpty()) {
            throw lines.wrong("expected an object, a tab and an object, then perhaps a tab and related, unrelated or a"
                    + " weight");
        }
        String kind = fields.length == 3 ? fields[2] : "related";
        return new Line(fields[0], fields[1], kind(kind, lines), kind);
    }

    private Kind kind(String kind, LineReader lines) {
        if (kind.equals("related")) {
            return Kind.RELATED;
        }
        if (kind.equals("unrelated")) {
            return Kind.UNRELATED;
        }
        if (!WEIGHT.matcher(kind).matches()) {
            throw lines.wrong("'" + kind + "' is neither related nor unrelated nor a decimal number");
        }
        return Double.parseDouble(kind) >= leastWeight ? Kind.RELATED : Kind.LIGHT;
    }

    /** Whether the line names a pair of the graph. */
    private boolean add(Line line, LineReader lines, RelationGraphBuilder builder, Tally<RelationIssue> tally) {
        int u = ids.applyAsInt(line.first);
        int v = ids.applyAsInt(line.second);
        if (u < 0 || v < 0) {
            tally.issue(RelationIssue.UNKNOWN_OBJECT, lines.source(), lines.line(), u < 0 ? line.first : line.second);
        } else if (line.kind == Kind.LIGHT) {
            tally.issue(RelationIssue.LIGHT, lines.source(), lines.line(), line.detail);
        } else if (u == v && line.kind == Kind.UNRELATED) {
            throw lines.wrong("'" + line.first + "' is called unrelated to itself");
        } else if (u == v) {
            tally.issue(RelationIssue.SAME_OBJECT, lines.source(), lines.line(), line.first);
        } else {
            if (line.kind == Kind.RELATED) {
                builder.relate(u, v);
            } else {
                builder.separate(u, v);
            }
            return true;
        }
        return false;
    }

    /** Reads again to find the lines that contradict each other, which a pass over good files need not remember. */
    private InputException contradiction(List<Path> files, long pair) throws IOException {
        String earlier = "";
        Kind earlierKind = Kind.LIGHT;
        for (Path file : files) {
            try (LineReader lines = LineReader.open(file)) {
                String text;
                while ((text = lines.next()) != null) {
                    Line line = parse(text, lines);
                    int u = ids.applyAsInt(line.first);
                    int v = ids.applyAsInt(line.second);
                    if (line.kind == Kind.LIGHT || u < 0 || v < 0 || Neighbours.pair(u, v) != pair) {
                        continue;
                    }
                    if (earlierKind == Kind.LIGHT) {
                        earlier = lines.source() + ":" + lines.line();
                        earlierKind = line.kind;
                    } else if (line.kind != earlierKind) {
                        return lines.wrong("'" + line.first + "' and '" + line.second
                                + "' are called related and unrelated, here and at " + earlier
                                + "; keep one of the lines");
                    }
                }
            }
        }
        return new InputException(files.get(0).toString(), 0, "changed while it was read; start again");
    }
}
