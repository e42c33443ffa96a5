package dev.longtail.cli;

import dev.longtail.report.AnchorGroup;
import dev.longtail.report.AnchorReport;
import dev.longtail.report.AnchorSizes;
import dev.longtail.report.CountRange;
import dev.longtail.report.GenreClusters;
import dev.longtail.report.GenreClusters.Cluster;
import dev.longtail.report.GenreClusters.Purity;
import dev.longtail.report.Numbers;
import dev.longtail.report.StrongPairs;
import dev.longtail.report.StrongPairs.Measure;
import dev.longtail.report.ZeroRows;
import dev.longtail.report.ZeroRows.FrequencyBand;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is inside an anchor table, for people. */
final class AnchorTables {

    /** Objects of an anchor whose purity is measured, as many as the paper shows. */
    static final int STRONGEST = 10;

    private static final int NAMED = 20;

    private final AnchorReport report;
    private final String kind;
    private final PrintWriter out;

    AnchorTables(AnchorReport report, PrintWriter out) {
        this.report = report;
        this.kind = report.objects().kind();
        this.out = out;
    }

    void print(AnchorOptions options) {
        printSizes();
        Integer anchors = options.anchors();
        Integer pairs = options.pairs();
        Integer zeroRows = options.zeroRows();
        if (anchors != null) {
            out.println();
            anchors(report.anchors(anchors));
        }
        if (options.clusters()) {
            out.println();
            clusters(report.clusters(STRONGEST));
        }
        if (pairs != null) {
            out.println();
            pairs(report.pairs(options.measure(), pairs, AnchorReport.PAIRS_AN_OBJECT));
        }
        if (zeroRows != null) {
            out.println();
            zeroRows(report.zeroRows(zeroRows));
        }
    }

    private String name(int object) {
        return Texts.printable(report.objects().name().apply(object));
    }

    private String count(int object) {
        return Texts.count(report.objects().count().applyAsInt(object));
    }

    private String least() {
        return report.least() <= 1
                ? ""
                : " of at least " + Texts.count(report.least()) + " "
                        + report.objects().seenIn();
    }

    /** How large the table is. */
    void printSizes() {
        AnchorSizes sizes = report.sizes();
        out.println("Table of the " + kind + ": the vectors, of length " + sizes.dimension() + ", of "
                + Texts.count(sizes.objects()) + " " + kind + " are sums of " + Texts.count(sizes.anchors())
                + " anchors, by " + Texts.count(sizes.links()) + " links.");
        Table table = Table.ofNumbers("", "this table", "a vector for each");
        table.row("parameters", Texts.count(sizes.parameters()), Texts.count(sizes.fullParameters()));
        table.row("bytes of these, 32 bits each", Texts.count(sizes.parameterBytes()), Texts.count(sizes.fullBytes()));
        table.row("bytes in the file, with indices", Texts.count(sizes.storedBytes()), Texts.count(sizes.fullBytes()));
        table.print(out);
        printObjects();
        out.println();
        Table links = Table.ofNumbers("links", kind, "%");
        for (CountRange range : sizes.linksARow()) {
            if (range.objects() > 0 || range.to() == 0) {
                links.row(
                        range.text(),
                        Texts.count(range.objects()),
                        Numbers.decimal(100.0 * range.objects() / sizes.objects(), 1));
            }
        }
        links.row("mean " + Numbers.decimal(sizes.meanLinks(), 2), Texts.count(sizes.objects()), "");
        links.print(out);
    }

    /** Which objects the anchors are; nothing where none is one. */
    private void printObjects() {
        int[] objects = Arrays.stream(report.table().objects())
                .filter(object -> object != AnchorGroup.NO_OBJECT)
                .toArray();
        if (objects.length > 0) {
            out.println(Texts.count(objects.length) + " of the anchors are " + kind + ": "
                    + Arrays.stream(objects).limit(NAMED).mapToObj(this::name).collect(Collectors.joining(", "))
                    + (objects.length > NAMED ? ", ..." : ""));
        }
    }

    private void anchors(List<AnchorGroup> groups) {
        out.println("Anchors and the " + kind + least() + " with the largest weights on them; %: what part");
        out.println("of all weights of the object that is");
        for (AnchorGroup group : groups) {
            String is = group.object() == AnchorGroup.NO_OBJECT ? "" : ", which is " + name(group.object());
            out.println("anchor " + group.anchor() + is + ": " + Texts.count(group.linked()) + " " + kind
                    + " are linked to it, the strongest link of " + Texts.count(group.strongest()) + " of them");
            Table table = Table.ofColumns("<>><");
            for (AnchorGroup.Member member : group.members()) {
                table.row(
                        "",
                        Numbers.weight(member.weight()),
                        Numbers.whole(member.share()) + " %",
                        name(member.object()));
            }
            table.print(out);
        }
    }

