package dev.longtail.cli;

import dev.longtail.report.AnchorGroup;
import dev.longtail.report.AnchorObjects;
import dev.longtail.report.AnchorReport;
import dev.longtail.report.AnchorSizes;
import dev.longtail.report.CountRange;
import dev.longtail.report.GenreClusters;
import dev.longtail.report.GenreClusters.Cluster;
import dev.longtail.report.GenreClusters.Purity;
import dev.longtail.report.StrongPairs;
import dev.longtail.report.ZeroRows;
import dev.longtail.report.ZeroRows.FrequencyBand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is inside an anchor table, for programs: sizes, and of the rest what was asked for. */
final class AnchorJson {

    private final AnchorObjects objects;

    private AnchorJson(AnchorObjects objects) {
        this.objects = objects;
    }

    static ObjectNode of(AnchorReport report, AnchorOptions options) {
        AnchorJson json = new AnchorJson(report.objects());
        ObjectNode object = sizes(report);
        Integer anchors = options.anchors();
        Integer pairs = options.pairs();
        Integer zeroRows = options.zeroRows();
        if (anchors != null) {
            json.anchors(report.anchors(anchors), object.putArray("anchorObjects"));
        }
        if (options.clusters()) {
            put(report.clusters(AnchorTables.STRONGEST), object.putObject("clusters"));
        }
        if (pairs != null) {
            json.pairs(report.pairs(options.measure(), pairs, AnchorReport.PAIRS_AN_OBJECT), object.putObject("pairs"));
        }
        if (zeroRows != null) {
            json.zeroRows(report.zeroRows(zeroRows), object.putObject("zeroRows"));
        }
        return object;
    }

    /** The sizes of a table. */
    static ObjectNode sizes(AnchorReport report) {
        AnchorSizes sizes = report.sizes();
        ObjectNode object = Json.object();
        object.put("table", report.objects().kind());
        object.put("objects", sizes.objects());
        object.put("anchors", sizes.anchors());
        object.put(
                "anchorsThatAreObjects",
                Arrays.stream(report.table().objects())
                        .filter(each -> each != AnchorGroup.NO_OBJECT)
                        .count());
        object.put("dimension", sizes.dimension());
        object.put("links", sizes.links());
        object.put("meanLinks", sizes.meanLinks());
        object.put("parameters", sizes.parameters());
        object.put("fullParameters", sizes.fullParameters());
        object.put("parameterBytes", sizes.parameterBytes());
        object.put("storedBytes", sizes.storedBytes());
        object.put("fullBytes", sizes.fullBytes());
        ArrayNode links = object.putArray("linksAnObject");
        for (CountRange range : sizes.linksARow()) {
            links.addObject().put("from", range.from()).put("to", range.to()).put("objects", range.objects());
        }
        return object;
    }

    private ObjectNode named(int object, ObjectNode into) {
        return into.put("name", objects.name().apply(object))
                .put("count", objects.count().applyAsInt(object));
    }

    private void anchors(List<AnchorGroup> groups, ArrayNode into) {
        for (AnchorGroup group : groups) {
            ObjectNode entry = into.addObject();
            entry.put("anchor", group.anchor());
            if (group.object() != AnchorGroup.NO_OBJECT) {
                named(group.object(), entry.putObject("is"));
            }
            entry.put("linked", group.linked());
            entry.put("strongest", group.strongest());
            entry.put("weight", group.weight());
            ArrayNode members = entry.putArray("objects");
            for (AnchorGroup.Member member : group.members()) {
                named(member.object(), members.addObject())
                        .put("weight", member.weight())
                        .put("share", member.share());
            }
        }
    }

    /** The clusters and their purity. */
    static void put(GenreClusters clusters, ObjectNode into) {
        put("all", clusters.all(), into);
        put("strongest", clusters.strongest(), into);
        if (clusters.all().judged() > 0) {
            into.put("oneClusterPurity", clusters.oneCluster());
        }
        into.put("withoutLinks", clusters.withoutLinks());
        into.put("withoutGenres", clusters.withoutGenres());
        ArrayNode list = into.putArray("clusters");
        for (Cluster cluster : clusters.clusters()) {
            ObjectNode entry = list.addObject();
            entry.put("anchor", cluster.anchor());
            entry.put("objects", cluster.judged());
            entry.put("genre", cluster.genre());
            entry.put("share", cluster.share());
            ArrayNode typical = entry.putArray("typical");
            cluster.typical()
                    .forEach(genre -> typical.addObject()
                            .put("genre", genre.genre())
                            .put("share", genre.share())
                            .put("overall", genre.overall()));
        }
    }

    // What is not measured is left out: JSON has no NaN.
    private static void put(String name, Purity purity, ObjectNode into) {
        ObjectNode entry = into.putObject(name);
        entry.put("objects", purity.judged());
        if (purity.judged() > 0) {
            entry.put("purity", purity.value());
            entry.put("random", purity.random());
            entry.put("randomLow", purity.low());
            entry.put("randomHigh", purity.high());
        }
    }

    private void pairs(StrongPairs pairs, ObjectNode into) {
        into.put("by", pairs.measure().name().toLowerCase(Locale.ROOT));
        into.put("complete", pairs.complete());
        ArrayNode list = into.putArray("pairs");
        for (StrongPairs.Pair pair : pairs.pairs()) {
            ObjectNode entry = list.addObject();
            named(pair.first(), entry.putObject("first"));
            named(pair.second(), entry.putObject("second"));
            entry.put("similarity", pair.similarity());
            entry.put("cosine", pair.cosine());
            entry.put("product", pair.product());
            entry.put("sharedAnchors", pair.shared());
        }
    }

    private void zeroRows(ZeroRows zero, ObjectNode into) {
        into.put("objects", zero.objects());
        into.put("zero", zero.zero());
        ArrayNode bands = into.putArray("bands");
        for (FrequencyBand band : zero.bands()) {
            ObjectNode entry = bands.addObject();
            entry.put("from", band.from());
            if (band.to() < Integer.MAX_VALUE) {
                entry.put("to", band.to());
            }
            entry.put("objects", band.objects());
            entry.put("zero", band.zero());
            entry.put("meanLinks", band.meanLinks());
        }
        ArrayNode frequent = into.putArray("frequentWithoutLink");
        zero.frequent().forEach(object -> named(object, frequent.addObject()));
        ArrayNode rare = into.putArray("rareWithLinks");
        zero.rareKept().forEach(object -> named(object, rare.addObject()));
    }
}
