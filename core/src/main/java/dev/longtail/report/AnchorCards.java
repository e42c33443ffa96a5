package dev.longtail.report;

import dev.longtail.report.GenreClusters.Cluster;
import dev.longtail.report.GenreClusters.Purity;
import dev.longtail.report.StrongPairs.Measure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of a table with the objects that are linked to them most strongly, their genres, and pairs of objects.
 */
final class AnchorCards {

    private static final int OBJECTS = 10;
    private static final int ANCHORS = 24;
    private static final int PAIRS = 12;

    private final AnchorReport report;
    private final String kind;

    AnchorCards(AnchorReport report) {
        this.report = report;
        this.kind = report.objects().kind();
    }

    void write(Html page) {
        List<AnchorGroup> groups = report.anchors(OBJECTS);
        GenreClusters clusters = report.clusters(OBJECTS);
        page.element("h3", "Anchors and their strongest " + kind);
        String shown =
                groups.size() > ANCHORS ? " Of " + Numbers.count(groups.size()) + ", the first " + ANCHORS + "." : "";
        page.element(
                "p",
                "The largest weights of each anchor, and in % their part of all weights of the object: 100 % means that"
                        + " it has no other link. Anchors that are the strongest of more " + kind + " come first."
                        + shown + " Named are " + kind + " with at least " + Numbers.count(report.least()) + " "
                        + report.objects().seenIn() + ".");
        Map<Integer, Cluster> byAnchor = new HashMap<>();
        clusters.clusters().forEach(cluster -> byAnchor.put(cluster.anchor(), cluster));
        page.markup("<div class=\"cards\">\n");
        groups.stream().limit(ANCHORS).forEach(group -> card(page, group, byAnchor.get(group.anchor())));
        page.markup("</div>\n");
        if (clusters.all().judged() > 0) {
            purity(page, clusters);
        }
        pairs(page);
    }

    private void card(Html page, AnchorGroup group, @Nullable Cluster cluster) {
        String is = group.object() == AnchorGroup.NO_OBJECT
                ? ""
                : ": " + report.objects().name().apply(group.object());
        page.markup("<article>\n").element("h4", "Anchor " + group.anchor() + is);
        page.element(
                "p",
                Numbers.count(group.linked()) + " " + kind + " are linked to it. It is the strongest link of "
                        + Numbers.count(group.strongest()) + "."
                        + (cluster == null ? "" : " Of these, " + genres(cluster) + "."));
        page.markup("<ol>\n");
        for (AnchorGroup.Member member : group.members()) {
            page.markup("<li>")
                    .text(report.objects().name().apply(member.object()) + " ")
                    .element("small", Numbers.weight(member.weight()) + ", " + Numbers.whole(member.share()) + " %")
                    .markup("</li>\n");
        }
        page.markup("</ol>\n</article>\n");
    }

    private static String genres(Cluster cluster) {
        String most = Numbers.whole(cluster.share()) + " % are " + cluster.genre();
        return cluster.typical().isEmpty()
                ? most
                : most + "; more often than elsewhere "
                        + cluster.typical().stream()
                                .map(typical -> typical.genre() + " (" + Numbers.whole(typical.share()) + " %, of all "
                                        + Numbers.whole(typical.overall()) + " %)")
                                .collect(Collectors.joining(", "));
    }

    private void purity(Html page, GenreClusters clusters) {
        page.element("h3", "Do anchors find genres?");
        page.element(
                "p",
                "Each item belongs to its strongest anchor. Purity is the share of the items that have the most"
                        + " frequent genre of their anchor. Half of a catalogue may be dramas, so what counts is how"
                        + " far it is above the purity of groups of the same sizes that are filled at random.");
        page.table("Purity, %", List.of("", kind, "purity", "at random", "lowest to highest of 100 draws"));
        row(page, "all " + kind + " by their strongest anchor", clusters.all());
        row(page, "the " + OBJECTS + " strongest of each anchor", clusters.strongest());
        page.row(List.of(
                "all in one group",
                Numbers.count(clusters.all().judged()),
                Numbers.decimal(100 * clusters.oneCluster(), 1),
                "",
                ""));
        page.row(
                List.of("Liang et al. 2021, MovieLens 25M", "", Numbers.decimal(100 * GenreClusters.PAPER, 1), "", ""));
        page.endTable();
        page.element(
                "p",
                "An item of several genres counts for each of them. Liang et al. do not tell how they counted. "
                        + Numbers.count(clusters.withoutLinks()) + " " + kind + " without a link and "
                        + Numbers.count(clusters.withoutGenres()) + " without a genre are left out.");
    }

    private static void row(Html page, String what, Purity purity) {
        page.row(List.of(
                what,
                Numbers.count(purity.judged()),
                Numbers.decimal(100 * purity.value(), 1),
                Numbers.decimal(100 * purity.random(), 1),
                Numbers.decimal(100 * purity.low(), 1) + " to " + Numbers.decimal(100 * purity.high(), 1)));
    }

    private void pairs(Html page) {
        StrongPairs pairs = report.pairs(Measure.SIMILARITY, PAIRS, AnchorReport.PAIRS_AN_OBJECT);
        if (pairs.pairs().isEmpty()) {
            return;
        }
        page.element("h3", "Pairs of " + kind + " that are most alike");
        page.element(
                "p",
                "The similarity of two rows of T is their cosine, which is 1 where weights on anchors have the same"
                        + " proportions, made smaller where weights are small. Left out are rows of a single link,"
                        + " which all are alike. None is in more than " + AnchorReport.PAIRS_AN_OBJECT + " pairs."
                        + (pairs.complete() ? "" : " Compared were the most strongly linked of each anchor only."));
        page.table("Pairs", List.of("", "similarity", "cosine", "shared anchors"));
        for (StrongPairs.Pair pair : pairs.pairs()) {
            page.row(List.of(
                    report.objects().name().apply(pair.first()) + " + "
                            + report.objects().name().apply(pair.second()),
                    Numbers.decimal(pair.similarity(), 3),
                    Numbers.decimal(pair.cosine(), 3),
                    Numbers.count(pair.shared())));
        }
        page.endTable();
    }
}
