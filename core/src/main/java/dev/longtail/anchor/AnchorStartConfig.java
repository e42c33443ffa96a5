package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.List;
import java.util.function.Predicate;

/**
 * How the anchors of a table are chosen. How many there are and how many links objects have at first is the table's
 * own, see {@link AnchorShape}; files are no settings, see {@link AnchorFiles}.
 *
 * @param strategy how anchors are chosen
 * @param mixture sets of a mixture, see {@link AnchorSet#parse}; empty for one set by strategy
 * @param frequentShare share of the most frequent objects with {@link AnchorStrategy#FREQUENCY_THEN_CLUSTERING}
 * @param space where objects are clustered and nearest anchors are found
 * @param spaceDimension length of the vectors of the space of co-occurrence, at least 1
 * @param rounds of k-means at most, at least 0; with 0, objects that k-means++ draws are the centres
 * @param coreset points of a coreset, at least 1
 * @param centres what stands for a cluster
 */
public record AnchorStartConfig(
        @Setting("how anchors are chosen: random basis vectors, random-objects, the first objects by frequency or"
                + " tf-idf, centres of clustering, frequency-then-clustering, clustering of a coreset, or imported from"
                + " a file")
        AnchorStrategy strategy,

        @Setting("sets of anchors as strategy:anchors,strategy:anchors in place of strategy, as many anchors in all as"
                + " the table has; empty for one set")
        String mixture,

        @Setting("share of the anchors that are frequent objects with frequency-then-clustering, in [0, 1]")
        float frequentShare,

        @Setting("where objects lie for clustering and nearest anchors: none, cooccurrence of words in the training"
                + " texts, or the vectors of a file")
        Space space,

        @Setting("length of the vectors of the cooccurrence space, at least 1; where it is the table's dimension, the"
                + " anchors' places are their first vectors")
        int spaceDimension,

        @Setting("rounds of k-means at most, at least 0; with 0 the centres are the objects that k-means++ draws")
        int rounds,

        @Setting("points of the coreset, at least 1") int coreset,

        @Setting(
                "what stands for a cluster: the object nearest to its mean, so that relations can be used, or the mean")
        Centres centres) {

    /** Random basis vectors. */
    public static final AnchorStartConfig DEFAULT =
            new AnchorStartConfig(AnchorStrategy.RANDOM, "", 0.5f, Space.NONE, 64, 20, 10_000, Centres.OBJECTS);

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
        Require.that(frequentShare >= 0 && frequentShare <= 1, "frequentShare", "in [0, 1]", frequentShare);
        Require.that(spaceDimension >= 1, "spaceDimension", "at least 1", spaceDimension);
        Require.that(rounds >= 0, "rounds", "at least 0", rounds);
        Require.that(coreset >= 1, "coreset", "at least 1", coreset);
        List<AnchorStrategy> strategies = mixture.isEmpty()
                ? List.of(strategy)
                : AnchorSet.parse(mixture).stream().map(AnchorSet::strategy).toList();
        Require.that(
                space != Space.NONE || strategies.stream().noneMatch(AnchorStrategy::needsSpace),
                "space",
                "cooccurrence or file when anchors are found by clustering",
                "none");
        Require.that(
                space == Space.NONE || strategies.stream().anyMatch(each -> each != AnchorStrategy.RANDOM),
                "space",
                "none when anchors are random basis vectors, which lie nowhere; choose a strategy",
                space);
    }

    /**
     * The sets, one where there is no mixture.
     *
     * @param anchors of all sets together
     * @throws IllegalArgumentException when a mixture has another number of anchors
     */
    public List<AnchorSet> sets(int anchors) {
        if (mixture.isEmpty()) {
            return List.of(new AnchorSet(strategy, anchors));
        }
        List<AnchorSet> sets = AnchorSet.parse(mixture);
        int all = sets.stream().mapToInt(AnchorSet::anchors).sum();
        Require.that(all == anchors, "anchors of the mixture", "as many in all as the table has, " + anchors, all);
        return sets;
    }

    private boolean any(Predicate<AnchorStrategy> property) {
        return mixture.isEmpty()
                ? property.test(strategy)
                : AnchorSet.parse(mixture).stream().anyMatch(set -> property.test(set.strategy()));
    }

    /** Whether anchors are what a table draws by itself: random basis vectors, and nothing is known of a space. */
    public boolean isPlain() {
        return mixture.isEmpty() && strategy == AnchorStrategy.RANDOM && space == Space.NONE;
    }

    /** Whether {@link AnchorSources} must hold counts. */
    public boolean needsCounts() {
        return any(AnchorStrategy::needsCounts);
    }

    /** Whether {@link AnchorSources} must hold anchors of a file. */
    public boolean needsImported() {
        return any(each -> each == AnchorStrategy.IMPORTED);
    }

    /** This configuration with one set. */
    public AnchorStartConfig with(AnchorStrategy newStrategy) {
        return new AnchorStartConfig(newStrategy, "", frequentShare, space, spaceDimension, rounds, coreset, centres);
    }
}
