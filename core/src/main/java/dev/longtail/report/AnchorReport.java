package dev.longtail.report;

import dev.longtail.config.Require;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import dev.longtail.report.StrongPairs.Measure;
import dev.longtail.table.AnchorTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an anchor table E = T A has learned, in words of its objects: Table 5 and section 4.4 (3) and (4) of Liang et
 * al., "Anchor and Transform" (ICLR 2021). Everything is read from T; a link is an entry of it that is not 0. Where T
 * may be negative, weights are ordered by their size.
 */
public final class AnchorReport {

    /** Training examples that tell enough of an object for it to be named in lists, if nothing else is asked for. */
    public static final int LEAST = 10;

    /** Pairs in which an object stands, if nothing else is asked for: else strong objects would be in all of them. */
    public static final int PAIRS_AN_OBJECT = 2;

    private static final int DRAWS = 100;

    private final AnchorTable table;
    private final AnchorObjects objects;
    private final int least;

    /**
     * @param least training examples that an object has at least to be named among the strongest of an anchor or in a
     *     pair; everything else counts all objects
     */
    public AnchorReport(AnchorTable table, AnchorObjects objects, int least) {
        Require.that(least >= 0, "least", "at least 0", least);
        this.table = table;
        this.objects = objects;
        this.least = least;
    }

    /** Reports on the tables of users and items that have anchors. */
    public static List<AnchorReport> of(RatingModel model, int least) {
        List<AnchorReport> reports = new ArrayList<>();
        if (model.itemTable() instanceof AnchorTable items) {
            reports.add(new AnchorReport(items, AnchorObjects.of(model.items()), least));
        }
        if (model.userTable() instanceof AnchorTable users) {
            reports.add(new AnchorReport(users, AnchorObjects.of(model.users()), least));
        }
        return reports;
    }

    /** A report on the input table, if it has anchors. */
    public static List<AnchorReport> of(LabelModel model, int least) {
        return model.table() instanceof AnchorTable words
                ? List.of(new AnchorReport(words, AnchorObjects.of(model.features()), least))
                : List.of();
    }

    public AnchorTable table() {
        return table;
    }

    public AnchorObjects objects() {
        return objects;
    }

    /** Training examples that an object has at least to be named. */
    public int least() {
        return least;
    }

    /** How large the table is. */
    public AnchorSizes sizes() {
        return AnchorSizes.of(table);
    }

    /**
     * Every anchor with the objects that are linked to it most strongly, so many at most; anchors that are the
     * strongest
     * of more objects come first.
     */
    public List<AnchorGroup> anchors(int most) {
        Require.that(most >= 1, "objects of an anchor", "at least 1", most);
        return new AnchorGroups(table, objects, least).find(most);
    }

    /**
     * The pairs of objects whose rows are most alike.
     *
     * @param most     pairs at most
     * @param anObject pairs in which an object stands at most
     */
    public StrongPairs pairs(Measure measure, int most, int anObject) {
        Require.that(most >= 1, "pairs", "at least 1", most);
        Require.that(anObject >= 1, "pairs of an object", "at least 1", anObject);
        return new PairSearch(table, objects, measure, least).find(most, anObject);
    }

    /**
     * Clusters by anchors, and how pure they are; without a judged item where objects have no genres.
     *
     * @param strongest objects of each anchor whose purity is measured as well
     */
    public GenreClusters clusters(int strongest) {
        return new ClusterSearch(table, objects, anchors(strongest), least).measure(DRAWS);
    }

    /** Objects without a link, by how often training saw them; of each kind so many examples. */
    public ZeroRows zeroRows(int examples) {
        Require.that(examples >= 0, "examples", "at least 0", examples);
        return ZeroRows.of(table, objects, examples);
    }
}
