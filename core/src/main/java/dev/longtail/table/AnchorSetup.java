package dev.longtail.table;

import dev.longtail.anchor.AnchorStart;
import dev.longtail.config.Require;
import dev.longtail.relation.RelationGraph;
import java.util.Optional;

/**
 * What is found out about the objects of an anchor table before it is trained.
 *
 * @param start in place of random anchors and links; empty for random ones
 * @param relations between the objects; empty where none are known
 */
public record AnchorSetup(Optional<AnchorStart> start, Optional<RelationGraph> relations) {

    /** Nothing. */
    public static final AnchorSetup NONE = new AnchorSetup(Optional.empty(), Optional.empty());

    /**
     * Gives a table what was found, after its first values have been drawn.
     *
     * @throws IllegalArgumentException when the table has no anchors, its settings ask for anchors or relations that
     *                                  were not found, or do not go with what was found
     */
    public void applyTo(InputTable table) {
        if (table instanceof AnchorTable anchors) {
            check(anchors.config());
            start.ifPresent(anchors::start);
            relations.ifPresent(anchors::relate);
        } else {
            Require.that(
                    start.isEmpty() && relations.isEmpty(),
                    "table",
                    "one of anchors, which start and relations are for",
                    "another");
        }
    }

    private void check(AnchorConfig config) {
        Require.that(
                config.start().isPlain() || start.isPresent(),
                "anchors",
                "chosen before training, as anchors.start says; see AnchorSetup",
                "none");
        Require.that(
                !config.relations().any() || relations.isPresent(),
                "relations",
                "found before training, as anchors.relations says; see AnchorSetup",
                "none");
    }
}
