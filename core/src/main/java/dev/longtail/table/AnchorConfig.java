package dev.longtail.table;

import dev.longtail.anchor.AnchorShape;
import dev.longtail.anchor.AnchorStartConfig;
import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.relation.CooccurrenceConfig;
import dev.longtail.relation.RelationConfig;

/**
 * The shape of an anchor table, E = T A (Liang et al., "Anchor and Transform", ICLR 2021), and how T is kept sparse.
 *
 * @param count anchors K, rows of A
 * @param sets parts that the anchors are cut into, each with a transform of its own
 * @param mixing how the parts of a row make its vector
 * @param links non-zeros of a row of T at the start, 0 for all
 * @param growth new non-zeros of a row in a step at most
 * @param mostLinks non-zeros of a row at most, 0 for no limit
 * @param layout how T is stored while it is learned
 * @param orthogonality weight of the penalty on anchors that resemble each other
 * @param anchorRate learning rate of the anchors, as a multiple of that of T
 * @param linksFrozen whether T keeps its first values
 * @param unrelated weight of the penalty |t_u| . |t_v| on unrelated objects (eq. 33)
 * @param penalty on T
 * @param start how anchors are chosen
 * @param relations between the objects that training knows of
 * @param cooccurrence how objects are counted that occur near each other, for start and relations
 */
public record AnchorConfig(
        @Setting("anchors, from 1 to 65,535: each word, user or item is a mix of a few of them")
        int count,

        @Setting("sets that the anchors are cut into, at least 1, a divisor of their number; more than one makes a"
                + " mixture of transforms")
        int sets,

        @Setting("how links make a vector: linear adds anchors by their weights; softmax makes the weights of each set"
                + " add up to 1")
        Mixing mixing,

        @Setting("links of a row at the start, at least 0; 0 links it to every anchor")
        int links,

        @Setting("links that a row gains in a step at most, at least 0, where links are stored sparsely: those that"
                + " lower the loss most")
        int growth,

        @Setting("links of a row at most, at least 0; 0 for no limit")
        int mostLinks,

        @Setting("how links are stored while they are learned: full has room for all, sparse for those that are not 0;"
                + " auto is sparse where rows start with less than half of the anchors")
        Layout layout,

        @Setting("weight of the penalty |a . b| on every pair of different anchors, at least 0")
        float orthogonality,

        @Setting("learning rate of the anchors, as a multiple of the learning rate of their links, at least 0; with 0"
                + " anchors keep their values")
        float anchorRate,

        @Setting("whether links keep their first weights, so that only anchors are learned")
        boolean linksFrozen,

        @Setting(
                "weight of the penalty on anchors that unrelated objects share, at least 0; without relations it has no"
                        + " effect, see --relations")
        float unrelated,

        ProximalConfig penalty,
        AnchorStartConfig start,
        RelationConfig relations,
        CooccurrenceConfig cooccurrence) {

    /** Fifty anchors, all linked at the start, penalised as in the paper. */
    public static final AnchorConfig DEFAULT =
            new AnchorConfig(50, 1, Mixing.LINEAR, 0, 4, 0, Layout.AUTO, 0, 1, false, 0, ProximalConfig.PAPER);

    /** How links make a vector. */
    public enum Mixing {
        /** e = sum over sets of T_m A_m, the same as one set with all their anchors. */
        LINEAR,
        /** e = sum over sets of softmax(T_m) A_m, the softmax over the anchors of a set (Appendix E of the paper). */
        SOFTMAX
    }

    /** How T is stored while it is learned. Files have what is smaller. */
    public enum Layout {
        /** By the links at the start. */
        AUTO,
        /** Room for a number for every object and anchor. */
        FULL,
        /** Non-zeros with their columns; rows grow and shrink. */
        SPARSE
    }

    public AnchorConfig {
        Require.that(count >= 1 && count <= Character.MAX_VALUE, "count", "in [1, 65535]", count);
        Require.that(sets >= 1 && count % sets == 0, "sets", "at least 1 and a divisor of the anchors, " + count, sets);
        Require.that(
                mixing == Mixing.LINEAR || count + sets <= 1 + Character.MAX_VALUE,
                "anchors and sets of a softmax mixture",
                "65536 at most",
                count + sets);
        Require.that(links >= 0 && links <= count, "links", "from 0 to the anchors, " + count, links);
        Require.that(growth >= 0, "growth", "at least 0", growth);
        Require.that(mostLinks >= 0, "mostLinks", "at least 0", mostLinks);
        Require.that(mostLinks == 0 || mostLinks >= links, "mostLinks", "0 or at least links, " + links, mostLinks);
        Require.that(orthogonality >= 0 && Float.isFinite(orthogonality), "orthogonality", "at least 0", orthogonality);
        boolean nonNegative = penalty.domain() == ProximalConfig.Domain.NON_NEGATIVE && mixing == Mixing.LINEAR;
        Require.that(
                unrelated == 0 || nonNegative, "unrelated", "0 unless links are linear and non-negative", unrelated);
        Require.that(unrelated >= 0 && Float.isFinite(unrelated), "unrelated", "at least 0", unrelated);
        Require.that(anchorRate >= 0 && Float.isFinite(anchorRate), "anchorRate", "at least 0", anchorRate);
        start.sets(count); // for its check
        Require.that(
                relations.drawnUnrelated() == 0 || unrelated > 0,
                "unrelated",
                "above 0, the weight of what unrelated pairs share, when they are drawn",
                unrelated);
    }

    /** A table that starts at random and knows of no relations. */
    public AnchorConfig(
            int count,
            int sets,
            Mixing mixing,
            int links,
            int growth,
            int mostLinks,
            Layout layout,
            float orthogonality,
            float anchorRate,
            boolean linksFrozen,
            float unrelated,
            ProximalConfig penalty) {
        this(
                count,
                sets,
                mixing,
                links,
                growth,
                mostLinks,
                layout,
                orthogonality,
                anchorRate,
                linksFrozen,
                unrelated,
                penalty,
                AnchorStartConfig.DEFAULT,
                RelationConfig.NONE,
                CooccurrenceConfig.DEFAULT);
    }

    /** A table whose links are learned. */
    public AnchorConfig(
            int count,
            int sets,
            Mixing mixing,
            int links,
            int growth,
            int mostLinks,
            Layout layout,
            float orthogonality,
            float anchorRate,
            ProximalConfig penalty) {
        this(count, sets, mixing, links, growth, mostLinks, layout, orthogonality, anchorRate, false, 0, penalty);
    }

    /** What a start of this table must have. */
    public AnchorShape shape() {
        return new AnchorShape(count, links == 0 ? count : links);
    }

    /** Whether anchors must be chosen, or relations found, before training; see {@link AnchorSetup}. */
    public boolean needsSetup() {
        return !start.isPlain() || relations.any();
    }

    /** Whether T is stored sparsely while it is learned. */
    boolean isSparse() {
        return layout == Layout.SPARSE || (layout == Layout.AUTO && links > 0 && links < count / 2);
    }
}
