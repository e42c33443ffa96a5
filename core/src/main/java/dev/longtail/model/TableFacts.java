package dev.longtail.model;

import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;

/**
 * What a table of users or items consists of.
 *
 * @param parameters numbers that are learned and stored, without indices
 * @param anchors vectors that rows are mixed of, 0 in a table that has none
 * @param nonZeros weights of those mixtures that are not 0, 0 in a table that has none
 */
public record TableFacts(long parameters, int anchors, long nonZeros) {

    /** Facts of a table as it is now. */
    public static TableFacts of(InputTable table) {
        return table instanceof AnchorTable anchors
                ? new TableFacts(
                        anchors.parameters(),
                        anchors.count(),
                        anchors.transform().nnz())
                : new TableFacts(table.parameters(), 0, 0);
    }
}
