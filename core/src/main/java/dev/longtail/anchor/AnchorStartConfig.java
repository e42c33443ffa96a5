package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.List;

/**
 * How anchors, and the first links of objects to them, are found.
 *
 * @param strategy how anchors are chosen
 * @param anchors how many, at least 1
 * @param mixture sets of a mixture, see {@link AnchorSet#parse}; empty for one set by strategy and anchors
 * @param links anchors that an object is linked to at first, at least 0
 * @param frequentShare share of the most frequent objects with {@link AnchorStrategy#FREQUENCY_THEN_CLUSTERING}
 * @param space where objects are clustered and nearest anchors are found
 * @param spaceDimension length of the vectors of the space of co-occurrence, at least 1
 * @param spaceFile vectors of the objects, see {@link VectorReader}; empty for none
 * @param rounds of k-means at most, at least 0; with 0, objects that k-means++ draws are the centres
 * @param coreset points of a coreset, at least 1
 * @param centres what stands for a cluster
 * @param anchorFile of imported anchors, see {@link ImportedAnchors}; empty for none
 */
public record AnchorStartConfig(
        @Setting("how anchors are chosen: random basis vectors, random-objects, the first objects by frequency or"
                + " tf-idf, centres of clustering, frequency-then-clustering, clustering of a coreset, or imported")
        AnchorStrategy strategy,

        @Setting("number of anchors, at least 1") int anchors,

        @Setting("sets of anchors as strategy:anchors,strategy:anchors in place of strategy and anchors; empty for one"
                + " set")
        String mixture,

        @Setting("anchors that an object is linked to at first, at least 0; the nearest where the space is known,"
                + " otherwise random ones")
        int links,

        @Setting("share of the anchors that are frequent objects with frequency-then-clustering, in [0, 1]")
        float frequentShare,

        @Setting("where objects lie for clustering: none, cooccurrence of words in the training texts, or the vectors"
                + " of a file")
        Space space,

        @Setting("length of the vectors of the cooccurrence space, at least 1; where it is the table's dimension, the"
                + " anchors' places are their first vectors")
        int spaceDimension,

        @Setting("vectors of the objects, one a line, name and numbers, as word2vec and GloVe write them; with space"
                + " file")
        String spaceFile,

        @Setting("rounds of k-means at most, at least 0; with 0 the centres are the objects that k-means++ draws")
        int rounds,

        @Setting("points of the coreset, at least 1") int coreset,

        @Setting(
                "what stands for a cluster: the object nearest to its mean, so that relations can be used, or the mean")
        Centres centres,

        @Setting("imported anchors, one a line: an object's name, or a name and a vector")
        String anchorFile) {

    /** Random basis vectors. */
    public static final AnchorStartConfig DEFAULT = new AnchorStartConfig(
            AnchorStrategy.RANDOM, 100, "", 4, 0.5f, Space.NONE, 64, "", 20, 10_000, Centres.OBJECTS, "");

    /** Where objects have places. */
    public enum Space {
        /** Nowhere. */
        NONE,
        /** By the words they co-occur with, see {@link CooccurrenceSpace}. */
        COOCCURRENCE,
        /** Given by a file. */
        FILE
    }

    /** What stands for a cluster. */
    public enum Centres {
        /** The object nearest to its mean. */
        OBJECTS,
        /** Its mean, which is no object. */
        MEANS
    }

    public AnchorStartConfig {
        Require.that(anchors >= 1, "anchors", "at least 1", anchors);
        Require.that(links >= 0, "links", "at least 0", links);
        Require.that(frequentShare >= 0 && frequentShare <= 1, "frequentShare", "in [0, 1]", frequentShare);
        Require.that(spaceDimension >= 1, "spaceDimension", "at least 1", spaceDimension);
        Require.that(rounds >= 0, "rounds", "at least 0", rounds);
        Require.that(coreset >= 1, "coreset", "at least 1", coreset);
        Require.that(
                (space == Space.FILE) != spaceFile.isEmpty(),
                "spaceFile",
                "given if and only if space is file",
                spaceFile);
        List<AnchorSet> sets = sets(mixture, strategy, anchors);
        boolean imports = sets.stream().anyMatch(set -> set.strategy() == AnchorStrategy.IMPORTED);
        Require.that(
                imports != anchorFile.isEmpty(), "anchorFile", "given if and only if anchors are imported", anchorFile);
        Require.that(
                space != Space.NONE
                        || sets.stream().noneMatch(set -> set.strategy().needsSpace()),
                "space",
                "cooccurrence or file when anchors are found by clustering",
                "none");
    }

    private static List<AnchorSet> sets(String mixture, AnchorStrategy strategy, int anchors) {
        return mixture.isEmpty() ? List.of(new AnchorSet(strategy, anchors)) : AnchorSet.parse(mixture);
    }

    /** The sets, one where there is no mixture. */
    public List<AnchorSet> sets() {
        return sets(mixture, strategy, anchors);
    }

    /** Whether {@link AnchorSources} must hold counts. */
    public boolean needsCounts() {
        return sets().stream().anyMatch(set -> set.strategy().needsCounts());
    }

    /** This configuration with one set. */
    public AnchorStartConfig with(AnchorStrategy newStrategy, int newAnchors) {
        return new AnchorStartConfig(
                newStrategy,
                newAnchors,
                "",
                links,
                frequentShare,
                space,
                spaceDimension,
                spaceFile,
                rounds,
                coreset,
                centres,
                newStrategy == AnchorStrategy.IMPORTED ? anchorFile : "");
    }
}
