package dev.longtail.report;

import dev.longtail.config.Require;
import dev.longtail.report.StrongPairs.Measure;
import dev.longtail.table.AnchorTable;
import java.util.List;

/**
 * What an anchor table E = T A has learned, in words of its objects: Table 5 and section 4.4 (3) and (4) of Liang et
 * al., "Anchor and Transform" (ICLR 2021). Everything is read from T; a link is an entry of it that is not 0. Where T
 * may be negative, weights are ordered by their size.
 */
public final class AnchorReport {

    private static final long SEED = 1;

    private final AnchorTable table;
    private final AnchorObjects objects;

    public AnchorReport(AnchorTable table, AnchorObjects objects) {
        this.table = table;
        this.objects = objects;
    }

    public AnchorTable table() {
        return table;
    }

    public AnchorObjects objects() {
        return objects;
    }

    /** How large the table is. */
    public AnchorSizes sizes() {
        return AnchorSizes.of(table);
    }

    /** Every anchor by number with the objects that are linked to it most strongly, so many at most. */
    public List<AnchorGroup> anchors(int most) {
        Require.that(most >= 1, "objects of an anchor", "at least 1", most);
        return new AnchorGroups(table, objects).find(most);
    }

    /**
     * The pairs of objects whose rows are most alike.
     *
     * @param most  pairs at most
     * @param least training examples that an object has at least to be looked at
     */
    public StrongPairs pairs(Measure measure, int most, int least) {
        Require.that(most >= 1, "pairs", "at least 1", most);
        return new PairSearch(table, objects, measure, least).find(most);
    }

    /** Clusters by anchors, and how pure they are; without a judged item where objects have no genres. */
    public GenreClusters clusters(int draws) {
        Require.that(draws >= 1, "draws", "at least 1", draws);
        return new GenreCounts(table, objects).measure(draws, SEED);
    }

    /** Objects without a link, by how often training saw them; of each kind so many examples. */
    public ZeroRows zeroRows(int examples) {
        Require.that(examples >= 0, "examples", "at least 0", examples);
        return ZeroRows.of(table, objects, examples);
    }
}
