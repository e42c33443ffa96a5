package dev.longtail.cli;

import dev.longtail.anchor.KnownObjects;
import dev.longtail.anchor.TextSources;
import dev.longtail.config.InputException;
import dev.longtail.data.ReadReport;
import dev.longtail.data.SourceFile;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.EdgeListReader;
import dev.longtail.relation.RelationConfig;
import dev.longtail.relation.RelationGraph;
import dev.longtail.relation.RelationGraphBuilder;
import dev.longtail.relation.RelationIssue;
import dev.longtail.table.AnchorConfig;
import dev.longtail.wordnet.WordNetRelations;
import dev.longtail.wordnet.WordNetRelations.WordNetGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Relations between the objects of a table from all sources together. */
final class Relations {

    private final Console console;
    private final ProgressDisplay progress;
    private final Workers workers;
    private final List<SourceFile> read = new ArrayList<>();

    Relations(Console console, ProgressDisplay progress, Workers workers) {
        this.console = console;
        this.progress = progress;
        this.workers = workers;
    }

    /** Files that were read. */
    List<SourceFile> read() {
        return List.copyOf(read);
    }

    /**
     * The graph of all sources, over the objects that have rows.
     *
     * @param seed of the pairs that are drawn
     */
    RelationGraph find(TableSetup.Objects objects, AnchorConfig config, List<Path> files, long seed)
            throws IOException {
        RelationConfig asked = config.relations();
        int rows = objects.known().objects();
        RelationGraph graph = new RelationGraphBuilder(rows).build();
        if (!files.isEmpty()) {
            graph = graph.union(ofFiles(objects, asked.leastWeight(), files));
        }
        if (asked.wordnet()) {
            graph = graph.union(ofWordNet(objects));
        }
        if (asked.cooccurrence()) {
            RelationGraph near = objects.known().cooccurrences(workers).graph(config.cooccurrence());
            progress.clear();
            graph = graph.union(among(near, rows));
        }
        if (asked.drawnUnrelated() > 0) {
            graph = graph.withDrawnUnrelated(asked.drawnUnrelated(), seed);
        }
        check(graph, config, objects);
        return graph;
    }

    private RelationGraph ofFiles(TableSetup.Objects objects, double leastWeight, List<Path> files) throws IOException {
        KnownObjects known = objects.known();
        EdgeListReader reader = new EdgeListReader(known.objects(), known::indexOf, leastWeight, progress);
        EdgeListReader.EdgeList list = reader.read(files);
        progress.clear();
        ReadReport<RelationIssue> report = list.report();
        if (report.kept() == 0) {
            throw new InputException(
                    files.get(0).toString(),
                    0,
                    "holds no pair of known " + known.kind()
                            + report.issues().occurrences().stream()
                                    .limit(1)
                                    .map(issue -> ", line " + issue.line() + " says '" + Texts.printable(issue.detail())
                                            + "'")
                                    .collect(Collectors.joining())
                            + "; is it the right file?");
        }
        SkipReport.print(report.issues(), console);
        read.addAll(report.files());
        return list.graph();
    }

    private RelationGraph ofWordNet(TableSetup.Objects objects) throws IOException {
        KnownObjects known = objects.known();
        if (!(known instanceof TextSources)) {
            throw new UsageException(
                    "--relations wordnet is of words in texts, and these are numbered " + known.kind());
        }
        try (WordNetRelations wordnet = WordNetRelations.open()) {
            WordNetGraph found = wordnet.graph(known.objects(), objects.name(), known::indexOf);
            console.message("WordNet knows " + Texts.count(found.known()) + " of " + Texts.count(known.objects()) + " "
                    + known.kind());
            if (found.known() == 0) {
                throw new UsageException(
                        "--relations wordnet: none of the words stands in WordNet, which is of English words");
            }
            return found.graph();
        }
    }

    /** The same pairs among more objects, or fewer, of which the ones left out are in none. */
    static RelationGraph among(RelationGraph graph, int objects) {
        if (graph.objects() == objects) {
            return graph;
        }
        RelationGraphBuilder among = new RelationGraphBuilder(objects);
        graph.related().forEach((u, v) -> {
            if (u < objects && v < objects) {
                among.relate(u, v);
            }
        });
        graph.unrelated().forEach((u, v) -> {
            if (u < objects && v < objects) {
                among.separate(u, v);
            }
        });
        return among.build();
    }

    private static void check(RelationGraph graph, AnchorConfig config, TableSetup.Objects objects) {
        boolean related = graph.related().pairs() > 0;
        boolean unrelated = graph.unrelated().pairs() > 0;
        if (!related && !unrelated) {
            throw new UsageException("no two " + objects.known().kind() + " are related by what --relations names");
        }
        if (config.unrelated() > 0 && unrelated) {
            return;
        }
        if (!related) {
            throw new UsageException(
                    "all relations are unrelated pairs, which have an effect with anchors.unrelated above 0 only");
        }
        if (config.penalty().l1() == 0) {
            throw new UsageException("related pairs spare links the penalty, and with anchors.penalty.l1 0 there is"
                    + " none; set it above 0");
        }
    }
}