    private void clusters(GenreClusters clusters) {
        if (clusters.all().judged() == 0) {
            out.println("Clusters: the " + kind + " have no genres to compare them by.");
            return;
        }
        Table table = Table.ofColumns("><>><");
        table.row("anchor", "most frequent genre", "%", kind, "more often than elsewhere (%, of all %)");
        for (Cluster cluster : clusters.clusters()) {
            table.row(
                    Integer.toString(cluster.anchor()),
                    cluster.genre(),
                    Numbers.whole(cluster.share()),
                    Texts.count(cluster.judged()),
                    cluster.typical().stream()
                            .map(typical -> typical.genre() + " (" + Numbers.whole(typical.share()) + ", "
                                    + Numbers.whole(typical.overall()) + ")")
                            .collect(Collectors.joining(", ")));
        }
        out.println("Clusters of the " + kind + " by their strongest anchor, and their genres");
        table.print(out);
        out.println();
        Table purities = Table.ofNumbers("purity by genre, %", kind, "purity", "at random", "lowest", "highest");
        purity(purities, "all, by their strongest anchor", clusters.all());
        purity(purities, "the " + STRONGEST + " strongest of each anchor", clusters.strongest());
        purities.row(
                "all in one cluster",
                Texts.count(clusters.all().judged()),
                Numbers.decimal(100 * clusters.oneCluster(), 1));
        purities.row("Liang et al. 2021, MovieLens 25M", "", Numbers.decimal(100 * GenreClusters.PAPER, 1));
        purities.print(out);
        out.println("Purity: the share that has the most frequent genre of its anchor; who has several genres has each"
                + " of them.");
        out.println("At random: the same sizes, filled at random 100 times. Left out: "
                + Texts.count(clusters.withoutLinks()) + " without a link, " + Texts.count(clusters.withoutGenres())
                + " without a genre.");
    }

    private static void purity(Table table, String what, Purity purity) {
        table.row(
                what,
                Texts.count(purity.judged()),
                Numbers.decimal(100 * purity.value(), 1),
                Numbers.decimal(100 * purity.random(), 1),
                Numbers.decimal(100 * purity.low(), 1),
                Numbers.decimal(100 * purity.high(), 1));
    }

    private void pairs(StrongPairs pairs) {
        boolean product = pairs.measure() == Measure.OVERLAP;
        out.println("Pairs of " + kind + least() + " by the " + (product ? "product" : "similarity")
                + " of their rows, each in at most " + AnchorReport.PAIRS_AN_OBJECT + " pairs");
        if (!product) {
            out.println("Similarity is the cosine, made smaller where weights are small; rows of a single link are left"
                    + " out.");
        }
        if (!pairs.complete()) {
            out.println("Compared were only the most strongly linked of each anchor: all pairs would be too many.");
        }
        Table table = Table.ofColumns("<>>>><");
        table.row("", "similarity", "cosine", "product", "shared anchors", "pair");
        for (StrongPairs.Pair pair : pairs.pairs()) {
            table.row(
                    "",
                    Numbers.decimal(pair.similarity(), 3),
                    Numbers.decimal(pair.cosine(), 3),
                    Numbers.weight(pair.product()),
                    Texts.count(pair.shared()),
                    name(pair.first()) + " + " + name(pair.second()));
        }
        table.print(out);
    }

    private void zeroRows(ZeroRows zero) {
        String once = zero.zero() == 0 || Double.isNaN(zero.seenOnce())
                ? ""
                : ", " + Numbers.whole(zero.seenOnce()) + " % of these seen once only";
        out.println("Without a link: " + Texts.count(zero.zero()) + " of " + Texts.count(zero.objects()) + " " + kind
                + once);
        Table table = Table.ofNumbers(report.objects().seenIn(), kind, "without a link", "%", "mean links");
        for (FrequencyBand band : zero.bands()) {
            table.row(
                    band.text(),
                    Texts.count(band.objects()),
                    Texts.count(band.zero()),
                    Numbers.decimal(100 * band.zeroShare(), 1),
                    Numbers.decimal(band.meanLinks(), 2));
        }
        table.print(out);
        examples("Without a link although seen most often", zero.frequent());
        examples("Seen at most " + ZeroRows.RARE + " times and yet linked most strongly", zero.rareKept());
    }

    private void examples(String what, List<Integer> objects) {
        if (!objects.isEmpty()) {
            out.println(what);
            Table table = Table.ofColumns("<><");
            objects.forEach(object -> table.row("", count(object), name(object)));
            table.print(out);
        }
    }
}
