package dev.longtail.cli;

import dev.longtail.anchor.AnchorFiles;
import dev.longtail.anchor.AnchorFinder;
import dev.longtail.anchor.AnchorStart;
import dev.longtail.anchor.KnownObjects;
import dev.longtail.anchor.TextSources;
import dev.longtail.anchor.VectorReport;
import dev.longtail.data.SourceFile;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.FreeEntries;
import dev.longtail.relation.RelationGraph;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.AnchorSetup;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Chooses anchors of a table and finds relations between its objects before training, and tells what came of it. */
final class TableSetup {

    /** Apart from the streams of training, see {@link RandomStream}. */
    private static final long START = -5;

    private static final long RELATIONS = -6;
    private static final int NAMED = 5;

    private final Console console;
    private final ProgressDisplay progress;
    private final Workers workers;
    private final List<SourceFile> read = new ArrayList<>();

    TableSetup(Console console, ProgressDisplay progress, Workers workers) {
        this.console = console;
        this.progress = progress;
        this.workers = workers;
    }

    /**
     * The objects of a table.
     *
     * @param known what can be found out about those that have rows
     * @param name of an object for people
     */
    record Objects(KnownObjects known, IntFunction<String> name) {}

    /** Files that were read so far, beside those of the examples. */
    List<SourceFile> read() {
        return List.copyOf(read);
    }

    /**
     * Everything that settings and files ask for; it has been tried on the table.
     *
     * @param table of the model that is to be trained
     */
    AnchorSetup find(InputTable table, Objects objects, TableFiles files, long seed) throws IOException {
        if (!(table instanceof AnchorTable anchors)) {
            return AnchorSetup.NONE;
        }
        AnchorConfig config = anchors.config();
        try {
            Optional<AnchorStart> start = config.start().isPlain()
                    ? Optional.empty()
                    : Optional.of(start(config, objects, files, RandomStream.key(seed, START, 0)));
            Relations found = new Relations(console, progress, workers);
            Optional<RelationGraph> graph = files.relations().isEmpty()
                            && !config.relations().any()
                    ? Optional.empty()
                    : Optional.of(Relations.among(
                            found.find(objects, config, files.relations(), RandomStream.key(seed, RELATIONS, 0)),
                            table.features()));
            read.addAll(found.read());
            if (objects.known() instanceof TextSources texts) {
                texts.takenFrom().ifPresent(this::describe);
            }
            AnchorSetup setup = new AnchorSetup(start, graph);
            setup.applyTo(table);
            graph.ifPresent(known -> describe(known, anchors, objects.known()));
            return setup;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private AnchorStart start(AnchorConfig config, Objects objects, TableFiles files, long seed) throws IOException {
        AnchorFinder finder =
                new AnchorFinder(objects.known(), new AnchorFiles(files.anchors(), files.vectors(), progress), workers);
        AnchorStart start = finder.find(config.start(), config.shape(), seed);
        progress.clear();
        finder.reports().forEach(this::describe);
        describe(config, start, objects);
        return start;
    }

    private void describe(AnchorConfig config, AnchorStart start, Objects objects) {
        int[] named = Arrays.stream(start.objects())
                .filter(object -> object != FreeEntries.NO_OBJECT)
                .toArray();
        String first = Arrays.stream(named)
                .limit(NAMED)
                .mapToObj(objects.name())
                .map(Texts::printable)
                .collect(Collectors.joining(", "));
        String strategy = config.start().mixture().isEmpty()
                ? config.start().strategy().toString()
                : config.start().mixture();
        console.message("anchors by " + strategy + ": " + Texts.count(named.length) + " of "
                + Texts.count(start.anchors()) + " are " + objects.known().kind() + (named.length == 0 ? "" : ": ")
                + first + (named.length > NAMED ? ", ..." : ""));
    }

    private void describe(VectorReport report) {
        read.add(report.file());
        String unknown = report.unknown() == 0
                ? ""
                : ", " + Texts.count(report.unknown()) + " of unknown names left out ("
                        + report.examples().stream().map(Texts::printable).collect(Collectors.joining(", "))
                        + (report.unknown() > report.examples().size() ? ", ..." : "") + ")";
        String repeated = report.repeated() == 0
                ? ""
                : ", " + Texts.count(report.repeated()) + " of names that an earlier line has left out";
        console.message(report.file().name() + ": " + Texts.count(report.kept()) + " of " + Texts.count(report.read())
                + " lines used" + unknown + repeated);
    }

    private void describe(Path cached) {
        console.message("co-occurrences were counted before and read from " + cached);
    }

    private void describe(RelationGraph graph, AnchorTable table, KnownObjects known) {
        int free = graph.related().pairs() == 0 ? 0 : freeLinks(graph, table.objects());
        console.message("relations of the " + known.kind() + ": "
                + Texts.count(graph.related().pairs()) + " related pairs, which spare " + Texts.count(free)
                + " links to anchors the penalty; "
                + Texts.count(graph.unrelated().pairs()) + " unrelated ones"
                + (graph.unrelated().pairs() > 0 && table.config().unrelated() == 0
                        ? ", which have no effect with anchors.unrelated 0"
                        : ""));
    }

    private static int freeLinks(RelationGraph graph, int[] anchorObjects) {
        return FreeEntries.of(graph, anchorObjects).start(graph.objects());
    }
}
